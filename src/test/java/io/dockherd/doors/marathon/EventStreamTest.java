package io.dockherd.doors.marathon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.AppsBench;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private static final Map<String, String> ASKING = Map.of("Accept", "text/event-stream");

  private final MarathonBench door = new MarathonBench();
  private final AppsBench bench = door.bench();

  @AfterEach
  void close() {
    door.close();
  }

  private void make(String id) {
    String app =
        new JsonObject()
            .put("id", id)
            .put("cmd", "sleep 1")
            .put("container", new JsonObject("{\"docker\":{\"image\":\"busybox\"}}"))
            .encode();
    assertEquals(201, door.send("POST", "/v2/apps", app).status());
  }

  @Test
  void withoutAskingForEventsThereAreNone() {
    assertEquals(405, door.get("/v2/events").status());
    assertEquals(405, door.send("HEAD", "/v2/events", "", ASKING).status());
  }

  @Test
  void onlyTheTypesAskedForAreTold() throws IOException {
    try (EventReader events =
        door.follow("?event_type=deployment_success&event_type=deployment_info", ASKING)) {
      make("/a");
      events.await("deployment_info");
      bench.settle("/a");
      events.await("deployment_success");
      assertEquals(List.of("deployment_info", "deployment_success"), events.types());
    }
  }

  @Test
  void whoComesBackMissesNothing() throws IOException {
    String last;
    try (EventReader events = door.follow()) {
      make("/a");
      events.await("deployment_info");
      last = events.lastId();
    }
    make("/b");
    bench.settle("/a");
    try (EventReader events =
        door.follow("", Map.of("Accept", "text/event-stream", "Last-Event-ID", last))) {
      assertEquals(200, events.status());
      events.await("deployment_info", data -> data.encode().contains("\"/b\""));
      events.await("deployment_success");
      assertFalse(
          events.all().stream()
              .filter(event -> event.type().equals("deployment_info"))
              .anyMatch(event -> event.data().encode().contains("\"/a\"")),
          "what was told before is not told again");
    }
  }

  @Test
  void anotherNodesMarkIsNoMarkHere() throws IOException {
    try (EventReader before = door.follow()) {
      make("/a");
      before.await("deployment_info");
      before.await("api_post_event");
    }
    try (EventReader events =
        door.follow("", Map.of("Accept", "text/event-stream", "Last-Event-ID", "other-1"))) {
      events.await("event_stream_attached");
      make("/b");
      events.await("deployment_info", data -> data.encode().contains("\"/b\""));
      assertFalse(
          events.all().stream().anyMatch(event -> event.data().encode().contains("\"/a\"")));
    }
  }

  @Test
  void anUnhealthyInstanceIsToldOfAsOfOldAndAsOfLate() throws IOException {
    make("/a");
    Instance one = bench.run("/a", 1, "host-1");
    try (EventReader events = door.follow()) {
      events.await("event_stream_attached");
      JsonArray checks =
          new JsonArray().add(new JsonObject().put("alive", false).put("lastFailureMillis", 1L));
      Instance ill = bench.tell(one, json -> json.put("healthy", false).put("checks", checks));
      events.await("health_status_changed_event", data -> !data.getBoolean("alive"));
      events.await("instance_health_changed_event", data -> !data.getBoolean("healthy"));
      InstanceFailure failure =
          new InstanceFailure(
              one.path(),
              one.id(),
              one.revision(),
              one.node(),
              one.host(),
              InstanceFailure.Reason.UNHEALTHY,
              "answers 503",
              "app",
              -1,
              List.of(),
              bench.now().toEpochMilli());
      bench.tell(ill, json -> json.put("phase", "failed").put("failure", failure.json()));
      events.await(
          "status_update_event",
          data ->
              data.getString("taskStatus").equals("TASK_FAILED")
                  && data.getString("message").equals("answers 503"));
      events.await("unhealthy_task_kill_event");
      assertEquals(
          one.taskId(),
          events.await("unhealthy_instance_kill_event").data().getString("instanceId"));
    }
  }

  @Test
  void eachFailureOfAHealthCheckIsToldWithTheCheck() throws IOException {
    String app =
        new JsonObject(
                "{\"id\":\"a\",\"cmd\":\"sleep"
                    + " 1\",\"container\":{\"docker\":{\"image\":\"busybox\"}}}")
            .put(
                "healthChecks",
                new JsonArray()
                    .add(check("true"))
                    .add(check("false").put("maxConsecutiveFailures", 9)))
            .encode();
    assertEquals(201, door.send("POST", "/v2/apps", app).status());
    Instance one = bench.run("/a", 1, "host-1");
    try (EventReader events = door.follow()) {
      events.await("event_stream_attached");
      Instance once = bench.tell(one, json -> json.put("checks", results(1)));
      JsonObject failed = events.await("failed_health_check_event").data();
      assertEquals("/a", failed.getString("appId"));
      assertEquals(one.taskId(), failed.getString("taskId"));
      assertEquals(
          "false", failed.getJsonObject("healthCheck").getJsonObject("command").getString("value"));
      bench.tell(once, json -> json.put("message", "nothing new"));
      bench.tell(once, json -> json.put("checks", results(2)));
      events.await(
          "failed_health_check_event",
          data -> data.getJsonObject("healthCheck").getInteger("maxConsecutiveFailures") == 9);
      bench.tell(once, json -> json.put("phase", "stopping"));
      events.await(
          "status_update_event", data -> data.getString("taskStatus").equals("TASK_KILLING"));
      assertEquals(2, events.types().stream().filter("failed_health_check_event"::equals).count());
    }
  }

  private static JsonObject check(String command) {
    return new JsonObject()
        .put("protocol", "COMMAND")
        .put("command", new JsonObject().put("value", command));
  }

  /** Of two checks the second has failed, last at that time. */
  private static JsonArray results(long lastFailureMillis) {
    return new JsonArray()
        .add(new JsonObject().put("alive", true))
        .add(new JsonObject().put("alive", false).put("lastFailureMillis", lastFailureMillis));
  }

  @Test
  void instancesOfALostNodeAreLost() throws IOException {
    make("/a");
    Instance one = bench.run("/a", 1, "host-2");
    try (EventReader events = door.follow()) {
      events.await("event_stream_attached");
      bench.lose("host-2");
      JsonObject lost =
          events
              .await(
                  "status_update_event", data -> data.getString("taskStatus").equals("TASK_LOST"))
              .data();
      assertEquals(one.taskId(), lost.getString("taskId"));
      assertEquals("host-2", lost.getString("slaveId"));
      events.await("instance_changed_event", data -> data.getString("condition").equals("Lost"));
    }
  }

  @Test
  void aPostIsToldOfWithWhatWasPosted() throws IOException {
    try (EventReader events = door.follow()) {
      make("/a");
      JsonObject post = events.await("api_post_event").data();
      assertEquals("/v2/apps", post.getString("uri"));
      assertEquals("/a", post.getJsonObject("appDefinition").getString("id"));
      assertTrue(post.containsKey("clientIp"));
    }
  }

  @Test
  void thereIsAnEndToHowManyMayFollow() throws IOException {
    List<EventReader> all = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        all.add(door.follow());
      }
      assertEquals(503, door.send("GET", "/v2/events", "", ASKING).status());
    } finally {
      for (EventReader reader : all) {
        reader.close();
      }
    }
  }
}
