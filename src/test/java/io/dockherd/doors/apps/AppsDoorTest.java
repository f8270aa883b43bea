package io.dockherd.doors.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.AppsBench;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.FileSpec;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.Restart;
import io.dockherd.doors.AuditLines;
import io.dockherd.doors.actions.ScriptedFleet;
import io.dockherd.doors.apps.AppsDoorBench.Said;
import io.dockherd.failure.Refused;
import io.dockherd.fleet.ContainerFact;
import io.dockherd.fleet.watch.FactKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The apps door over HTTP, with the herd's own apps on records in memory. */
class AppsDoorTest {
  private final AppsDoorBench door = new AppsDoorBench();

  @AfterEach
  void close() {
    door.close();
  }

  private static String wanted(String image, int instances) {
    return new JsonObject()
        .put("instances", instances)
        .put("config", AppsBench.config(image).json())
        .encode();
  }

  private static String group(String... paths) {
    JsonArray apps = new JsonArray();
    for (String path : paths) {
      apps.add(new JsonObject(wanted("busybox", 1)).put("path", path));
    }
    return new JsonObject().put("apps", apps).encode();
  }

  private List<String> paths() {
    List<String> paths = new ArrayList<>();
    door.send("GET", "/v1/apps", "")
        .json()
        .getJsonArray("apps")
        .forEach(app -> paths.add(((JsonObject) app).getString("path")));
    return paths;
  }

  private void settle(String... paths) {
    for (String path : paths) {
      door.bench().settle(path);
    }
  }

  @Test
  void anAppIsPutSeenAndDeleted() {
    Said put = door.send("PUT", "/v1/apps/shop/web", wanted("busybox", 2));
    assertEquals(202, put.status(), put.text());
    assertFalse(put.json().getString("rollout").isEmpty());
    door.bench().run("/shop/web", 1, "host-1");
    JsonObject seen = door.send("GET", "/v1/apps/shop/web", "").json();
    assertEquals("/shop/web", seen.getString("path"));
    assertEquals(2, seen.getInteger("instances"));
    assertEquals(1, seen.getInteger("healthy"));
    assertEquals("start", seen.getJsonObject("rollout").getString("kind"));
    assertEquals("host-1", seen.getJsonArray("present").getJsonObject(0).getString("node"));
    assertEquals(AppsBench.config("busybox"), AppConfig.of(seen.getJsonObject("config")));
    settle("/shop/web");
    assertEquals(
        200, door.send("PUT", "/v1/apps/shop/web", wanted("busybox", 2)).status(), "as it is");
    assertEquals(202, door.send("DELETE", "/v1/apps/shop/web", "").status());
    assertEquals(404, door.send("GET", "/v1/apps/shop/web", "").status());
  }

  @Test
  void errorsHaveTheActionsDoorsForm() {
    JsonObject missing = door.send("GET", "/v1/apps/none", "").json();
    assertEquals("not-found", missing.getString("code"));
    assertEquals("/none", missing.getString("subject"));
    assertFalse(missing.getString("requestId").isEmpty());
    assertEquals(400, door.send("PUT", "/v1/apps/a", "{").status());
    assertEquals(400, door.send("PUT", "/v1/apps/a", "{\"config\":{\"kind\":3}}").status());
    assertEquals(400, door.send("PUT", "/v1/apps/a%2F..%2Fb", wanted("x", 1)).status());
    assertEquals(404, door.send("GET", "/v1/nothing", "").status());
    assertEquals(405, door.send("DELETE", "/v1/events", "").status());
    assertEquals(400, door.send("POST", "/v1/apps/a/scale", "{\"instances\":-1}").status());
  }

  @Test
  void whatMeansNothingIsToldAndNotDropped() {
    JsonObject slip = new JsonObject(wanted("busybox", 1));
    slip.getJsonObject("config").put("placment", new JsonObject());
    Said refused = door.send("PUT", "/v1/apps/a", slip.encode());
    assertEquals(400, refused.status(), refused.text());
    assertEquals("config.placment", refused.json().getString("subject"));
    assertTrue(refused.text().contains("did you mean 'placement'?"), refused.text());
    JsonObject deeper = new JsonObject(wanted("busybox", 1));
    deeper
        .getJsonObject("config")
        .getJsonObject("pod")
        .getJsonArray("containers")
        .getJsonObject(0)
        .put("imagePull", "always");
    Said other =
        door.send(
            "PUT",
            "/v1/groups/a",
            new JsonObject().put("apps", new JsonArray().add(deeper.put("path", "/a/b"))).encode());
    assertEquals(400, other.status(), other.text());
    assertEquals("config.pod.containers[0].imagePull", other.json().getString("subject"));
    assertEquals(400, door.send("PUT", "/v1/apps/a", "{\"instnces\":2}").status());
    assertEquals(List.of(), paths());
    JsonObject free = new JsonObject(wanted("busybox", 1));
    free.getJsonObject("config")
        .put("labels", new JsonObject().put("whatever", "x"))
        .getJsonObject("pod")
        .getJsonArray("containers")
        .getJsonObject(0)
        .getJsonObject("document")
        .put("Anything", new JsonObject().put("At", "all"));
    assertEquals(202, door.send("PUT", "/v1/apps/a", free.encode()).status());
  }

