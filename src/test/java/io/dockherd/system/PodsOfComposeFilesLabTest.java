package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Pods of Compose files that are fetched in a zip: all that whoever ran them elsewhere relies on.
 */
@OnLab
class PodsOfComposeFilesLabTest {
  /** Two files, with a port in each, a network and a volume of their own. */
  private static final Map<String, String> SHOP =
      Map.of(
          "shop/one.yml",
          """
          services:
            web:
              image: busybox
              command: sh -c 'echo web is here; exec httpd -f -p 80 -h /etc'
              stop_signal: SIGKILL
              ports: ["8080:80"]
              labels: ["team=shop"]
              links: ["db:database"]
              depends_on: {db: {condition: service_started}}
          """,
          "shop/two.yml",
          """
          services:
            db:
              image: busybox
              command: sh -c 'echo db is here | tee /data/index.html; exec httpd -f -p 81 -h /data'
              stop_signal: SIGKILL
              ports: ["8080:81"]
              volumes: ["data:/data"]
          volumes: {data: }
          """);

  private static final String FILES = "shop/one.yml, shop/two.yml";

  private MarathonAsk ask;
  private PodArchive archive;

  @AfterEach
  void clearAway() {
    ask.removeAll();
    ask.close();
    archive.close();
  }

  private void have(LabHerd herd, Map<String, String> files) {
    ask = new MarathonAsk(herd);
    archive = PodArchive.of(herd, files);
  }

  private void post(JsonObject app) {
    MarathonAsk.Said said = ask.ask(1, "POST", "/v2/apps", app.encode());
    assertEquals(201, said.status(), said.json().encode());
  }

  private static JsonObject pinned(JsonObject app, String host) {
    JsonArray constraint = new JsonArray().add("hostname").add("LIKE").add(host);
    return app.put("constraints", new JsonArray().add(constraint));
  }

  /** What is said of the last failure, once that has these words in it. */
  private String failure(String id, String words) {
    Await.until(
        () -> id + " fails with '" + words + "'; it is " + ask.app(2, id).encode(),
        MarathonAsk.LIMIT,
        () -> message(id).contains(words));
    assertEquals("TASK_FAILED", lastFailure(id).getString("state"));
    return message(id);
  }

  private JsonObject lastFailure(String id) {
    return ask.app(2, id).getJsonObject("lastTaskFailure", new JsonObject());
  }

  private String message(String id) {
    return lastFailure(id).getString("message", "");
  }

  private Set<String> ids(String id) {
    return ask.tasks(3, id).stream().map(task -> task.getString("id")).collect(Collectors.toSet());
  }

  @Test
  void threeOfOneZipAreOnOneHostWithoutAClashAndGoWithoutATrace(LabHerd herd) {
    have(herd, SHOP);
    LabHost host = herd.host(2);
    post(pinned(archive.app("/shop", FILES, 2, "shop.zip").put("instances", 3), "host-2"));
    ask.awaitRunning(1, "/shop", 3);
    Set<Object> ports = new HashSet<>();
    for (JsonObject task : ask.tasks(1, "/shop")) {
      assertEquals(host.address(), task.getString("host"));
      JsonArray offered = task.getJsonArray("ports");
      offered.forEach(port -> assertTrue(ports.add(port), () -> "offered twice: " + port));
      String page = MarathonAsk.page(task.getString("host"), offered.getInteger(0), "passwd");
      assertTrue(page.contains("root"), page);
      String web = task.getString("id") + "_web";
      assertEquals(
          "db is here\n", Ask.docker(host, "exec", web, "wget", "-qO-", "http://database:81/"));
    }
    assertEquals(3, lines(host, "volume", "ls", "-q"));
    ask.ask(2, "PUT", "/v2/apps/shop", "{\"instances\":1}");
    ask.awaitRunning(2, "/shop", 1);
    Await.until(
        "of the other two nothing is left",
        MarathonAsk.LIMIT,
        () ->
            lines(host, "ps", "-aq") == 2
                && lines(host, "volume", "ls", "-q") == 1
                && lines(host, "network", "ls", "-q", "--filter", "name=_default") == 1);
  }

  private static long lines(LabHost host, String... command) {
    return Ask.docker(host, command).lines().filter(line -> !line.isBlank()).count();
  }

