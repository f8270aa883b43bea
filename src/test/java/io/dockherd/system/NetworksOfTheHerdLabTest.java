package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A network made through the door is one for its users, on whichever hosts its containers are. */
@OnLab
class NetworksOfTheHerdLabTest {
  @Test
  void containersOfAllHostsAreOnOneNetwork(LabHerd herd) {
    String id = ok(herd, 1, "network", "create", "--label", "team=x", "app").strip();
    assertEquals(1, holders(herd, "app"));
    for (int host = 1; host <= 3; host++) {
      run(herd, 1 + host % 3, host, "c" + host, "--net", host == 2 ? id : "app");
    }
    assertEquals(3, holders(herd, "app"), "made where it was needed");
    assertEquals(
        "app", ok(herd, 2, "network", "ls", "--format", "{{.Name}}", "-f", "type=custom").strip());
    JsonObject app = inspect(herd, 3, "app");
    assertEquals(id, app.getString("Id"));
    assertEquals(new JsonObject().put("team", "x"), app.getJsonObject("Labels"));
    Set<String> names = new TreeSet<>();
    app.getJsonObject("Containers")
        .forEach(one -> names.add(((JsonObject) one.getValue()).getString("Name")));
    assertEquals(Set.of("c1", "c2", "c3"), names);
    Invocation used = herd.docker(2, "network", "rm", "app");
    assertTrue(used.output().contains("has active endpoints"), used.output());
    assertEquals(3, holders(herd, "app"), "removed from all or from none");
    ok(herd, 1, "rm", "-f", "c1", "c2", "c3");
    ok(herd, 2, "network", "rm", id.substring(0, 12));
    assertEquals(0, holders(herd, "app"));
    assertTrue(herd.docker(3, "network", "inspect", "app").output().contains("not found"));
  }

  @Test
  void containersComeAndGo(LabHerd herd) {
    ok(herd, 1, "network", "create", "host-1/near");
    ok(herd, 1, "network", "create", "com");
    run(herd, 1, 3, "guest");
    ok(herd, 2, "network", "connect", "--alias", "visitor", "com", "guest");
    assertEquals("guest", containers(herd, 1, "com"));
    assertTrue(
        ok(herd, 1, "network", "ls", "-q", "-f", "dangling=false", "-f", "name=com").length() > 1);
    ok(herd, 1, "network", "disconnect", "com", "guest");
    assertEquals("", containers(herd, 2, "com"));
    Invocation far = herd.docker(2, "network", "connect", "near", "guest");
    assertNotEquals(0, far.exitCode());
    assertTrue(far.output().contains("host-1"), far.output());
  }

  @Test
  void oneNameIsOneNetworkHoweverManyMakeIt(LabHerd herd) {
    try (DockerCaller caller = new DockerCaller(herd)) {
      JsonObject wanted = new JsonObject().put("Name", "raced").put("CheckDuplicate", true);
      List<HttpResponse<String>> answers =
          DockerCaller.atOnce(9, number -> caller.post(1 + number % 3, "/networks/create", wanted));
      assertEquals(1, answers.stream().filter(answer -> answer.statusCode() == 201).count());
      assertEquals(8, answers.stream().filter(answer -> answer.statusCode() == 409).count());
      JsonObject sleeper = DockerCaller.sleeper(new JsonObject().put("NetworkMode", "raced"));
      DockerCaller.atOnce(9, number -> caller.run(1 + number % 3, "", sleeper))
          .forEach(answer -> assertEquals(201, answer.statusCode(), answer.body()));
      for (int host = 1; host <= 3; host++) {
        String there = Ask.docker(herd.host(host), "network", "ls", "-q", "-f", "name=^raced$");
        assertTrue(there.lines().count() <= 1, "more than one on host " + host + ": " + there);
      }
      HttpResponse<String> builtIn =
          caller.post(2, "/networks/create", new JsonObject().put("Name", "bridge"));
      assertEquals(403, builtIn.statusCode(), builtIn.body());
    }
  }

  @Test
  void onlyWhatNobodyUsesIsPruned(LabHerd herd) {
    ok(herd, 1, "network", "create", "used");
    ok(herd, 1, "network", "create", "idle");
    ok(herd, 2, "network", "create", "host-2/alone");
    run(herd, 1, 1, "one", "--net", "used");
    run(herd, 1, 2, "two", "--net", "used");
    ok(herd, 1, "stop", "-t", "0", "two");
    List<String> pruned =
        ok(herd, 3, "network", "prune", "-f").lines().filter(line -> !line.isBlank()).toList();
    assertEquals(List.of("Deleted Networks:", "alone", "idle"), pruned);
    ok(herd, 3, "start", "two");
    assertEquals("one two", containers(herd, 2, "used"));
    Invocation builtIn = herd.docker(1, "network", "rm", "bridge");
    assertTrue(builtIn.output().contains("pre-defined"), builtIn.output());
  }

  @Test
  void aNodeThatIsAwayKeepsItAndThatIsSaid(LabHerd herd) {
    ok(herd, 1, "network", "create", "far");
    run(herd, 1, 2, "far-2", "--net", "far");
    run(herd, 1, 3, "far-3", "--net", "far");
    ok(herd, 1, "rm", "-f", "far-2", "far-3");
    herd.host(3).stopEngine();
    Invocation removed = herd.docker(1, "network", "rm", "far");
    assertNotEquals(0, removed.exitCode());
    assertTrue(removed.output().contains("not from host-3"), removed.output());
    assertEquals(0, holders(herd, "far", 1, 2));
    herd.host(3).startEngine();
    Await.until(
        "it can be removed there as well",
        Duration.ofSeconds(20),
        () -> herd.docker(1, "network", "rm", "far").exitCode() == 0);
    assertEquals(0, holders(herd, "far"));
  }

  private static void run(LabHerd herd, int through, int on, String name, String... options) {
    List<String> command = new ArrayList<>(List.of("run", "-d", "--name", name));
    command.addAll(List.of("-e", "constraint:node==host-" + on, "--stop-signal", "KILL"));
    command.addAll(List.of(options));
    command.addAll(List.of("busybox", "sleep", "1000"));
    ok(herd, through, command.toArray(String[]::new));
  }

  private static JsonObject inspect(LabHerd herd, int host, String network) {
    return new JsonArray(ok(herd, host, "network", "inspect", network)).getJsonObject(0);
  }

  private static String containers(LabHerd herd, int host, String network) {
    Set<String> names = new TreeSet<>();
    inspect(herd, host, network)
        .getJsonObject("Containers")
        .forEach(one -> names.add(((JsonObject) one.getValue()).getString("Name")));
    return String.join(" ", names);
  }

  private static int holders(LabHerd herd, String network) {
    return holders(herd, network, 1, 2, 3);
  }

  private static int holders(LabHerd herd, String network, int... hosts) {
    int holders = 0;
    for (int host : hosts) {
      String found =
          Ask.docker(herd.host(host), "network", "ls", "-q", "-f", "name=^" + network + "$");
      holders += found.isBlank() ? 0 : 1;
    }
    return holders;
  }

  private static String ok(LabHerd herd, int host, String... arguments) {
    return herd.docker(host, arguments).orFail().output();
  }
}
