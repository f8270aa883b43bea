package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The docker command's container verbs, through nodes that do not own the container. */
@OnLab
class DockerVerbsFromAnotherNodeLabTest {
  private static final String WORK =
      "trap 'exit 0' TERM; echo hi; echo oops >&2; while :; do sleep 0.1; done";

  @Test
  void aContainerLivesItsWholeLife(LabHerd herd) {
    run(herd, "web");
    assertEquals("running", state(herd, 1, "web"));
    ok(herd, 1, "pause", "web");
    assertEquals("paused", state(herd, 2, "web"));
    ok(herd, 2, "unpause", "host-3/web");
    ok(herd, 1, "restart", "-t", "5", "web");
    ok(herd, 1, "update", "--memory", "64m", "--memory-swap", "64m", "web");
    assertEquals("67108864", format(herd, 2, "web", "{{.HostConfig.Memory}}"));
    ok(herd, 2, "stop", "-t", "5", "web");
    assertEquals("exited", state(herd, 1, "web"));
    ok(herd, 1, "start", "web");
    ok(herd, 2, "kill", "web");
    assertEquals("137", ok(herd, 1, "wait", "web").strip());
    ok(herd, 2, "rename", "web", "shop");
    assertEquals("shop", ok(herd, 1, "ps", "-a", "--format", "{{.Names}}").strip());
    ok(herd, 1, "rm", "-v", "shop");
    assertEquals("", ok(herd, 2, "ps", "-a", "-q").strip());
  }

  @Test
  void whatItSaysAndDoesIsSeen(LabHerd herd) {
    run(herd, "web");
    String logs = ok(herd, 1, "logs", "web");
    assertTrue(logs.contains("hi") && logs.contains("oops"), logs);
    assertTrue(ok(herd, 2, "top", "web").contains("sleep 0.1"));
    assertTrue(ok(herd, 1, "stats", "--no-stream", "web").contains("web"));
    assertTrue(ok(herd, 2, "port", "web").strip().endsWith(":8811"));
    assertTrue(
        ok(herd, 2, "port", "web").contains(herd.host(3).address()), "the node's own address");
    assertTrue(ok(herd, 1, "ps", "--size").contains("virtual"));
  }

  @Test
  void filesGoInAndOutAndBecomeImages(LabHerd herd, @TempDir Path folder) throws IOException {
    run(herd, "web");
    Path in = Files.writeString(folder.resolve("in"), "words\n".repeat(100_000));
    ok(herd, 1, "cp", in.toString(), "web:/in");
    ok(herd, 2, "cp", "web:/in", folder.resolve("out").toString());
    assertEquals(-1, Files.mismatch(in, folder.resolve("out")));
    assertTrue(ok(herd, 1, "diff", "web").contains("A /in"));
    Path tar = folder.resolve("all.tar");
    ok(herd, 1, "export", "-o", tar.toString(), "web");
    assertTrue(Files.size(tar) > 1_000_000);
    String image = ok(herd, 2, "commit", "web", "committed:1").strip();
    assertTrue(Ask.docker(herd.host(3), "images", "-q", "--no-trunc").contains(image));
    Ask.docker(herd.host(3), "rmi", image);
    assertFalse(herd.docker(1, "cp", "web:/nowhere", folder.toString()).exitCode() == 0);
  }

  @Test
  void onlyStoppedOnesArePrunedAndOnEveryNode(LabHerd herd) {
    run(herd, "web");
    Ask.docker(herd.host(1), "create", "--name", "old-1", "busybox");
    Ask.docker(herd.host(2), "create", "--name", "old-2", "busybox");
    String pruned = ok(herd, 1, "container", "prune", "-f");
    assertEquals(2, pruned.lines().filter(line -> line.matches("[0-9a-f]{64}")).count(), pruned);
    assertEquals("web", ok(herd, 2, "ps", "-a", "--format", "{{.Names}}").strip());
  }

  private static void run(LabHerd herd, String name) {
    Ask.docker(
        herd.host(3), "run", "-d", "--name", name, "-p", "8811:80", "busybox", "sh", "-c", WORK);
    // The log driver may be a moment behind.
    io.dockherd.Await.until(
        name + " speaks",
        java.time.Duration.ofSeconds(10),
        () -> Ask.docker(herd.host(3), "logs", name).contains("oops"));
  }

  private static String state(LabHerd herd, int host, String name) {
    return format(herd, host, name, "{{.State.Status}}");
  }

  private static String format(LabHerd herd, int host, String name, String format) {
    JsonObject inspected = new JsonArray(ok(herd, host, "inspect", name)).getJsonObject(0);
    assertEquals("host-3", inspected.getJsonObject("Node").getString("Name"));
    return ok(herd, host, "inspect", "--format", format, name).strip();
  }

  private static String ok(LabHerd herd, int host, String... arguments) {
    return herd.docker(host, arguments).orFail().output();
  }
}