  @Test
  void aRolloutLocksAndForceTakesItsPlace() {
    door.send("PUT", "/v1/apps/shop/web", wanted("busybox", 1));
    Said locked = door.send("PUT", "/v1/apps/shop/web", wanted("busybox:2", 1));
    assertEquals(409, locked.status());
    assertEquals("conflict", locked.json().getString("code"));
    assertEquals(
        202, door.send("PUT", "/v1/apps/shop/web?force=true", wanted("busybox:2", 1)).status());
  }

  @Test
  void whatIsExpectedIsSaidInHttpsOwnHeaders() {
    Map<String, String> absent = Map.of("If-None-Match", "*");
    assertEquals(202, door.send("PUT", "/v1/apps/a", wanted("x", 1), absent).status());
    settle("/a");
    assertEquals(409, door.send("PUT", "/v1/apps/a", wanted("y", 1), absent).status());
    String tag = door.send("GET", "/v1/apps/a", "").headers().firstValue("ETag").orElseThrow();
    assertEquals(
        202, door.send("PUT", "/v1/apps/a", wanted("y", 1), Map.of("If-Match", tag)).status());
    settle("/a");
    assertEquals(
        409, door.send("PUT", "/v1/apps/a", wanted("z", 1), Map.of("If-Match", tag)).status());
    assertEquals(
        400, door.send("PUT", "/v1/apps/a", wanted("z", 1), Map.of("If-Match", "x")).status());
  }

  @Test
  void scaleRestartRollBackAndRevisions() {
    door.send("PUT", "/v1/apps/shop/web", wanted("busybox", 1));
    settle("/shop/web");
    String first = door.bench().app("/shop/web").revision().toString();
    assertEquals(202, door.send("POST", "/v1/apps/shop/web/scale", "{\"instances\":3}").status());
    settle("/shop/web");
    door.send("PUT", "/v1/apps/shop/web", wanted("busybox:2", 3));
    settle("/shop/web");
    assertEquals(202, door.send("POST", "/v1/apps/shop/web/rollback", "").status());
    assertEquals(first, door.bench().app("/shop/web").revision().toString());
    assertEquals(3, door.bench().app("/shop/web").instances());
    settle("/shop/web");
    assertEquals(202, door.send("POST", "/v1/apps/shop/web/restart", "{}").status());
    settle("/shop/web");
    JsonObject past = door.send("GET", "/v1/apps/shop/web/revisions", "").json();
    assertEquals(5, past.getJsonArray("versions").size());
    assertEquals(3, past.getJsonArray("revisions").size());
    assertEquals(409, door.send("POST", "/v1/apps/shop/web/resume", "").status());
    assertEquals(409, door.send("POST", "/v1/apps/shop/web/cancel", "").status());
  }

  @Test
  void aPausedRolloutGoesOn() {
    door.send("PUT", "/v1/apps/a", wanted("busybox", 1));
    door.bench().pause("/a", "it fell over");
    JsonObject rollout = door.send("GET", "/v1/apps/a", "").json().getJsonObject("rollout");
    assertEquals("paused", rollout.getString("state"));
    assertEquals("it fell over", rollout.getString("message"));
    assertEquals(202, door.send("POST", "/v1/apps/a/resume", "").status());
  }

  @Test
  void anInstanceIsKilledById() {
    door.send("PUT", "/v1/apps/a", wanted("busybox", 2));
    Instance one = door.bench().run("/a", 1, "host-1");
    Said killed = door.send("POST", "/v1/apps/a/kill", "{\"instances\":[\"" + one.id() + "\"]}");
    assertEquals(new JsonArray().add(one.id().toString()), killed.json().getJsonArray("killed"));
    assertEquals(400, door.send("POST", "/v1/apps/a/kill", "{}").status());
  }

