package io.dockherd.doors.marathon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.AppsBench;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Rollout;
import io.dockherd.doors.AuditLines;
import io.dockherd.doors.marathon.MarathonBench.Said;
import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MarathonDoorTest {
  private static final String DEMO =
      """
      {"id":"demo","cmd":"sleep 1000","container":{"docker":{"image":"busybox"}},"cpus":0.1,"mem":16,"ports":[0,0,0]}
      """;

  private final MarathonBench door = new MarathonBench();
  private final AppsBench bench = door.bench();

  @AfterEach
  void close() {
    door.close();
  }

  private static String app(String id) {
    return new JsonObject(DEMO).put("id", id).encode();
  }

  private List<Instance> instances(String path) {
    return bench.apps().find(new AppPath(path)).orElseThrow().instances();
  }

  private String deployment(Said said) {
    String id = said.json().getString("deploymentId");
    assertEquals(id, said.headers().firstValue("Marathon-Deployment-Id").orElseThrow());
    return id;
  }

  /** The specification's run for whoever comes from the first Compose executor, step by step. */
  @Test
  void theConformanceRun() throws IOException {
    try (EventReader events = door.follow()) {
      events.await("event_stream_attached");

      Said made = door.send("POST", "/v2/apps", DEMO);
      assertEquals(201, made.status());
      assertEquals("/v2/apps/demo", made.headers().firstValue("Location").orElseThrow());
      assertEquals(3, made.json().getJsonArray("ports").size());
      assertFalse(made.json().getJsonArray("ports").contains(0));
      String first = made.json().getString("version");
      String start = made.json().getJsonArray("deployments").getJsonObject(0).getString("id");
      bench.tell(
          bench.run("/demo", 1, "host-1"),
          json -> json.put("ports", new JsonArray(List.of(31000, 31001, 31002))));
      bench.settle("/demo");
      events.await("deployment_success", data -> data.getString("id").equals(start));
      events.await(
          "status_update_event", data -> data.getString("taskStatus").equals("TASK_RUNNING"));

      JsonObject app = door.get("/v2/apps/demo").json().getJsonObject("app");
      assertEquals(1, app.getInteger("tasksRunning"));
      assertTrue(app.getJsonArray("deployments").isEmpty());
      JsonObject task =
          door.get("/v2/apps/demo/tasks").json().getJsonArray("tasks").getJsonObject(0);
      assertEquals(List.of(31000, 31001, 31002), task.getJsonArray("ports").getList());

      Said scaled = door.send("PUT", "/v2/apps/demo", "{\"instances\":3}");
      assertEquals(200, scaled.status());
      JsonObject shown = door.get("/v2/deployments").list().getJsonObject(0);
      assertEquals(deployment(scaled), shown.getString("id"));
      assertTrue(shown.getJsonArray("currentActions").encode().contains("ScaleApplication"));
      Said locked = door.send("PUT", "/v2/apps/demo", "{\"cpus\":0.2}");
      assertEquals(409, locked.status());
      assertEquals(
          deployment(scaled),
          locked.json().getJsonArray("deployments").getJsonObject(0).getString("id"));
      Said forced = door.send("PUT", "/v2/apps/demo?force=true", "{\"cpus\":0.2}");
      assertEquals(200, forced.status());
      events.await("deployment_failed", data -> data.getString("id").equals(deployment(scaled)));
      assertTrue(events.types().contains("deployment_step_failure"));
      instances("/demo").forEach(bench::remove);
      IntStream.rangeClosed(1, 3).forEach(slot -> bench.run("/demo", slot, "host-" + slot));
      bench.settle("/demo");
      events.await("deployment_success", data -> data.getString("id").equals(deployment(forced)));

      String victim = instances("/demo").getFirst().taskId();
      Said killed = door.send("DELETE", "/v2/apps/demo/tasks/" + victim, "");
      assertEquals(victim, killed.json().getJsonObject("task").getString("id"));
      events.await(
          "status_update_event",
          data ->
              data.getString("taskId").equals(victim)
                  && data.getString("taskStatus").equals("TASK_KILLED"));
      assertEquals(3, bench.app("/demo").instances());
      String second = instances("/demo").getFirst().taskId();
      Said fewer = door.send("DELETE", "/v2/apps/demo/tasks/" + second + "?scale=true", "");
      assertEquals(bench.app("/demo").rollout().orElseThrow().id(), deployment(fewer));
      assertEquals(2, bench.app("/demo").instances());
      bench.settle("/demo");

      JsonArray versions = door.get("/v2/apps/demo/versions").json().getJsonArray("versions");
      assertEquals(first, versions.getString(versions.size() - 1));
      Said back =
          door.send("PUT", "/v2/apps/demo", new JsonObject().put("version", first).encode());
      assertEquals(200, back.status());
      assertEquals(1, bench.app("/demo").instances());
      assertEquals(0.1, door.get("/v2/apps/demo").json().getJsonObject("app").getDouble("cpus"));
      bench.settle("/demo");
      Said again = door.send("POST", "/v2/apps/demo/restart", "");
      assertEquals(200, again.status());
      bench.settle("/demo");
      events.await("deployment_success", data -> data.getString("id").equals(deployment(again)));

      Said deleted = door.send("DELETE", "/v2/apps/demo", "");
      assertEquals(200, deleted.status());
      assertEquals(404, door.get("/v2/apps/demo").status());
      bench.facts().lose("host-3");
      events.await("deployment_success", data -> data.getString("id").equals(deployment(deleted)));
      assertTrue(events.types().contains("app_terminated_event"));
    }
  }

  @Test
  void whatWasGotAndIsSentBackChangesNothing() {
    for (String said :
        List.of(
            DEMO,
            """
            {"id":"demo","args":["a"],"container":{"docker":{"image":"busybox","network":"BRIDGE","portMappings":[{"containerPort":80},{"containerPort":0}]}},"uris":["http://example.org/a.zip"]}
            """,
            """
            {"id":"demo","cmd":"a","container":{"docker":{"image":"busybox","network":"NONE"}}}
            """,
            """
            {"id":"demo","cmd":"a","container":{"docker":{"image":"busybox"},"portMappings":[{"containerPort":80,"hostPort":0}]},"networks":[{"mode":"container","name":"n"}],"healthChecks":[{"protocol":"COMMAND","command":{"value":"true"}}]}
            """)) {
      assertEquals(201, door.send("POST", "/v2/apps", said).status(), said);
      bench.settle("/demo");
      JsonObject got = door.get("/v2/apps/demo").json().getJsonObject("app");
      got.remove("version");
      for (String query : List.of("", "?partialUpdate=false")) {
        Said sent = door.send("PUT", "/v2/apps/demo" + query, got.encode());
        assertEquals(200, sent.status(), sent.text());
        assertEquals(1, bench.app("/demo").versions().size(), got.encodePrettily());
      }
      door.send("DELETE", "/v2/apps/demo", "");
    }
  }

  @Test
  void noTwoAppsHaveOneServicePort() {
    Set<Object> ports = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      Said made = door.send("POST", "/v2/apps", app("/app-" + i));
      made.json()
          .getJsonArray("ports")
          .forEach(port -> assertTrue(ports.add(port), "port " + port + " is given twice"));
    }
    assertEquals(120, ports.size());
  }

  @Test
  void whatIsOnlyScaledKeepsItsServicePorts() {
    Said first = door.send("POST", "/v2/apps", DEMO);
    bench.settle("/demo");
    String both = "[{\"id\":\"/demo\",\"instances\":2}," + app("/other") + "]";
    assertEquals(200, door.send("PUT", "/v2/apps", both).status());
    assertEquals(2, bench.app("/demo").instances());
    JsonObject other = door.get("/v2/apps/other").json().getJsonObject("app");
    Set<Object> ports = new HashSet<>();
    first.json().getJsonArray("ports").forEach(ports::add);
    other.getJsonArray("ports").forEach(port -> assertTrue(ports.add(port), "twice: " + port));
  }

  @Test
  void aDeploymentIsTakenBackOrStopped() {
    door.send("POST", "/v2/apps", DEMO);
    bench.settle("/demo");
    String update = deployment(door.send("PUT", "/v2/apps/demo", "{\"cpus\":1}"));
    Said back = door.send("DELETE", "/v2/deployments/" + update, "");
    assertEquals(200, back.status());
    assertNotEquals(update, deployment(back));
    assertEquals(Rollout.Kind.ROLLBACK, bench.app("/demo").rollout().orElseThrow().kind());
    Said stopped = door.send("DELETE", "/v2/deployments/" + deployment(back) + "?force=true", "");
    assertEquals(202, stopped.status());
    assertEquals("", stopped.text());
    assertTrue(door.get("/v2/deployments").list().isEmpty());
  }

  @Test
  void aNewAppWhoseDeploymentIsTakenBackIsNoMore() {
    String start =
        door.send("POST", "/v2/apps", DEMO)
            .json()
            .getJsonArray("deployments")
            .getJsonObject(0)
            .getString("id");
    assertEquals(200, door.send("DELETE", "/v2/deployments/" + start, "").status());
    assertEquals(404, door.get("/v2/apps/demo").status());
  }

  @Test
  void whatTheGateRefusesIsRefusedAndNotDone() {
    List<String> asked = new CopyOnWriteArrayList<>();
    try (MarathonBench guarded =
        new MarathonBench(
            (who, verb, subject) -> {
              asked.add(verb + " " + subject);
              if (!verb.equals("app.list")) {
                throw new Refused(subject, "you may not", "");
              }
            })) {
      Said refused = guarded.send("POST", "/v2/apps", DEMO);
      assertEquals(403, refused.status());
      assertEquals("you may not", refused.json().getString("message"));
      assertEquals(403, guarded.send("DELETE", "/v2/apps/a/b/tasks/c", "").status());
      assertEquals(200, guarded.get("/v2/apps").status());
      assertEquals(List.of("app.put /demo", "app.kill /a/b", "app.list /"), asked);
      assertTrue(guarded.bench().apps().under("/").isEmpty());
    }
  }

  @Test
  void aDeploymentIsTakenBackByWhoMayDoThatToItsApps() {
    try (MarathonBench guarded =
        new MarathonBench(
            (who, verb, subject) -> {
              if (verb.equals("app.cancel") && subject.equals("/demo")) {
                throw new Refused(subject, "you may not", "");
              }
            })) {
      Said made = guarded.send("POST", "/v2/apps", DEMO);
      String start = made.json().getJsonArray("deployments").getJsonObject(0).getString("id");
      assertEquals(403, guarded.send("DELETE", "/v2/deployments/" + start, "").status());
      assertEquals(200, guarded.get("/v2/apps/demo").status());
    }
  }

  @Test
  void metricsAreThoseOfTheAppsInBothForms() {
    door.send("POST", "/v2/apps", DEMO);
    bench.run("/demo", 1, "host-1");
    JsonObject metrics = door.get("/metrics").json();
    assertEquals(
        Set.of("version", "counters", "gauges", "histograms", "meters", "timers"),
        metrics.fieldNames());
    JsonObject gauges = metrics.getJsonObject("gauges");
    for (String one : List.of("apps.active", "deployments.active", "instances.running")) {
      String name = "marathon." + one + ".gauge";
      assertEquals(1, gauges.getJsonObject(name).getInteger("value"), name);
    }
    Said text = door.get("/metrics/prometheus");
    assertTrue(text.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
    assertTrue(text.text().contains("\nmarathon_instances_running_gauge 1\n"), text.text());
    assertTrue(text.text().lines().allMatch(line -> line.matches("(# TYPE )?marathon_[a-z_]+ .+")));
  }

  @Test
  void theAuditIsToldWhichAppsAreChangedAndOfNoDryRun() {
    try (AuditLines audit = new AuditLines()) {
      Said made = door.send("POST", "/v2/apps", DEMO);
      door.send("PUT", "/v2/apps/demo/../demo?force=true", "{\"cpus\":0.2}");
      door.send(
          "PUT", "/v2/apps?force=true", "[" + app("/audited/a") + "," + app("/audited/b") + "]");
      door.send("PUT", "/v2/groups/audited?dryRun=true", "{\"apps\":[]}");
      String start = made.json().getJsonArray("deployments").getJsonObject(0).getString("id");
      door.send("DELETE", "/v2/deployments/" + start, "");
      String update = bench.app("/audited/a").rollout().orElseThrow().id();
      door.send("DELETE", "/v2/deployments/" + update, "");
      assertEquals(
          List.of(
              "app.put /demo 201",
              "app.put /demo 200",
              "app.put /audited/a 200",
              "app.put /audited/b 200",
              "app.cancel \"\" 404",
              "app.cancel /audited/a 200",
              "app.cancel /audited/b 200"),
          audit.all());
    }
  }

  @Test
  void bodiesThatAreTooLongAreTurnedAway() {
    String longer = "{\"id\":\"" + "a".repeat(2 << 20) + "\"}";
    assertEquals(413, door.send("POST", "/v2/apps", longer).status());
  }

  @Test
  void aHeadIsAGetWithoutABody() {
    door.send("POST", "/v2/apps", DEMO);
    Said head = door.send("HEAD", "/v2/apps/demo", "", Map.of());
    assertEquals(200, head.status());
    assertEquals("", head.text());
  }
}
