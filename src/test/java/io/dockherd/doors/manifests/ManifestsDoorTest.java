package io.dockherd.doors.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.Tool;
import io.dockherd.access.Gate;
import io.dockherd.apps.AppView;
import io.dockherd.apps.AppsBench;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.planning.PodDemand;
import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers get at the manifests door, and what becomes of the apps; over HTTP. */
class ManifestsDoorTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NGINX = "/v2/keys/apps/dummy/nginx/manifest";
  private static final String TEXT = "{\"image\":\"nginx\",\"services\":{\"nginx\":80}}";

  private ManifestsBench bench = new ManifestsBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private HttpResponse<String> put(String path, String manifest) {
    return bench.send("PUT", path, "value=" + URLEncoder.encode(manifest, StandardCharsets.UTF_8));
  }

  private HttpResponse<String> get(String path) {
    return bench.send("GET", path, "");
  }

  private static void assertError(int status, int code, String words, HttpResponse<String> got) {
    assertEquals(status, got.statusCode(), got.body());
    JsonObject error = new JsonObject(got.body());
    assertEquals(code, error.getInteger("errorCode"), got.body());
    assertTrue(error.getString("cause").contains(words), got.body());
    assertTrue(error.containsKey("message") && error.containsKey("index"), got.body());
  }

  @Test
  void aManifestIsAnApp() {
    assertEquals(201, put(NGINX, TEXT).statusCode());
    App app = bench.apps().app("/dummy/nginx");
    assertEquals(1, app.instances());
    assertEquals("local", app.version().who());
    put(NGINX, "{\"image\":\"nginx\",\"services\":{\"nginx\":80},\"scale\":0}");
    assertEquals(0, bench.apps().app("/dummy/nginx").instances());
    assertEquals(200, bench.send("DELETE", NGINX, "").statusCode());
    assertTrue(bench.apps().apps().under("/").isEmpty());
  }

  @Test
  void theSecondOfAContainerAndAContainerWithANumberHaveNamesOfTheirOwn() {
    put("/v2/keys/apps/dummy/db/manifest", "{\"image\":\"db\",\"scale\":2}");
    put("/v2/keys/apps/dummy/db-2/manifest", "{\"image\":\"db\"}");
    assertEquals(List.of("dummy---db", "dummy---db---2"), names("/dummy/db"));
    assertEquals(List.of("dummy---db-2", "dummy---db-2---2"), names("/dummy/db-2"));
  }

  /** What the first two containers of an app are called. */
  private List<String> names(String path) {
    AppView view = bench.apps().apps().find(AppPath.of(path)).orElseThrow();
    Revision revision = view.revision();
    return IntStream.of(1, 2)
        .mapToObj(slot -> PodDemand.of(revision, slot).newcomer().names().getFirst())
        .toList();
  }

  @Test
  void aManifestPutAgainHasANewIndexAndLeavesTheAppAlone() {
    put(NGINX, TEXT);
    App before = bench.apps().app("/dummy/nginx");
    bench.apps().passes(Duration.ofSeconds(1));
    JsonObject again = new JsonObject(put(NGINX, " " + TEXT).body());
    assertEquals(3, again.getJsonObject("node").getLong("modifiedIndex"));
    assertEquals(" " + TEXT, again.getJsonObject("node").getString("value"));
    assertEquals(before, bench.apps().app("/dummy/nginx"));
  }

  @Test
  void aWrongManifestIsRefusedWholeAndNothingChanges() {
    put(NGINX, TEXT);
    App before = bench.apps().app("/dummy/nginx");
    assertError(
        400,
        209,
        "scale has to be a whole number",
        put(NGINX, "{\"image\":\"x\",\"scale\":\"2\"}"));
    assertError(400, 209, "no JSON", put(NGINX, "image: x"));
    assertError(400, 200, "value", put(NGINX, ""));
    assertError(400, 200, "value", bench.send("PUT", NGINX, ""));
    assertError(400, 209, "can't be the name", put("/v2/keys/apps/a---b/c/manifest", TEXT));
    assertEquals(before, bench.apps().app("/dummy/nginx"));
    assertEquals(TEXT, new JsonObject(get(NGINX).body()).getJsonObject("node").getString("value"));
  }

  @Test
  void otherKeysAreNoPlaceForAnything() {
    assertError(404, 100, "only manifests of apps are kept here", get("/v2/keys/message"));
    for (String key :
        List.of("/message", "/apps/dummy", "/apps/a/b/hosts", "/apps/a/b/c/manifest", "/apps")) {
      assertError(403, key.equals("/apps") ? 102 : 107, "/", put("/v2/keys" + key, TEXT));
    }
    assertError(403, 107, "in order", bench.send("POST", "/v2/keys/apps/dummy", "value=x"));
    assertError(403, 107, "ttl", put(NGINX + "?ttl=5", TEXT));
    assertError(403, 107, "directory", bench.send("PUT", NGINX + "?dir=true", ""));
    assertTrue(bench.apps().apps().under("/").isEmpty());
  }

  @Test
  void anAppOfAnotherDialectIsNotOverwritten() {
    bench.apps().apps().put(List.of(AppsBench.wanted("/dummy/nginx", 2)), bench.apps().options());
    assertError(412, 105, "was not written as a manifest", put(NGINX, TEXT));
    assertError(404, 100, "/apps/dummy", get(NGINX));
    assertError(404, 100, "/apps/dummy", bench.send("DELETE", NGINX, ""));
    assertEquals(2, bench.apps().app("/dummy/nginx").instances());
  }

  @Test
  void aPathThatIsAGroupIsNoApp() {
    put("/v2/keys/apps/a/b/manifest", TEXT);
    bench.apps().apps().put(List.of(AppsBench.wanted("/x/y/z", 1)), bench.apps().options());
    assertError(400, 209, "can't both be", put("/v2/keys/apps/x/y/manifest", TEXT));
    assertError(404, 100, "/apps/x", get("/v2/keys/apps/x/y/manifest"));
  }

  @Test
  void ofTwoWhoCompareOneWins() {
    put(NGINX, TEXT);
    List<CompletableFuture<HttpResponse<String>>> all =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> put(NGINX + "?prevIndex=2", "{\"image\":\"nginx:" + i + "\"}"),
                        task -> Thread.ofVirtual().start(task)))
            .toList();
    long won = all.stream().filter(answer -> answer.join().statusCode() == 200).count();
    assertEquals(1, won);
    all.stream()
        .map(CompletableFuture::join)
        .filter(answer -> answer.statusCode() != 200)
        .forEach(answer -> assertError(412, 101, "!=", answer));
  }

  @Test
  void aFormIsWhatIsRead() throws IOException {
    String head =
        "PUT " + NGINX + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    String answer =
        raw(head + "Content-Length: " + TEXT.length() + "\r\nConnection: close\r\n\r\n" + TEXT);
    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
    assertTrue(answer.contains("\"errorCode\":210"), answer);
    assertTrue(answer.contains("--data-urlencode"), answer);
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private int port() {
    return Integer.parseInt(bench.address().split(":")[1]);
  }

  @Test
  void whatIsTooLongIsRefusedInEtcdsForm() {
    assertError(413, 210, "larger", bench.send("PUT", NGINX, "value=" + "x".repeat(600_000)));
  }

  @Test
  void whatIsTooLongForDokkaasApiIsRefusedInItsForm() {
    HttpResponse<String> refused = bench.send("POST", "/apps", "x".repeat(600_000));
    assertEquals(413, refused.statusCode());
    JsonObject said = new JsonObject(refused.body());
    assertEquals(java.util.Set.of("message"), said.fieldNames(), refused.body());
    assertTrue(said.getString("message").contains("larger"), refused.body());
  }

  @Test
  void whoWaitsHasTheHeadAtOnceAndIsForgottenWhenHeGoes() throws IOException {
    put(NGINX, TEXT);
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      String request = "GET " + NGINX + "?wait=true HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      byte[] head = new byte[4_096];
      int length = socket.getInputStream().read(head);
      String said = new String(head, 0, length, StandardCharsets.UTF_8);
      assertTrue(said.startsWith("HTTP/1.1 200"), said);
      assertTrue(said.contains("X-Etcd-Index: 2\r\n"), said);
      assertEquals(1, bench.watchers().count());
    }
    Await.until("nobody waits", LIMIT, () -> bench.watchers().count() == 0);
  }

  @Test
  void onlySoManyMayWait() {
    List<CompletableFuture<HttpResponse<String>>> all =
        java.util.stream.IntStream.range(0, ManifestsBench.MOST_WAITERS)
            .mapToObj(i -> bench.ask(NGINX + "?wait=true"))
            .toList();
    Await.until("all wait", LIMIT, () -> bench.watchers().count() == all.size());
    assertError(503, 300, "callers wait already", get(NGINX + "?wait=true"));
    put(NGINX, TEXT);
    all.forEach(answer -> assertTrue(answer.join().body().contains("\"action\":\"set\"")));
  }

  @Test
  void aWaitThatIsOverEndsWithoutAnAnswerAsEtcds() {
    bench.close();
    bench = new ManifestsBench(Gate.EVERYTHING, Duration.ofMillis(50));
    HttpResponse<String> answer = get(NGINX + "?wait=true");
    assertEquals(200, answer.statusCode());
    assertEquals("", answer.body());
  }

  @Test
  void whoMayNotIsToldSoAndNothingChanges() {
    bench.close();
    bench =
        new ManifestsBench(
            (who, verb, subject) -> {
              if (!verb.equals("app.list")) {
                throw new Refused(subject, who.name() + " may not " + verb + " " + subject, "");
              }
            },
            LIMIT);
    assertError(403, 110, "may not app.put /dummy/nginx", put(NGINX, TEXT));
    assertError(
        403, 110, "may not app.delete /", bench.send("DELETE", "/v2/keys/apps?recursive=true", ""));
    HttpResponse<String> created =
        bench.send(
            "POST",
            "/apps",
            "{\"app_name\":\"a\",\"containers\":[{\"name\":\"b\",\"image\":\"c\"}]}");
    assertEquals(403, created.statusCode(), created.body());
    assertEquals(200, get("/apps").statusCode());
    for (String path : List.of("/ping", "/v2/members", "/v2/machines")) {
      assertEquals(403, get(path).statusCode(), path);
    }
    assertEquals(
        403,
        bench.send("DELETE", "/apps/none", "").statusCode(),
        "who may not is not told what there is");
  }

  // Dokkaa's own API.

  private HttpResponse<String> create(JsonObject request) {
    return bench.send("POST", "/apps", request.encode());
  }

  private static JsonObject container(String name) {
    return new JsonObject().put("name", name).put("image", "busybox");
  }

  @Test
  void pingIsAnsweredWithPong() {
    assertEquals("pong", get("/ping").body());
    assertEquals(405, bench.send("POST", "/ping", "x").statusCode());
  }

  @Test
  void anAppOfSeveralContainersIsMadeAtOnce() {
    JsonObject request =
        new JsonObject()
            .put("app_name", "shop")
            .put(
                "containers",
                new JsonArray()
                    .add(container("db").put("services", new JsonObject().put("db", 5432)))
                    .add(
                        container("web")
                            .put("scale", 2)
                            .put(
                                "services",
                                new JsonObject()
                                    .put(
                                        "http",
                                        new JsonObject().put("port", 80).put("role", "web")))));
    HttpResponse<String> created = create(request);
    assertEquals(200, created.statusCode(), created.body());
    assertEquals("", created.body());
    assertEquals(2, bench.apps().app("/shop/web").instances());
    JsonObject app = new JsonObject(get("/apps/shop").body());
    assertEquals("/apps/shop", app.getString("key"));
    assertEquals(
        List.of("/apps/shop/db", "/apps/shop/web"),
        app.getJsonArray("nodes").stream()
            .map(node -> ((JsonObject) node).getString("key"))
            .toList());
    JsonObject value =
        new JsonObject(get("/v2/keys/apps/shop/web/manifest").body()).getJsonObject("node");
    assertEquals(
        request.getJsonArray("containers").getJsonObject(1),
        new JsonObject(value.getString("value")));
    assertTrue(get("/apps").body().contains("/apps/shop"));
    assertEquals(200, bench.send("DELETE", "/apps/shop", "").statusCode());
    assertTrue(bench.apps().apps().under("/").isEmpty());
  }

  @Test
  void ofAnAppNothingIsMadeIfOneOfItsContainersIsWrong() {
    HttpResponse<String> refused =
        create(
            new JsonObject()
                .put("app_name", "shop")
                .put(
                    "containers",
                    new JsonArray()
                        .add(container("db"))
                        .add(container("web").put("scale", -1))
                        .add(container("db"))
                        .add(new JsonObject().put("image", "nameless"))
                        .add("text")));
    assertEquals(400, refused.statusCode());
    JsonArray errors = new JsonObject(refused.body()).getJsonArray("errors");
    assertEquals(4, errors.size(), refused.body());
    assertEquals(1, errors.getJsonObject(0).getInteger("index"));
    assertEquals("web", errors.getJsonObject(0).getString("name"));
    assertEquals("scale", errors.getJsonObject(0).getString("field"));
    assertTrue(errors.getJsonObject(1).getString("message").contains("twice"), refused.body());
    assertTrue(bench.apps().apps().under("/").isEmpty());
  }

  @Test
  void whatIsNotUnderstoodIsToldAsJson() {
    for (String body :
        List.of(
            "",
            "no json",
            "[]",
            "{}",
            "{\"app_name\":7}",
            "{\"app_name\":\"a b\",\"containers\":[]}",
            "{\"app_name\":\"a\"}",
            "{\"app_name\":\"a\",\"containers\":{}}")) {
      HttpResponse<String> refused = bench.send("POST", "/apps", body);
      assertEquals(400, refused.statusCode(), body);
      assertFalse(new JsonObject(refused.body()).getString("message").isEmpty(), body);
    }
    HttpResponse<String> missing = get("/apps/none");
    assertEquals(404, missing.statusCode());
    assertEquals("there is no app 'none'", new JsonObject(missing.body()).getString("message"));
    assertEquals(404, get("/apps/none/at/all").statusCode());
    assertEquals(404, bench.send("DELETE", "/apps/none", "").statusCode());
    assertEquals(405, bench.send("PUT", "/apps/none", "x").statusCode());
  }

  @Test
  void etcdsOwnCommandLineWorks() {
    Tool.require("etcdctl");
    assertEquals(TEXT + "\n", etcdctl("set", "/apps/dummy/nginx/manifest", TEXT));
    assertEquals(TEXT + "\n", etcdctl("get", "/apps/dummy/nginx/manifest"));
    assertEquals("/apps/dummy/nginx\n", etcdctl("ls", "/apps/dummy"));
    assertTrue(etcdctl("ls", "--recursive", "/").contains("/apps/dummy/nginx/manifest\n"));
    assertTrue(etcdctl("mk", "/apps/dummy/nginx/manifest", TEXT).contains("Key already exists"));
    etcdctl("rm", "--recursive", "/apps/dummy");
    assertTrue(bench.apps().apps().under("/").isEmpty());
  }

  private String etcdctl(String... arguments) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of("env", "ETCDCTL_API=2", "etcdctl", "--endpoints", "http://" + bench.address()));
    command.addAll(List.of(arguments));
    return Tool.run(command).said();
  }
}