  @Test
  void aGroupIsWhatIsPutAndNoMore() {
    assertEquals(202, door.send("PUT", "/v1/groups/shop", group("/shop/web", "/shop/db")).status());
    door.send("PUT", "/v1/apps/other", wanted("busybox", 1));
    settle("/shop/web", "/shop/db", "/other");
    door.send("PUT", "/v1/groups/shop", group("/shop/web"));
    assertEquals(List.of("/other", "/shop/db", "/shop/web"), paths());
    assertEquals(202, door.send("PUT", "/v1/groups/shop?remove=true", group("/shop/web")).status());
    assertEquals(List.of("/other", "/shop/web"), paths());
    assertEquals(400, door.send("PUT", "/v1/groups/shop", group("/other")).status());
    assertEquals(400, door.send("PUT", "/v1/groups/shop", "{}").status());
    assertEquals(202, door.send("DELETE", "/v1/groups/shop", "").status());
    assertEquals(List.of("/other"), paths());
    assertEquals(404, door.send("DELETE", "/v1/groups/shop", "").status());
  }

  @Test
  void aProjectOfServicesBecomesAPodAndBack() {
    door.send("PUT", "/v1/groups/shop", group("/shop/web", "/shop/db"));
    settle("/shop/web", "/shop/db");
    door.bench().run("/shop/db", 1, "host-1");
    Said plan = door.send("PUT", "/v1/groups/shop?remove=true&dryRun=true", group("/shop"));
    assertEquals(200, plan.status(), plan.text());
    assertTrue(plan.text().contains("stop /shop/db #1"), plan.text());
    assertEquals(List.of("/shop/db", "/shop/web"), paths());
    Said pod = door.send("PUT", "/v1/groups/shop?remove=true", group("/shop"));
    assertEquals(202, pod.status(), pod.text());
    assertEquals(List.of("/shop"), paths());
    settle("/shop");
    Said wrong =
        door.send(
            "PUT",
            "/v1/groups/shop?remove=true",
            group("/shop/web").replace("\"instances\":1", "\"instances\":1000000"));
    assertEquals(400, wrong.status(), wrong.text());
    assertEquals(List.of("/shop"), paths());
    door.send("PUT", "/v1/groups/shop?remove=true", group("/shop/web"));
    assertEquals(List.of("/shop/web"), paths());
  }

  @Test
  void whatIsToBeKeptOfAGroupStays() {
    door.send("PUT", "/v1/groups/shop", group("/shop/web", "/shop/db", "/shop/debug"));
    settle("/shop/web", "/shop/db", "/shop/debug");
    JsonObject body = new JsonObject(group("/shop/web"));
    body.put("keep", new JsonArray().add("/shop/debug").add("/shop/none"));
    door.send("PUT", "/v1/groups/shop?remove=true", body.encode());
    assertEquals(List.of("/shop/debug", "/shop/web"), paths());
    body.put("keep", "all");
    assertEquals(400, door.send("PUT", "/v1/groups/shop?remove=true", body.encode()).status());
  }

  @Test
  void aListIsOfOneGroupOrApp() {
    door.send("PUT", "/v1/groups/shop", group("/shop/web", "/shop/db"));
    door.send("PUT", "/v1/apps/other", wanted("busybox", 1));
    assertEquals(
        2, door.send("GET", "/v1/apps?group=/shop", "").json().getJsonArray("apps").size());
    assertEquals(
        1, door.send("GET", "/v1/apps?group=/shop/web", "").json().getJsonArray("apps").size());
    assertEquals(3, door.send("GET", "/v1/apps", "").json().getJsonArray("apps").size());
  }

  @Test
  void whatASecretHoldsIsToldToNobody() {
    ContainerSpec plain = ContainerSpec.plain("web", "web-{slot}", new JsonObject());
    ContainerSpec secretive =
        new ContainerSpec(
            plain.name(),
            plain.containerName(),
            plain.document(),
            plain.pull(),
            Map.of(),
            Map.of(),
            plain.shares(),
            Map.of(),
            Map.of(),
            Restart.NEVER,
            List.of(
                new FileSpec("/run/secrets/key", Buffer.buffer("sesame"), "0400", 0, 0, true),
                new FileSpec("/etc/app", Buffer.buffer("open"), "0444", 0, 0, false)),
            List.of(),
            List.of(),
            plain.stopAfter());
    JsonObject body =
        new JsonObject().put("config", AppConfig.service(PodSpec.of(List.of(secretive))).json());
    assertEquals(202, door.send("PUT", "/v1/apps/a", body.encode()).status());
    String secret = new JsonObject().put("x", Buffer.buffer("sesame")).encode().substring(6, 12);
    for (String path : List.of("/v1/apps/a", "/v1/apps/a/revisions", "/v1/apps")) {
      assertFalse(door.send("GET", path, "").text().contains(secret), path);
    }
    assertTrue(door.send("GET", "/v1/apps/a", "").text().contains("/run/secrets/key"));
  }

