package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Hosts die, come back and are parted; apps stay what they are to be. */
@OnLab
class AppsStayUpLabTest {
  private static final String PATH = "/shop/web";

  @Test
  void whatAKilledHostRanRunsElsewhereAndTheSurplusGoesWhenItIsBack(LabHerd herd) {
    try (AppCaller apps = new AppCaller(herd)) {
      apps.put(1, AppCaller.sleeper(PATH, 3));
      JsonObject view = apps.awaitSettled(2, PATH, 3);
      assertEquals(List.of("host-1", "host-2", "host-3"), AppCaller.nodes(view));
      herd.host(3).kill();
      apps.await(
          "three on two hosts",
          1,
          PATH,
          it -> AppCaller.nodes(it).size() == 3 && !AppCaller.nodes(it).contains("host-3"));
      herd.host(3).boot();
      herd.host(3).startNodeAgain();
      herd.awaitMembers(3);
      apps.awaitSettled(1, PATH, 3);
      Await.until(
          "the engines have three",
          AppCaller.LIMIT,
          () -> apps.containers(PATH, 1, 2, 3).size() == 3);
      apps.delete(2, PATH);
      Await.until("none is left", AppCaller.LIMIT, () -> apps.containers(PATH, 1, 2, 3).isEmpty());
    }
  }

  @Test
  void eachSideOfASplitKeepsTheAppAndTheLongestRunningStayAfterIt(LabHerd herd) {
    try (AppCaller apps = new AppCaller(herd)) {
      apps.put(1, AppCaller.sleeper(PATH, 3));
      JsonObject before = apps.awaitSettled(1, PATH, 3);
      herd.lab().cut(1, 3);
      herd.lab().cut(2, 3);
      apps.await("three on the bigger side", 1, PATH, it -> AppCaller.nodes(it).size() == 3);
      apps.await(
          "three on the other",
          3,
          PATH,
          it -> AppCaller.nodes(it).equals(List.of("host-3", "host-3", "host-3")));
      herd.lab().healAll();
      herd.awaitMembers(3);
      apps.awaitSettled(2, PATH, 3);
      JsonObject after = apps.awaitSettled(3, PATH, 3);
      assertEquals(ids(before), ids(after), "those that ran all the while are still there");
      apps.delete(1, PATH);
    }
  }

  private static Set<String> ids(JsonObject view) {
    return AppCaller.present(view).stream()
        .map(one -> one.getString("id"))
        .collect(Collectors.toSet());
  }

  @Test
  void aBadUpdateIsTakenBackWithoutAnOutage(LabHerd herd) {
    try (AppCaller apps = new AppCaller(herd)) {
      apps.put(1, AppCaller.sleeper(PATH, 3));
      String good = apps.awaitSettled(1, PATH, 3).getString("revision");
      JsonObject bad = AppCaller.app(PATH, 3, "echo out of cheese; exit 3");
      bad.getJsonObject("config").getJsonObject("update").put("onFailure", "rollback");
      apps.put(2, bad);
      JsonObject view =
          apps.await(
              "it is back",
              1,
              PATH,
              it ->
                  it.getString("revision", "").equals(good)
                      && it.getJsonObject("lastFailure") != null
                      && it.getJsonObject("rollout") == null
                      && AppCaller.nodes(it).size() == 3);
      JsonObject failure = view.getJsonObject("lastFailure");
      assertEquals(3, failure.getInteger("exitCode"), failure.encode());
      assertTrue(failure.getJsonArray("lastLines").contains("out of cheese"), failure.encode());
      apps.delete(1, PATH);
    }
  }

  @Test
  void aDrainedNodeIsEmptiedAndAnInstanceThatIsKilledComesAgain(LabHerd herd) {
    try (AppCaller apps = new AppCaller(herd)) {
      apps.put(1, AppCaller.sleeper(PATH, 3));
      apps.awaitSettled(1, PATH, 3);
      herd.post(1, new JsonObject().put("action", "drain-node").put("node", "host-2"));
      apps.await(
          "host-2 is empty",
          3,
          PATH,
          it ->
              AppCaller.present(it).size() == 3
                  && AppCaller.nodes(it).size() == 3
                  && !AppCaller.nodes(it).contains("host-2"));
      String container = apps.containers(PATH, 1, 3).getFirst().getString("Id");
      herd.docker(3, "rm", "--force", container);
      Await.until(
          "another is there",
          AppCaller.LIMIT,
          () ->
              apps.containers(PATH, 1, 3).stream()
                      .filter(it -> it.getString("State").equals("running"))
                      .filter(it -> !it.getString("Id").equals(container))
                      .count()
                  == 3);
      herd.post(1, new JsonObject().put("action", "ready-node").put("node", "host-2"));
      apps.delete(1, PATH);
    }
  }

  @Test
  void whatANodeRanIsStartedElsewhereWithinSecondsOfItsDeath(LabHerd herd) {
    try (AppCaller apps = new AppCaller(herd)) {
      apps.put(1, AppCaller.sleeper(PATH, 6));
      apps.awaitSettled(1, PATH, 6);
      herd.host(2).kill();
      long killed = System.nanoTime();
      apps.await(
          "six on two hosts",
          1,
          PATH,
          it -> AppCaller.nodes(it).size() == 6 && !AppCaller.nodes(it).contains("host-2"));
      Duration taken = Duration.ofNanos(System.nanoTime() - killed);
      assertTrue(taken.compareTo(Duration.ofSeconds(60)) < 0, taken.toString());
      apps.delete(1, PATH);
    }
  }
}
