package io.dockherd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.Invocation;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The demo as somebody meets it: through the launcher, from one terminal and another. */
class DemoLabTest {
  private static final String LAB = "41";
  private static final Path LAUNCHER =
      Path.of(System.getProperty("dockherd.dist"), "bin", "dockherd");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @AfterEach
  void takeDown() {
    demo("--down").orFail();
    assertFalse(Files.exists(Path.of("/var/lib/dockherd-lab", LAB)));
  }

  @Test
  void aDetachedOneCanBeBrokenAndMendedUntilItIsTakenDown() {
    Invocation up = demo("--hosts=2", "--detach").orFail();
    assertEquals(
        4, up.output().lines().filter(line -> line.matches("  [0-9a-f]{12}  on .*")).count());
    assertEquals(2, nodesSeenBy(1));
    assertEquals(4, answeringContainers(up));

    demo("cut", "1", "host-2").orFail();
    Await.until("host-1 is alone", LIMIT, () -> nodesSeenBy(1) == 1);
    demo("heal").orFail();
    Await.until("host-1 sees host-2 again", LIMIT, () -> nodesSeenBy(1) == 2);

    demo("kill", "2").orFail();
    Await.until("host-1 is alone", LIMIT, () -> nodesSeenBy(1) == 1);
    demo("start", "2").orFail();
    Await.until("host-1 sees host-2 again", LIMIT, () -> nodesSeenBy(1) == 2);
  }

  @Test
  void interruptedInTheMiddleItLeavesNothingBehind() throws Exception {
    Process demo =
        new ProcessBuilder(LAUNCHER.toString(), "demo", "--lab=" + LAB, "--hosts=2").start();
    String first = demo.inputReader().readLine();
    assertEquals("  laying the network dh" + LAB, first);
    Invocation.run("busybox", "kill", "-INT", "" + demo.pid());
    assertTrue(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), "it ends");
    assertFalse(Files.exists(Path.of("/var/lib/dockherd-lab", LAB)));
    assertFalse(Invocation.run("ip", "link").contains(" dh" + LAB));
  }

  @Test
  void whatIsAskedOfADemoThatIsNotUpFailsInOneLine() {
    Invocation cut = demo("cut", "1", "2");
    assertEquals(1, cut.exitCode());
    assertEquals("dockherd: lab 41 is not up; bring it up: dockherd demo\n", cut.output());
  }

  /** The printed addresses are fetched as a reader would. */
  private static long answeringContainers(Invocation up) {
    return up.output()
        .lines()
        .filter(line -> line.matches("  [0-9a-f]{12}  on .*"))
        .map(line -> line.substring(line.indexOf("http")))
        .filter(
            url ->
                Invocation.run("curl", "-sf", "--retry", "5", "--retry-connrefused", url)
                    .startsWith("hello from "))
        .count();
  }

  private static int nodesSeenBy(int host) {
    URI door = URI.create("http://10.213." + LAB + "." + host + ":8080/");
    try (DoorClient client = new DoorClient(door)) {
      return client.post(new JsonObject().put("action", "list-nodes")).getJsonArray("nodes").size();
    }
  }

  private static Invocation demo(String... arguments) {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "demo", "--lab=" + LAB));
    command.addAll(List.of(arguments));
    return Invocation.of(LIMIT, command);
  }
}