  @Test
  void whatHappensIsToldAsLinesAndAsEvents() throws IOException {
    door.send("PUT", "/v1/apps/shop/web", wanted("busybox", 1));
    assertEquals(400, door.send("GET", "/v1/events?group=no/../path", "").status());
    try (BufferedReader lines = reader("/v1/events?group=shop", Map.of());
        BufferedReader events = reader("/v1/events", Map.of("Accept", "text/event-stream"))) {
      assertEquals("", lines.readLine());
      assertEquals(":", events.readLine());
      door.send("PUT", "/v1/apps/other", wanted("busybox", 1));
      door.bench().run("/shop/web", 1, "host-2");
      JsonObject moved = next("instance-moved", lines);
      assertEquals("/shop/web #1 on host-2 is running", moved.getString("words"));
      assertEquals("host-2", moved.getString("node"));
      String other = "data: {\"event\":\"changed\",\"path\":\"/other\"";
      String before = "";
      String line = events.readLine();
      while (!line.startsWith(other)) {
        before = line;
        line = events.readLine();
      }
      assertEquals("event: changed", before);
      assertEquals("", events.readLine(), "an event ends with an empty line");
    }
  }

  /** What happened before somebody listened may still be on its way to him. */
  private static JsonObject next(String event, BufferedReader lines) throws IOException {
    JsonObject told = new JsonObject(lines.readLine());
    while (!told.getString("event").equals(event)) {
      assertEquals("/shop/web", told.getString("path"));
      told = new JsonObject(lines.readLine());
    }
    return told;
  }

  private BufferedReader reader(String path, Map<String, String> headers) {
    return new BufferedReader(
        new InputStreamReader(door.stream(path, headers), StandardCharsets.UTF_8));
  }

  @Test
  void remainsAreTheHerdsAndTheProjectsOnly() {
    door.fleet()
        .containers
        .add(
            new ContainerFact(
                "host-1",
                "abc",
                List.of("shop-web-1"),
                new JsonObject()
                    .put(
                        "Labels",
                        new JsonObject()
                            .put("io.dockherd.herd", door.fleet().herd())
                            .put("io.dockherd.app", "/shop/web"))));
    door.fleet().with("host-2", "def", "shop-somebody-elses");
    door.fleet().script =
        (node, request) ->
            ScriptedFleet.json(
                200,
                request.path().equals("/volumes") && node.equals("host-1")
                    ? "{\"Volumes\":[{\"Name\":\"shop_data\"}]}"
                    : request.path().equals("/networks") ? "[{\"Name\":\"shop_default\"}]" : "{}");
    JsonObject left = door.send("GET", "/v1/groups/shop/remains", "").json();
    assertEquals(1, left.getJsonArray("containers").size());
    assertEquals(2, left.getJsonArray("networks").size());
    assertEquals("shop_data", left.getJsonArray("volumes").getJsonObject(0).getString("name"));
    assertTrue(
        door.fleet().asked.stream()
            .filter(asked -> asked.request().path().equals("/volumes"))
            .allMatch(
                asked ->
                    asked.request().query().get("filters").getFirst().contains("io.dockherd.herd=")
                        && asked
                            .request()
                            .query()
                            .get("filters")
                            .getFirst()
                            .contains("com.docker.compose.project=shop")));
    assertEquals(403, door.send("DELETE", "/v1/groups/shop/remains", "").status());
    door.fleet().containers.clear();
    JsonObject cleared = door.send("DELETE", "/v1/groups/shop/remains", "").json();
    assertEquals(2, cleared.getJsonArray("removed").size(), "networks, not volumes");
    assertTrue(
        door.fleet().asked.stream()
            .filter(asked -> asked.request().method().equals("DELETE"))
            .allMatch(asked -> asked.request().limit().compareTo(Duration.ofSeconds(60)) < 0),
        "what was asked before has taken some of the call's time");
    cleared = door.send("DELETE", "/v1/groups/shop/remains?volumes=true", "").json();
    assertEquals(3, cleared.getJsonArray("removed").size());
    door.send("PUT", "/v1/groups/shop", group("/shop/web"));
    assertEquals(409, door.send("DELETE", "/v1/groups/shop/remains", "").status());
  }