  @Test
  void oneContainerThatIsKilledFailsThePodAndAnotherTakesItsPlace(LabHerd herd) {
    have(herd, SHOP);
    post(pinned(archive.app("/shop", FILES, 2, "shop.zip"), "host-1"));
    ask.awaitRunning(1, "/shop", 1);
    String first = ids("/shop").iterator().next();
    String logs = logs(herd, "/v1/apps/shop/logs?tail=20");
    assertTrue(logs.contains("\"container\":\"web\""), logs);
    assertTrue(logs.contains("web is here") && logs.contains("db is here"), logs);
    Ask.docker(herd.host(1), "kill", first + "_db");
    String why = failure("/shop", "ended with code 137");
    assertTrue(why.contains("db"), why);
    assertEquals(first, lastFailure("/shop").getString("taskId"));
    ask.awaitRunning(3, "/shop", 1);
    assertTrue(!ids("/shop").contains(first), ids("/shop")::toString);
    Await.until(
        "the rest of the first is gone",
        MarathonAsk.LIMIT,
        () -> !Ask.docker(herd.host(1), "ps", "-a", "--format", "{{.Names}}").contains(first));
  }

  private static String logs(LabHerd herd, String path) {
    URI uri = URI.create("http://" + herd.host(3).address() + ":" + LabHost.DOOR_PORT + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatCannotBeRunIsToldWithTheReason(LabHerd herd) {
    have(
        herd,
        Map.of(
            "pod.yml",
            "services: {web: {image: busybox, command: sleep 1000, ports: ['80', '81-82:81-82']}}",
            "no-image.yml",
            "services: {web: {image: 'nobody/has-this:1'}}"));
    post(archive.app("/few-ports", "pod.yml", 1, "pod.zip"));
    post(archive.app("/gone", "pod.yml", 3, "gone.zip"));
    post(archive.app("/no-image", "no-image.yml", 0, "pod.zip"));
    String few = failure("/few-ports", "Insufficient number of ports allocated");
    assertTrue(few.contains("publish 3 and 1 are offered"), few);
    failure("/gone", archive.uri("gone.zip"));
    failure("/no-image", "nobody/has-this:1");
  }

  @Test
  void aZipThatClimbsOutIsRefused(LabHerd herd) {
    have(herd, Map.of("pod.yml", "services: {}", "../../climbed.yml", "services: {}"));
    post(archive.app("/climbing", "pod.yml", 0, "pod.zip"));
    failure("/climbing", "../../climbed.yml");
  }

  @Test
  void anImageThatIsThereIsRunThoughNoRegistryAnswers(LabHerd herd) {
    have(
        herd,
        Map.of(
            "pod.yml",
            """
            services:
              web:
                image: busybox
                pull_policy: always
                command: sleep 1000
                stop_signal: SIGKILL
            """));
    post(archive.app("/there", "pod.yml", 0, "pod.zip"));
    ask.awaitRunning(3, "/there", 1);
    assertEquals(List.of(), List.copyOf(lastFailure("/there").fieldNames()));
  }

  @Test
  void whatEndsWellIsNoFailureOfThePodAndThreeTriesInPlaceComeFirst(LabHerd herd) {
    have(
        herd,
        Map.of(
            "pod.yml",
            """
            services:
              web: {image: busybox, command: sleep 1000, stop_signal: SIGKILL}
              once: {image: busybox, command: sh -c 'echo done'}
            """,
            "falls.yml",
            """
            services:
              web: {image: busybox, command: sleep 1000, stop_signal: SIGKILL}
              falls:
                image: busybox
                command: sh -c 'echo falls again; exit 3'
                restart: on-failure:3
            """));
    post(archive.app("/well", "pod.yml", 0, "pod.zip"));
    post(archive.app("/falls", "falls.yml", 0, "pod.zip"));
    ask.awaitRunning(1, "/well", 1);
    String why = failure("/falls", "ended with code 3");
    assertTrue(why.contains("falls"), why);
    String lines = logs(herd, "/v1/apps/well/logs?tail=20");
    assertTrue(lines.contains("done"), lines);
    assertEquals(1, ids("/well").size());
    assertEquals(List.of(), List.copyOf(lastFailure("/well").fieldNames()));
  }
}
