package io.dockherd.doors.actions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines that hang for ever, and requests that are answered all the same. */
class ActionLimitsTest {
  private static final Duration AT_MOST = Duration.ofSeconds(5);

  private final CountDownLatch never = new CountDownLatch(1);
  private final ActionsLab lab = new ActionsLab(Path.of("/nonexistent"), ActionsLab.hasty());

  @AfterEach
  void close() {
    never.countDown();
    lab.close();
  }

  private ActionsLab hanging(String... nodes) {
    lab.fleet.with("host-1", "a".repeat(64), "web");
    lab.fleet.script =
        (node, request) -> {
          if (java.util.Set.of(nodes).contains(node)) {
            hang();
          }
          return ScriptedFleet.json(200, "[]");
        };
    lab.fleet.creator =
        (node, order) -> {
          hang();
          throw new IllegalStateException("not reached");
        };
    return lab;
  }

  private void hang() {
    try {
      never.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("given up", e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\":\"list-containers\"}",
        "{\"action\":\"list-images\"}",
        "{\"action\":\"inspect-container\",\"id\":\"web\"}",
        "{\"action\":\"start-container\",\"id\":\"web\"}",
        "{\"action\":\"stop-container\",\"id\":\"web\",\"timeout\":1}",
        "{\"action\":\"logs\",\"id\":\"web\"}",
        "{\"action\":\"exec\",\"id\":\"web\",\"cmd\":\"ls\"}",
        "{\"action\":\"pull-image\",\"image\":\"x\"}",
        "{\"action\":\"create-container\",\"image\":\"x\"}",
        "{\"action\":\"create-container\",\"image\":\"x\",\"instances\":3,\"node\":\"host-1\"}",
        "{\"action\":\"inspect-node\"}"
      })
  void aHungEngineIsATimeoutAndNotSilence(String request) {
    // The engine hangs until the test is over: whatever is said is said in time.
    Reply reply = hanging("host-1").perform(request);
    assertEquals(504, reply.status());
    assertEquals("timeout or no such id", reply.body().toJsonObject().getString("status"));
  }

  @Test
  void oneHungNodeIsOneEntryThatNamesIt() {
    JsonObject answer =
        hanging("host-2")
            .answer(
                // Long enough for the others on any machine.
                "{\"action\":\"list-images\",\"all\":true,\"timeLimit\":2000}");
    JsonArray entries = answer.getJsonArray("images");
    assertEquals("host-1", entries.getJsonObject(0).getString("dockerInstance"));
    assertEquals("timeout", entries.getJsonObject(1).getString("error"));
    assertEquals("host-2", entries.getJsonObject(1).getString("node"));
    assertEquals("host-3", entries.getJsonObject(2).getString("dockerInstance"));
  }

  @Test
  void anEngineThatCannotEvenBeInterruptedIsATimeoutToo() throws Exception {
    hanging("host-1");
    lab.fleet.script =
        (node, request) -> {
          while (never.getCount() > 0) {
            Thread.onSpinWait();
            Thread.yield();
          }
          return ScriptedFleet.json(200, "[]");
        };
    lab.listen();
    java.net.http.HttpResponse<String> answer = lab.post("{\"action\":\"list-images\"}");
    assertEquals(504, answer.statusCode());
    assertEquals("timed-out", new JsonObject(answer.body()).getString("code"));
  }

  @Test
  void theRequestMaySayHowLong() {
    isTimedOutInAHerdOfHours("{\"action\":\"stop-container\",\"id\":\"web\",\"timeLimit\":1}");
  }

  @Test
  void theSettingsMaySayHowLong() {
    isTimedOutInAHerdOfHours("{\"action\":\"list-images\"}");
  }

  /** Where nothing else ends what hangs: only {@code list-images} has a limit of its own. */
  private void isTimedOutInAHerdOfHours(String request) {
    ActionSettings hours =
        new ActionSettings(
            "deblox",
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofSeconds(1),
            Map.of("list-images", Duration.ofMillis(50)),
            10,
            10);
    try (ActionsLab slow = new ActionsLab(Path.of("/nonexistent"), hours)) {
      slow.fleet.with("host-1", "a".repeat(64), "web");
      slow.fleet.script =
          (node, asked) -> {
            hang();
            throw new IllegalStateException("not reached");
          };
      assertEquals(504, slow.perform(request).status());
    }
  }

  @Test
  void theUsualLimitsFollowTheRequest() {
    ActionSettings usual = ActionSettings.of("deblox");
    assertEquals(Duration.ofMillis(2_500), limit(usual, "{\"action\":\"inspect\"}"));
    assertEquals(Duration.ofSeconds(15), limit(usual, "{\"action\":\"start-container\"}"));
    assertEquals(Duration.ofSeconds(25), limit(usual, "{\"action\":\"stop-container\"}"));
    assertEquals(
        Duration.ofSeconds(75), limit(usual, "{\"action\":\"stop-container\",\"timeout\":60}"));
    assertEquals(
        Duration.ofSeconds(15), limit(usual, "{\"action\":\"create-container\",\"pull\":false}"));
    assertEquals(
        Duration.ofSeconds(30),
        limit(usual, "{\"action\":\"create-container\",\"pull\":false,\"instances\":11}"));
    assertEquals(Duration.ofSeconds(615), limit(usual, "{\"action\":\"create-container\"}"));
    assertEquals(Duration.ofSeconds(615), limit(usual, "{\"action\":\"pull-image\"}"));
  }

  private Duration limit(ActionSettings settings, String request) {
    JsonObject json = new JsonObject(request);
    Action action =
        lab.actions.all().stream()
            .filter(one -> one.names().contains(json.getString("action")))
            .findFirst()
            .get();
    return action.limit(
        new ActionRequest(
            json,
            Arrival.ANYWHERE,
            new io.dockherd.access.Identity("t", "t", "t"),
            "r",
            Deadline.in(AT_MOST)),
        settings);
  }
}