  @Test
  void whoHasAnImageIsKnownByItsNameAndTheNewestIsMeant() {
    image("host-1", "sha256:" + "a".repeat(64), "shop/web:latest", 1);
    image("host-2", "sha256:" + "b".repeat(64), "shop/web:latest", 2);
    image("host-2", "sha256:" + "c".repeat(64), "shop/web:2", 3);
    JsonObject found = door.send("GET", "/v1/images/shop%2Fweb", "").json();
    assertEquals(List.of("host-1", "host-2"), found.getJsonArray("nodes").getList());
    assertEquals("sha256:" + "b".repeat(64), found.getString("id"));
    JsonObject byPrefix = door.send("GET", "/v1/images/aaaa", "").json();
    assertEquals("{\"image\":\"aaaa\",\"nodes\":[]}", byPrefix.encode());
    JsonObject noName = door.send("GET", "/v1/images/UPPER", "").json();
    assertEquals(List.of(), noName.getJsonArray("nodes").getList());
  }

  private void image(String node, String id, String tag, int created) {
    JsonObject entry =
        new JsonObject()
            .put("Id", id)
            .put("RepoTags", new JsonArray().add(tag))
            .put("Created", created);
    door.bench().facts().tell(node, FactKind.IMAGE, id, entry.toBuffer());
  }

  @Test
  void theGateIsAskedEachTime() {
    List<String> asked = new ArrayList<>();
    try (AppsDoorBench closed =
        new AppsDoorBench(
            (who, verb, subject) -> {
              asked.add(verb + " " + subject);
              throw new Refused(subject, "not you", "");
            },
            apps -> apps)) {
      assertEquals(403, closed.send("PUT", "/v1/apps/shop/web", wanted("x", 1)).status());
      assertEquals(403, closed.send("GET", "/v1/events", "").status());
      assertEquals(403, closed.send("DELETE", "/v1/groups/shop", "").status());
      assertEquals(403, closed.send("GET", "/v1/apps/shop/web/logs", "").status());
      assertEquals(403, closed.send("GET", "/v1/images/shop%2Fweb", "").status());
    }
    assertEquals(
        List.of(
            "app.put /shop/web",
            "app.events /",
            "app.delete /shop",
            "app.logs /shop/web",
            "image.inspect shop/web"),
        asked);
  }

  @Test
  void aRolloutIsTakenBackByWhoMayDoThatToAllItsApps() {
    try (AppsDoorBench guarded =
            new AppsDoorBench(
                (who, verb, subject) -> {
                  if (verb.equals("app.cancel") && subject.equals("/shop/db")) {
                    throw new Refused(subject, "not you", "");
                  }
                },
                apps -> apps);
        AuditLines audit = new AuditLines()) {
      guarded.send("PUT", "/v1/groups/shop", group("/shop/web", "/shop/db"));
      assertEquals(403, guarded.send("POST", "/v1/apps/shop/web/cancel", "").status());
      assertTrue(audit.all().contains("app.cancel /shop/db Refused"), audit.all().toString());
      guarded.bench().app("/shop/web");
    }
  }

  @Test
  void aDryRunIsNoChangeAndWhatHasNoneIsNotDone() {
    door.send("PUT", "/v1/apps/a", wanted("busybox", 1));
    try (AuditLines audit = new AuditLines()) {
      assertEquals(200, door.send("PUT", "/v1/apps/a?dryRun=true", wanted("x", 1)).status());
      assertEquals(200, door.send("PUT", "/v1/groups/a?dryRun=true", group("/a")).status());
      assertEquals(List.of(), audit.all());
      assertEquals(400, door.send("DELETE", "/v1/apps/a?dryRun=true", "").status());
      assertEquals(List.of("app.delete /a Invalid"), audit.all());
    }
    assertEquals(List.of("/a"), paths());
  }

  @Test
  void logsOfWhatIsNotThereAreNotFound() {
    assertEquals(404, door.send("GET", "/v1/apps/a/logs", "").status());
    assertEquals(404, door.send("GET", "/v1/groups/a/logs", "").status());
    door.send("PUT", "/v1/apps/a", wanted("busybox", 1));
    assertEquals(400, door.send("GET", "/v1/apps/a/logs?tail=x", "").status());
    assertEquals(400, door.send("GET", "/v1/apps/a/logs?since=x", "").status());
    Said none = door.send("GET", "/v1/apps/a/logs?tail=5&since=10m", "");
    assertEquals(200, none.status(), none.text());
    assertEquals("", none.text().strip());
    door.bench().passes(Duration.ofSeconds(1));
  }
}
