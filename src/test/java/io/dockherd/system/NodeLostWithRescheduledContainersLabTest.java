package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node goes, and with it containers that are to run elsewhere then. */
@OnLab
class NodeLostWithRescheduledContainersLabTest {
  private static final String POLICY = "reschedule:on-node-failure";
  private static final Duration MOVED = Duration.ofSeconds(30);
  private static final Duration SETTLED = Duration.ofSeconds(60);

  private static JsonObject sleeper(JsonObject hostConfig, String... said) {
    JsonArray env = new JsonArray();
    List.of(said).forEach(env::add);
    return DockerCaller.sleeper(hostConfig).put("Env", env);
  }

  private static void run(DockerCaller caller, String name, JsonObject document) {
    HttpResponse<String> made = caller.run(1, "?name=" + name, document);
    assertEquals(201, made.statusCode(), made.body());
  }

  /** Containers of that name on those hosts' engines, as {@code host-1 running}. */
  private static List<String> named(LabHerd herd, String name, int... hosts) {
    List<String> found = new ArrayList<>();
    for (int host : hosts) {
      for (JsonObject container : herd.containersOn(host)) {
        if (container.getJsonArray("Names").contains("/" + name)) {
          found.add("host-" + host + " " + container.getString("State"));
        }
      }
    }
    return found;
  }

  private static boolean isOneRunning(LabHerd herd, String name, int... hosts) {
    List<String> found = named(herd, name, hosts);
    return found.size() == 1 && found.getFirst().endsWith(" running");
  }

  @Test
  void whatAKilledHostRanRunsElsewhereAndOneOfTwoStays(LabHerd herd) {
    try (DockerCaller caller = new DockerCaller(herd)) {
      JsonObject plain = new JsonObject();
      run(caller, "moves", sleeper(plain, "constraint:node==~host-2", POLICY));
      run(caller, "pinned", sleeper(plain, "constraint:node==host-2", POLICY));
      run(caller, "stays", sleeper(plain, "constraint:node==host-2"));
      HttpResponse<String> idle =
          caller.post(
              1,
              "/containers/create?name=idle",
              sleeper(plain, "constraint:node==~host-2", POLICY));
      assertEquals(201, idle.statusCode(), idle.body());
      assertEquals(4, herd.containersOn(2).size());
      herd.host(2).kill();
      Await.until("it runs elsewhere", MOVED, () -> isOneRunning(herd, "moves", 1, 3));
      Await.until(
          "what did not run is there and does not run",
          MOVED,
          () -> named(herd, "idle", 1, 3).stream().allMatch(at -> at.endsWith(" created")));
      herd.host(2).boot();
      herd.host(2).startNodeAgain();
      herd.awaitMembers(3);
      Await.until("the twin is gone", SETTLED, () -> named(herd, "moves", 2).isEmpty());
      assertTrue(isOneRunning(herd, "moves", 1, 2, 3));
      Await.until("of idle too", SETTLED, () -> named(herd, "idle", 1, 2, 3).size() == 1);
      assertEquals(1, named(herd, "pinned", 1, 2, 3).size(), "a hard constraint holds it");
      assertEquals(1, named(herd, "pinned", 2).size());
      assertEquals(1, named(herd, "stays", 2).size(), "no policy, no move");
    }
  }

  @Test
  void afterACutExactlyOneRemainsAndTheVolumeIsKept(LabHerd herd) {
    try (DockerCaller caller = new DockerCaller(herd)) {
      JsonObject volume = new JsonObject().put("Binds", new JsonArray().add("keepsake:/data"));
      run(caller, "moves", sleeper(volume, "constraint:node==~host-3", POLICY));
      assertEquals(1, named(herd, "moves", 3).size());
      herd.host(3).linkDown();
      Await.until("it runs elsewhere", MOVED, () -> isOneRunning(herd, "moves", 1, 2));
      assertTrue(isOneRunning(herd, "moves", 3), "cut off, it serves whom it can");
      herd.host(3).linkUp();
      Await.until(
          "one remains, and never two are shown",
          SETTLED,
          () -> shown(herd) == 1 && named(herd, "moves", 3).isEmpty());
      assertTrue(isOneRunning(herd, "moves", 1, 2));
      String volumes = Ask.docker(herd.host(3), "volume", "ls", "--quiet");
      assertTrue(volumes.contains("keepsake"), volumes);
    }
  }

  private static int shown(LabHerd herd) {
    String names = herd.docker(1, "ps", "--format", "{{.Names}}").output();
    int count = (int) names.lines().filter(name -> name.endsWith("moves")).count();
    assertTrue(count < 2, names);
    return count;
  }

  @Test
  void aStewardThatDiesInTheMiddleLeavesNothingUndoneOrDoneTwice(LabHerd herd) {
    List<String> names = IntStream.range(0, 6).mapToObj(i -> "moves-" + i).toList();
    try (DockerCaller caller = new DockerCaller(herd)) {
      for (String name : names) {
        run(caller, name, sleeper(new JsonObject(), "constraint:node==~host-2", POLICY));
      }
      herd.host(2).kill();
      Await.until(
          "some are there",
          MOVED,
          () -> names.stream().anyMatch(name -> !named(herd, name, 1, 3).isEmpty()));
      herd.host(3).killNode();
      herd.host(3).startNodeAgain();
      Await.until(
          "each runs once",
          SETTLED,
          () -> names.stream().allMatch(name -> isOneRunning(herd, name, 1, 3)));
    }
  }
}
