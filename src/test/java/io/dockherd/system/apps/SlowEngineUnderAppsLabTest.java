package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One engine takes its time for each call, or for ever. */
@OnLab
class SlowEngineUnderAppsLabTest {
  private static final String WEB = "/shop/web";
  private static final String OTHER = "/shop/other";
  private static final Duration SLOW = Duration.ofSeconds(2);

  private static JsonObject on(JsonObject app, String hosts) {
    JsonArray rule = new JsonArray().add("hostname").add("LIKE").add(hosts);
    return app.put("constraints", new JsonArray().add(rule));
  }

  @Test
  void oneThatIsSlowGetsThereAndNothingIsDoneTwice(LabHerd herd) {
    LabHost slow = herd.host(2);
    try (LabApps apps = new LabApps(herd);
        SlowSocket socket =
            new SlowSocket(slow.dataDir().resolveSibling("slow.sock"), slow.engineSocket(), SLOW)) {
      slow.stopNode();
      slow.startNode("--engine=" + socket.url());
      herd.awaitMembers(3);
      herd.awaitEngines();
      JsonObject web = on(LabApps.sleeper(WEB, 2), "host-[23]");
      web.getJsonArray("constraints").add(new JsonArray().add("hostname").add("UNIQUE"));
      apps.run(1, web);
      apps.awaitExactly(WEB, 2, 1, 2, 3);
      apps.run(2, LabApps.changed(web, "2"));
      apps.awaitExactly(WEB, 2, 1, 2, 3);
      assertEquals(1, apps.revisions(WEB).size());
      apps.scale(3, WEB, 0);
      apps.awaitExactly(WEB, 0, 1, 2, 3);
    } finally {
      slow.stopNode();
    }
  }

  @Test
  void oneThatHangsHoldsUpNoOtherNodeAndIsReplaced(LabHerd herd) {
    try (LabApps apps = new LabApps(herd)) {
      JsonObject web = LabApps.sleeper(WEB, 3);
      apps.run(1, web);
      herd.host(2).freezeEngine();
      apps.put(3, LabApps.changed(web, "2"));
      apps.run(1, on(LabApps.sleeper(OTHER, 2), "host-[13]"));
      apps.awaitExactly(OTHER, 2, 1, 3);
      apps.awaitExactly(WEB, 3, 1, 3);
      apps.awaitSettled(2, WEB);
      herd.host(2).thawEngine();
      apps.awaitExactly(WEB, 3, 1, 2, 3);
      assertEquals(1, apps.revisions(WEB).size());
      apps.awaitSettled(2, WEB);
    }
  }
}
