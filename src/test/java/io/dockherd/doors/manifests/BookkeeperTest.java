package io.dockherd.doors.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.apps.AppsBench;
import io.dockherd.apps.model.AppPath;
import io.dockherd.doors.actions.FixedMembers;
import io.dockherd.doors.manifests.format.ManifestName;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What something else than a manifest makes of an app shows in its manifest, and is told. */
class BookkeeperTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NGINX = "/v2/keys/apps/dummy/nginx/manifest";
  private static final AppPath PATH = new AppPath("/dummy/nginx");
  private static final String TEXT = "{ \"image\": \"nginx\", \"scale\": 1 }";

  private final ManifestsBench bench = new ManifestsBench();
  private Bookkeeper keeper;

  @BeforeEach
  void begin() {
    keeper =
        new Bookkeeper(
            bench.apps().apps(),
            bench.ledger(),
            new FixedMembers("host-1"),
            bench.timer(),
            Duration.ofMillis(1));
    assertEquals(201, bench.send("PUT", NGINX, "value=" + TEXT).statusCode());
  }

  @AfterEach
  void end() {
    keeper.close();
    bench.close();
  }

  private JsonObject node() {
    HttpResponse<String> answer = bench.send("GET", NGINX, "");
    assertEquals(200, answer.statusCode(), answer.body());
    return new JsonObject(answer.body()).getJsonObject("node");
  }

  @Test
  void nothingIsWrittenWhereTheManifestSaysWhatIsSo() {
    JsonObject before = node();
    keeper.checkAll();
    assertEquals(before, node());
    bench.apps().settle("/dummy/nginx");
    bench.apps().passes(Duration.ofSeconds(1));
    bench.apps().apps().restart(PATH, bench.apps().options());
    keeper.checkAll();
    assertEquals(before, node(), "a restart is no other manifest");
    assertEquals(
        bench.apps().app("/dummy/nginx").version().text(),
        bench.ledger().find(new ManifestName("dummy", "nginx")).orElseThrow().stamp());
  }

  @Test
  void anAppScaledByOthersHasAManifestThatSaysSo() {
    keeper.start(Duration.ofMinutes(1));
    bench.apps().passes(Duration.ofSeconds(1));
    bench.apps().apps().scale(PATH, 5, bench.apps().options().forced(true));
    Await.until("the manifest follows", LIMIT, () -> !node().getString("value").equals(TEXT));
    assertEquals(
        new JsonObject().put("image", "nginx").put("scale", 5),
        new JsonObject(node().getString("value")));
    assertEquals(3, node().getLong("modifiedIndex"));
  }

  @Test
  void anAppDeletedByOthersHasNoManifestAndWhoWaitsIsTold() {
    var waiting = bench.ask("/v2/keys/apps?wait=true&recursive=true");
    Await.until("he waits", LIMIT, () -> bench.watchers().count() == 1);
    keeper.start(Duration.ofMinutes(1));
    bench.apps().apps().delete(List.of(PATH), bench.apps().options().forced(true));
    assertEquals("delete", new JsonObject(waiting.join().body()).getString("action"));
    assertEquals(404, bench.send("GET", NGINX, "").statusCode());
  }

  @Test
  void anAppWrittenAnewInAnotherDialectIsNoManifestAnyMore() {
    bench
        .apps()
        .apps()
        .put(List.of(AppsBench.wanted("/dummy/nginx", 2)), bench.apps().options().forced(true));
    keeper.checkAll();
    assertEquals(404, bench.send("GET", NGINX, "").statusCode());
    HttpResponse<String> refused = bench.send("PUT", NGINX, "value=" + TEXT);
    assertEquals(412, refused.statusCode());
    assertTrue(refused.body().contains("\"errorCode\":105"), refused.body());
  }

  @Test
  void whatANodeHadNotWrittenDownWhenItDiedIsWrittenDown() {
    bench.apps().records().delete("manifests/dummy/nginx", LIMIT);
    bench.apps().records().delete("manifest-log", LIMIT);
    assertEquals(404, bench.send("GET", NGINX, "").statusCode());
    keeper.checkAll();
    assertEquals(new JsonObject(TEXT), new JsonObject(node().getString("value")));
  }
}
