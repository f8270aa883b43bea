package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.dockherd.system.MarathonAsk.Said;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever comes from Marathon and the first Compose executor finds what they know. */
@OnLab
class MarathonSeedLabTest {
  private static final String DEMO =
      """
      {"id":"demo","cmd":"httpd -f -p $PORT0 -h /etc","container":{"docker":{"image":"busybox"}},
       "cpus":0.1,"mem":16,"ports":[0,0,0],"taskKillGracePeriodSeconds":0,
       "healthChecks":[{"path":"/passwd","intervalSeconds":1,"gracePeriodSeconds":30}]}
      """;

  /**
   * The seed's own pod, but for its images: an engine in the lab has busybox alone, which does not
   * heed a farewell.
   */
  private static final String COMPOSE =
      """
      baseC:
        container_name: baseC
        image: busybox
        command: httpd -f -p 3000 -h /etc
        stop_signal: SIGKILL
        net: "bridge"
        ports:
          - "5000:5000"
          - "8000:3000"
      web:
        container_name: web
        image: busybox
        command: sh -c "httpd -f -p 5000 -h /code"
        stop_signal: SIGKILL
        net: "container:baseC"
        volumes:
          - .:/code
        links:
          - redis
      redis:
        container_name: redis
        image: busybox
        command: sleep 1000
        stop_signal: SIGKILL
        net: "container:baseC"
      """;

  private MarathonAsk ask;

  @AfterEach
  void clearAway() {
    ask.removeAll();
    ask.close();
  }

  private static String deployment(Said said) {
    return said.json().getString("deploymentId");
  }

  private void awaitThrough(MarathonAsk.Events events, String deployment) {
    events.await("deployment_success", event -> event.getString("id", "").equals(deployment));
  }

  /** Step by step what a client of Marathon does, each step at another node. */
  @Test
  void theConformanceRun(LabHerd herd) {
    ask = new MarathonAsk(herd);
    MarathonAsk.Events events = ask.follow(3);
    events.await("event_stream_attached", event -> true);

    Said made = ask.ask(1, "POST", "/v2/apps", DEMO);
    assertEquals(201, made.status(), made.json().encode());
    assertFalse(made.json().getJsonArray("ports").contains(0));
    String first = made.json().getString("version");
    ask.awaitRunning(2, "/demo", 1);
    awaitThrough(events, made.json().getJsonArray("deployments").getJsonObject(0).getString("id"));
    events.await(
        "status_update_event", event -> event.getString("taskStatus").equals("TASK_RUNNING"));
    assertEquals(3, ask.tasks(3, "/demo").getFirst().getJsonArray("ports").size());
    Await.until(
        "its check finds it well",
        MarathonAsk.LIMIT,
        () -> ask.app(1, "/demo").getInteger("tasksHealthy") == 1);

    Said scaled = ask.ask(2, "PUT", "/v2/apps/demo", "{\"instances\":3}");
    assertEquals(200, scaled.status());
    assertTrue(ask.deployments(2).encode().contains("ScaleApplication"));
    Said locked = ask.ask(2, "PUT", "/v2/apps/demo", "{\"mem\":17}");
    assertEquals(409, locked.status(), locked.json().encode());
    assertEquals(
        deployment(scaled),
        locked.json().getJsonArray("deployments").getJsonObject(0).getString("id"));
    Said forced = ask.ask(2, "PUT", "/v2/apps/demo?force=true", "{\"mem\":17}");
    assertEquals(200, forced.status());
    awaitThrough(events, deployment(forced));
    ask.awaitRunning(1, "/demo", 3);

    String victim = ask.tasks(1, "/demo").getFirst().getString("id");
    assertEquals(200, ask.ask(1, "DELETE", "/v2/apps/demo/tasks/" + victim, "").status());
    Await.until(
        "another takes its place",
        MarathonAsk.LIMIT,
        () -> !ids(3).contains(victim) && ask.app(3, "/demo").getInteger("tasksRunning") == 3);
    String second = ask.tasks(1, "/demo").getFirst().getString("id");
    Said fewer = ask.ask(1, "DELETE", "/v2/apps/demo/tasks/" + second + "?scale=true", "");
    assertEquals(200, fewer.status());
    ask.awaitRunning(2, "/demo", 2);
    assertFalse(ids(2).contains(second));

    JsonArray versions =
        ask.ask(3, "GET", "/v2/apps/demo/versions", "").json().getJsonArray("versions");
    assertEquals(first, versions.getString(versions.size() - 1));
    String back = new JsonObject().put("version", first).encode();
    awaitThrough(events, deployment(ask.ask(3, "PUT", "/v2/apps/demo", back)));
    ask.awaitRunning(1, "/demo", 1);
    assertEquals(16, ask.app(1, "/demo").getInteger("mem"));
    String before = ask.tasks(1, "/demo").getFirst().getString("id");
    awaitThrough(events, deployment(ask.ask(1, "POST", "/v2/apps/demo/restart", "")));
    assertFalse(ids(1).contains(before));

    Said deleted = ask.ask(2, "DELETE", "/v2/apps/demo", "");
    assertEquals(200, deleted.status());
    assertEquals(404, ask.ask(2, "GET", "/v2/apps/demo", "").status());
    awaitThrough(events, deployment(deleted));
  }

