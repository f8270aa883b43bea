package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Volumes are of one node, and containers that name them go there, through whichever node. */
@OnLab
class VolumesOfTheHerdLabTest {
  @Test
  void whatOneContainerWritesTheNextFinds(LabHerd herd) {
    assertEquals("data", ok(herd, 1, "volume", "create", "data").strip());
    assertEquals("data", ok(herd, 2, "volume", "create", "data").strip(), "there already");
    assertEquals(1, holders(herd, "data"), "made on one node");
    ok(herd, 2, "run", "--rm", "-v", "data:/d", "busybox", "sh", "-c", "echo herd > /d/f");
    for (int host = 1; host <= 3; host++) {
      assertEquals(
          "herd", ok(herd, host, "run", "--rm", "-v", "data:/d", "busybox", "cat", "/d/f").strip());
    }
  }

  @Test
  void oneThatIsMadeWithItsContainerIsFoundAtOnce(LabHerd herd) {
    ok(herd, 1, "create", "-v", "unasked:/d", "--name", "first", "busybox", "true");
    ok(herd, 2, "create", "-v", "unasked:/d", "--name", "second", "busybox", "true");
    assertEquals(1, holders(herd, "unasked"));
    assertEquals("unasked", ok(herd, 3, "volume", "ls", "-q", "-f", "name=unasked").strip());
  }

  @Test
  void oneThatIsUsedIsNotRemovedAndOneThatIsNotIs(LabHerd herd) {
    ok(herd, 1, "volume", "create", "--label", "team=x", "kept");
    ok(herd, 1, "create", "--name", "user", "-v", "kept:/d", "busybox", "true");
    Invocation refused = herd.docker(2, "volume", "rm", "kept");
    assertNotEquals(0, refused.exitCode());
    assertTrue(refused.output().contains("volume is in use"), refused.output());
    assertEquals(
        "", ok(herd, 3, "volume", "ls", "-q", "-f", "dangling=true", "-f", "label=team=x"));
    ok(herd, 2, "rm", "user");
    assertEquals(
        "kept",
        ok(herd, 3, "volume", "ls", "-q", "-f", "dangling=true", "-f", "label=team=x").strip());
    ok(herd, 3, "volume", "rm", "kept");
    Invocation gone = herd.docker(1, "volume", "rm", "kept");
    assertTrue(gone.output().contains("no such volume"), gone.output());
    ok(herd, 2, "volume", "rm", "-f", "kept");
  }

  @Test
  void thoseOfOneNameAreToldApart(LabHerd herd) {
    ok(herd, 3, "volume", "create", "host-1/twice");
    assertEquals(
        "host-1", ok(herd, 3, "volume", "inspect", "-f", "{{.Status.Node}}", "twice").strip());
    ok(herd, 3, "volume", "create", "--label", onHost2(), "twice");
    List<String> listed =
        ok(herd, 1, "volume", "ls", "-q", "-f", "name=^twice$").lines().sorted().toList();
    assertEquals(List.of("host-1/twice", "host-2/twice"), listed);
    for (String name : listed) {
      assertEquals(name, ok(herd, 3, "volume", "inspect", "-f", "{{.Name}}", name).strip());
    }
    Invocation either = herd.docker(2, "volume", "rm", "twice");
    assertNotEquals(0, either.exitCode());
    assertTrue(either.output().contains("host-1/twice, host-2/twice"), either.output());
    ok(herd, 2, "volume", "rm", "host-1/twice");
    assertEquals(
        "host-2", ok(herd, 1, "volume", "inspect", "-f", "{{.Status.Node}}", "twice").strip());
  }

  @Test
  void manyWhoMakeOneAtOnceMakeOne(LabHerd herd) {
    try (DockerCaller caller = new DockerCaller(herd)) {
      List<HttpResponse<String>> answers =
          DockerCaller.atOnce(
              12,
              number ->
                  caller.post(
                      1 + number % 3, "/volumes/create", new JsonObject().put("Name", "raced")));
      answers.forEach(answer -> assertEquals(201, answer.statusCode(), answer.body()));
      assertEquals(1, holders(herd, "raced"));
      HttpResponse<String> unknown =
          caller.post(
              1, "/volumes/prune?filters=%7B%22foo%22%3A%5B%22x%22%5D%7D", new JsonObject());
      assertEquals(400, unknown.statusCode(), unknown.body());
    }
  }

  @Test
  void allNodesArePruned(LabHerd herd) {
    ok(herd, 1, "volume", "create", "host-1/p1");
    ok(herd, 1, "volume", "create", "host-2/p2");
    String pruned = ok(herd, 3, "volume", "prune", "-f");
    assertTrue(pruned.contains("p1") && pruned.contains("p2"), pruned);
    assertEquals("", ok(herd, 2, "volume", "ls", "-q", "-f", "name=^p[12]$"));
  }

  @Test
  void whereAnEngineIsAwayNoSecondOneIsMade(LabHerd herd) {
    ok(herd, 1, "volume", "create", "host-2/precious");
    herd.host(2).stopEngine();
    Invocation created = herd.docker(1, "volume", "create", "precious");
    assertNotEquals(0, created.exitCode());
    assertTrue(created.output().contains("host-2"), created.output());
    assertEquals(0, holders(herd, "precious", 1, 3));
    herd.host(2).startEngine();
  }

  private static String onHost2() {
    return "com.docker.swarm.constraints=[\"node==host-2\"]";
  }

  private static int holders(LabHerd herd, String volume) {
    return holders(herd, volume, 1, 2, 3);
  }

  private static int holders(LabHerd herd, String volume, int... hosts) {
    int holders = 0;
    for (int host : hosts) {
      String found =
          Ask.docker(herd.host(host), "volume", "ls", "-q", "-f", "name=^" + volume + "$");
      holders += found.isBlank() ? 0 : 1;
    }
    return holders;
  }

  private static String ok(LabHerd herd, int host, String... arguments) {
    return herd.docker(host, arguments).orFail().output();
  }
}
