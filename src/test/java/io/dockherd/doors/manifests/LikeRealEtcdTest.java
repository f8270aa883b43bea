package io.dockherd.doors.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.Tool;
import io.dockherd.herd.discovery.stores.LocalServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same requests to Debian's etcd and to the door: statuses, bodies to the order of their
 * fields, and headers are the same. The one difference, that etcd has been counting before, is
 * taken out.
 */
class LikeRealEtcdTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Pattern NUMBERED = Pattern.compile("\\{(\\d+)}");
  private static final Pattern COMPARED = Pattern.compile("\\[(\\d+) != (\\d+)]");
  private static final Pattern CLEARED = Pattern.compile("\\[(\\d+)/(\\d+)]");

  private static final String A = "{\"image\":\"a\"}";
  private static final String B = "{\"image\":\"b\",\"env\":{\"X\":\"<&> \\\"é\\\"\"}}";
  private static final String NGINX = "/v2/keys/apps/dummy/nginx/manifest";
  private static final String CRAWLER = "/v2/keys/apps/dummy/crawler/manifest";
  private static final String OTHER = "/v2/keys/apps/other/web-1/manifest";

  private final HttpClient http = HttpClient.newHttpClient();

  /** An index in braces is counted as the door counts. */
  private record Step(String method, String path, String form) {
    static Step of(String method, String path) {
      return new Step(method, path, "");
    }

    static Step put(String path, String manifest) {
      return new Step("PUT", path, "value=" + encoded(manifest));
    }

    Step with(String query) {
      return new Step(method, path + (path.contains("?") ? "&" : "?") + query, form);
    }

    @Override
    public String toString() {
      return method + " " + path + " " + form;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static List<Step> script() {
    List<Step> script = new ArrayList<>();
    script.add(Step.of("GET", "/v2/keys/apps"));
    script.add(Step.of("GET", "/v2/keys/"));
    script.add(Step.of("GET", "/v2/keys"));
    script.add(Step.of("GET", NGINX));
    script.add(Step.put(NGINX, A));
    script.add(Step.of("GET", NGINX));
    script.add(Step.of("GET", NGINX + "/"));
    script.add(Step.put(NGINX, B));
    script.add(Step.put(NGINX, B));
    script.add(Step.of("GET", NGINX));
    script.add(Step.of("HEAD", NGINX));
    script.add(Step.of("PUT", NGINX + "?value=" + encoded(A)));
    script.add(Step.put(NGINX + "?value=ignored", B));
    script.add(new Step("PUT", CRAWLER, "other=1&value=" + encoded(A) + "&value=second"));
    script.add(Step.put(OTHER, A));
    script.add(Step.of("GET", "/v2/keys/?recursive=true&sorted=true"));
    script.add(Step.of("GET", "/v2/keys/apps?sorted=true"));
    script.add(Step.of("GET", "/v2/keys/apps?recursive=true&sorted=true&quorum=true"));
    script.add(Step.of("GET", "/v2/keys/apps/dummy/?sorted=1"));
    script.add(Step.of("GET", "/v2/keys/apps/dummy/nginx"));
    conditions(script);
    mistakes(script);
    deletions(script);
    return script;
  }

  private static void conditions(List<Step> script) {
    script.add(Step.put(NGINX, A).with("prevExist=false"));
    script.add(Step.put(NGINX, A).with("prevExist=true"));
    script.add(Step.put("/v2/keys/apps/dummy/no/manifest", A).with("prevExist=true"));
    script.add(Step.put("/v2/keys/apps/dummy/no/manifest", A).with("prevIndex=3"));
    script.add(Step.put("/v2/keys/apps/none/no/manifest", A).with("prevValue=3"));
    script.add(Step.put(NGINX, B).with("prevIndex={2}"));
    script.add(Step.put(NGINX, B).with("prevIndex={8}&prevExist=true"));
    script.add(Step.put(NGINX, A).with("prevValue=bad"));
    script.add(Step.put(NGINX, A).with("prevValue=bad&prevIndex={2}"));
    script.add(Step.put(NGINX, A).with("prevValue=" + encoded(A)));
    script.add(Step.put(NGINX, A).with("prevValue=" + encoded(B)));
    script.add(Step.put(NGINX, B).with("prevIndex=0"));
    script.add(Step.put(NGINX, B).with("noValueOnSuccess=true"));
    script.add(Step.put("/v2/keys/apps/dummy/new/manifest", B).with("prevExist=false"));
    script.add(Step.of("GET", "/v2/keys/apps/dummy?recursive=true&sorted=true"));
  }

  private static void mistakes(List<Step> script) {
    for (String query :
        List.of(
            "prevValue=",
            "prevIndex=abc",
            "prevIndex=-1",
            "prevIndex=",
            "waitIndex=x",
            "prevExist=maybe",
            "wait=true",
            "ttl=abc",
            "recursive=yes",
            "sorted=banana",
            "dir=2",
            "quorum=",
            "stream=no",
            "noValueOnSuccess=x")) {
      script.add(Step.put(NGINX, A).with(query));
    }
    script.add(Step.of("GET", NGINX + "/below"));
    script.add(Step.put(NGINX + "/below", A));
    script.add(Step.put("/v2/keys/apps/dummy/nginx", A));
    script.add(Step.put("/v2/keys/apps/dummy", A));
    script.add(Step.put("/v2/keys/", A));
    script.add(Step.of("GET", "/v2/keys/apps/none/at/all"));
    script.add(Step.of("PATCH", NGINX));
    script.add(Step.of("GET", "/v2/nowhere"));
  }

  private static void deletions(List<Step> script) {
    script.add(Step.of("DELETE", "/v2/keys/"));
    script.add(Step.of("DELETE", "/v2/keys/?recursive=true"));
    script.add(Step.of("DELETE", "/v2/keys/apps/dummy"));
    script.add(Step.of("DELETE", "/v2/keys/apps/dummy?dir=true"));
    script.add(Step.of("DELETE", "/v2/keys/apps/none?recursive=true"));
    script.add(Step.of("DELETE", "/v2/keys/apps/dummy/no/manifest"));
    script.add(Step.of("DELETE", "/v2/keys/apps/dummy?recursive=true&prevIndex={2}"));
    script.add(Step.of("DELETE", NGINX + "?prevValue=bad"));
    script.add(Step.of("DELETE", NGINX + "?prevIndex={2}"));
    script.add(Step.of("DELETE", NGINX + "?prevValue=" + encoded(B)));
    script.add(Step.of("DELETE", CRAWLER));
    script.add(Step.put(CRAWLER, A).with("prevExist=false"));
    script.add(Step.of("DELETE", "/v2/keys/apps/other/web-1/?recursive=true"));
    script.add(Step.of("DELETE", "/v2/keys/apps/dummy?recursive=true"));
    script.add(Step.of("GET", "/v2/keys/apps/dummy"));
    script.add(Step.of("GET", NGINX));
    script.add(Step.put(NGINX, A));
  }

  /** What happened is asked for afterwards. */
  private static List<Step> histories(long last) {
    List<Step> script = new ArrayList<>();
    for (long index = 2; index <= last; index++) {
      script.add(
          Step.of("GET", "/v2/keys/apps?wait=true&recursive=true&waitIndex={" + index + "}"));
      script.add(Step.of("GET", NGINX + "?wait=true&waitIndex={" + index + "}"));
    }
    script.add(Step.of("GET", "/v2/keys/?wait=true&recursive=true&waitIndex={2}"));
    script.add(Step.of("GET", "/v2/keys/apps/other?wait=true&recursive=true&waitIndex={2}"));
    return script;
  }

  @Test
  void theDoorAnswersAsEtcdDoes(@TempDir Path folder) {
    Tool.require("etcd");
    try (LocalServer etcd = LocalServer.etcd(folder);
        ManifestsBench bench = new ManifestsBench()) {
      long ahead = begin(etcd, bench);
      StringBuilder theirs = new StringBuilder();
      StringBuilder ours = new StringBuilder();
      List<Step> script = script();
      for (int i = 0; i < script.size(); i++) {
        Step step = script.get(i);
        String title = "\n" + step + "\n";
        theirs.append(title).append(shown(send(etcd.address(), step, ahead), ahead));
        ours.append(title).append(shown(send(bench.address(), step, 0), 0));
        if (i == script.size() - 1 && !step.path().contains("wait")) {
          script.addAll(histories(bench.ledger().index()));
        }
      }
      assertEquals(theirs.toString(), ours.toString());
    } finally {
      http.close();
    }
  }

  @Test
  void whoWaitsIsToldAsByEtcd(@TempDir Path folder) {
    Tool.require("etcd");
    try (LocalServer etcd = LocalServer.etcd(folder);
        ManifestsBench bench = new ManifestsBench()) {
      long ahead = begin(etcd, bench);
      List<List<CompletableFuture<HttpResponse<String>>>> waiting =
          List.of(new ArrayList<>(), new ArrayList<>());
      for (String query : List.of("", "&recursive=true", "&waitIndex={3}")) {
        Step step = Step.of("GET", NGINX + "?wait=true" + query);
        waiting.getFirst().add(ask(etcd.address(), step, ahead));
        waiting.getLast().add(ask(bench.address(), step, 0));
      }
      Await.until("all wait", LONG, () -> bench.watchers().count() == 3);

      for (Step step :
          List.of(
              Step.put(CRAWLER, A),
              Step.put(NGINX, A),
              Step.of("DELETE", "/v2/keys/apps/dummy?recursive=true"))) {
        assertEquals(
            shown(send(etcd.address(), step, ahead), ahead),
            shown(send(bench.address(), step, 0), 0),
            step.toString());
      }
      for (int i = 0; i < 3; i++) {
        assertEquals(
            shown(waiting.getFirst().get(i).join(), ahead),
            shown(waiting.getLast().get(i).join(), 0));
      }
      assertEquals(0, bench.watchers().count());
    } finally {
      http.close();
    }
  }

  /** The directory the door always has; how far etcd is ahead. */
  private long begin(LocalServer etcd, ManifestsBench bench) {
    send(etcd.address(), new Step("PUT", "/v2/keys/apps?dir=true", "x=y"), 0);
    Step root = Step.of("GET", "/v2/keys/");
    return index(send(etcd.address(), root, 0)) - index(send(bench.address(), root, 0));
  }

  private static long index(HttpResponse<String> response) {
    return response.headers().firstValueAsLong("X-Etcd-Index").orElseThrow();
  }

  private HttpResponse<String> send(String address, Step step, long ahead) {
    return ManifestsBench.send(http, address, step.method(), path(step, ahead), step.form());
  }

  private CompletableFuture<HttpResponse<String>> ask(String address, Step step, long ahead) {
    return http.sendAsync(
        ManifestsBench.request(address, step.method(), path(step, ahead), step.form()),
        BodyHandlers.ofString());
  }

  private static String path(Step step, long ahead) {
    return NUMBERED
        .matcher(step.path())
        .replaceAll(index -> String.valueOf(Long.parseLong(index.group(1)) + ahead));
  }

  private static String shown(HttpResponse<String> response, long ahead) {
    StringBuilder shown = new StringBuilder().append(response.statusCode()).append('\n');
    for (String name : List.of("Content-Type", "Allow")) {
      shown.append(name).append(": ").append(response.headers().firstValue(name)).append('\n');
    }
    for (String name : List.of("X-Etcd-Cluster-Id", "X-Raft-Index", "X-Raft-Term")) {
      boolean isThere = response.headers().firstValue(name).isPresent();
      shown.append(name).append(isThere ? " is there\n" : " is missing\n");
    }
    response
        .headers()
        .firstValueAsLong("X-Etcd-Index")
        .ifPresent(index -> shown.append("X-Etcd-Index: ").append(back(index, ahead)).append('\n'));
    String body = response.body();
    return shown.append(body.startsWith("{") ? json(body, ahead) : body).toString();
  }

  private static long back(long index, long ahead) {
    return index == 0 ? 0 : index - ahead;
  }

  private static String json(String body, long ahead) {
    JsonObject json = new JsonObject(body);
    shift(json, ahead);
    return json.encodePrettily();
  }

  private static void shift(JsonObject json, long ahead) {
    for (String name : List.of("modifiedIndex", "createdIndex", "index")) {
      if (json.containsKey(name)) {
        json.put(name, back(json.getLong(name), ahead));
      }
    }
    if (json.getValue("cause") instanceof String cause) {
      json.put(
          "cause",
          shifted(CLEARED, "[%d/%d]", shifted(COMPARED, "[%d != %d]", cause, ahead), ahead));
    }
    for (String name : List.of("node", "prevNode")) {
      if (json.containsKey(name)) {
        shift(json.getJsonObject(name), ahead);
      }
    }
    JsonArray nodes = json.getJsonArray("nodes", new JsonArray());
    for (int i = 0; i < nodes.size(); i++) {
      shift(nodes.getJsonObject(i), ahead);
    }
  }

  private static String shifted(Pattern pattern, String form, String text, long ahead) {
    Matcher matcher = pattern.matcher(text);
    return matcher.replaceAll(
        found ->
            form.formatted(
                Long.parseLong(found.group(1)) - ahead, Long.parseLong(found.group(2)) - ahead));
  }
}