  private Set<String> ids(int host) {
    return ask.tasks(host, "/demo").stream()
        .map(task -> task.getString("id"))
        .collect(Collectors.toSet());
  }

  @Test
  void thePodOfComposeFilesIsThreeContainersAndScales(LabHerd herd) {
    ask = new MarathonAsk(herd);
    String file = "docker-compose-example/docker-compose.yml";
    try (PodArchive files = PodArchive.of(herd, Map.of(file, COMPOSE))) {
      JsonObject pod = files.app("docker-compose-demo", file, 3, "docker-compose-example.zip");
      assertEquals(201, ask.ask(1, "POST", "/v2/apps", pod.encode()).status());
      ask.awaitRunning(2, "/docker-compose-demo", 1);
      JsonObject task = ask.tasks(3, "/docker-compose-demo").getFirst();
      assertEquals(Set.of(3), podSizes(herd, task.getString("id")));
      JsonArray offered = task.getJsonArray("ports");
      assertEquals(3, offered.size());
      String host = task.getString("host");
      assertEquals(COMPOSE, MarathonAsk.page(host, offered.getInteger(0), "docker-compose.yml"));
      assertTrue(MarathonAsk.page(host, offered.getInteger(1), "passwd").contains("root"));
      Said scaled = ask.ask(3, "PUT", "/v2/apps/docker-compose-demo", "{\"instances\":3}");
      assertEquals(200, scaled.status());
      ask.awaitRunning(1, "/docker-compose-demo", 3);
      Set<Object> ports = new HashSet<>();
      for (JsonObject one : ask.tasks(1, "/docker-compose-demo")) {
        assertEquals(Set.of(3), podSizes(herd, one.getString("id")));
        one.getJsonArray("ports")
            .forEach(port -> assertTrue(ports.add(one.getString("host") + ":" + port)));
      }
      ask.ask(2, "PUT", "/v2/apps/docker-compose-demo", "{\"instances\":1}");
      ask.awaitRunning(2, "/docker-compose-demo", 1);
    }
  }

  /** How many containers with the task's id in their names there are, on hosts that have any. */
  private static Set<Integer> podSizes(LabHerd herd, String task) {
    return herd.lab().hosts().stream()
        .map(
            host ->
                (int)
                    Ask.docker(host, "ps", "--format", "{{.Names}}")
                        .lines()
                        .filter(name -> name.contains(task))
                        .count())
        .filter(count -> count > 0)
        .collect(Collectors.toSet());
  }
}
