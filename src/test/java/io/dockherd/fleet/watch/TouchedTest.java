package io.dockherd.fleet.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.engine.EngineEvent;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchedTest {
  private static String text(Touched touched) {
    return touched.containers().stream().sorted().map(c -> c.isEmpty() ? "*" : c).toList()
        + (touched.images() ? " images" : "")
        + (touched.volumes() ? " volumes" : "")
        + (touched.networks() ? " networks" : "");
  }

  private static EngineRequest request(String method, String path) {
    return new EngineRequest(
        method, path, Map.of(), Map.of(), new EngineRequest.Body.Empty(), Duration.ofSeconds(1));
  }

  @ParameterizedTest(name = "{0} {1} touches {2}")
  @CsvSource({
    "GET,    /containers/web/json,         []",
    "HEAD,   /containers/web/archive,      []",
    "POST,   /containers/web/start,        [web]",
    "POST,   /containers/web/stop,         [web]",
    "POST,   /containers/web/restart,      [web]",
    "POST,   /containers/web/kill,         [web]",
    "POST,   /containers/web/pause,        [web]",
    "POST,   /containers/web/unpause,      [web]",
    "POST,   /containers/web/rename,       [web]",
    "POST,   /containers/web/update,       [web]",
    "POST,   /containers/a%20b/start,      [a b]",
    "POST,   /containers/a+b/start,        [a+b]",
    "POST,   /containers/web/exec,         []",
    "POST,   /containers/web/wait,         []",
    "POST,   /containers/web/attach,       []",
    "PUT,    /containers/web/archive,      []",
    "DELETE, /containers/web,              [web]",
    "POST,   /containers/prune,            [*] volumes",
    "POST,   /exec/4f1/start,              []",
    "POST,   /images/create,               [] images",
    "POST,   /images/load,                 [] images",
    "POST,   /images/busybox/tag,          [] images",
    "POST,   /images/busybox/push,         []",
    "DELETE, /images/library%2Fbusybox,    [] images",
    "POST,   /build,                       [] images",
    "POST,   /commit,                      [] images",
    "POST,   /volumes/create,              [] volumes",
    "DELETE, /volumes/store,               [] volumes",
    "POST,   /networks/create,             [] networks",
    "DELETE, /networks/net,                [] networks",
    "POST,   /networks/net/connect,        [*]",
    "POST,   /swarm/init,                  []",
  })
  void byCalls(String method, String path, String expected) {
    assertEquals(expected, text(Touched.by(request(method, path), Optional.empty())));
  }

  @Test
  void aCreateCallTouchesWhatItsAnswerNames() {
    EngineRequest create = request("POST", "/containers/create");
    EngineResponse made =
        new EngineResponse(201, List.of(), Buffer.buffer("{\"Id\":\"4f1\",\"Warnings\":[]}"));
    assertEquals("[4f1]", text(Touched.by(create, Optional.of(made))));
    assertEquals(Touched.EVERYTHING, Touched.by(create, Optional.empty()));
  }

  @Test
  void aNetworksCallTouchesTheContainerItNames() {
    EngineRequest connect =
        request("POST", "/networks/net/connect").json(new JsonObject().put("Container", "web"));
    assertEquals("[web]", text(Touched.by(connect, Optional.empty())));
  }

  @Test
  void deletingWithVolumesTouchesThoseToo() {
    EngineRequest delete = request("DELETE", "/containers/web").query("v", 1);
    assertEquals("[web] volumes", text(Touched.by(delete, Optional.empty())));
  }

  @Test
  void pullLoadAndBuildAreDoneWhenTheirAnswerEnds() {
    for (String path : List.of("/images/create", "/images/load", "/build")) {
      assertTrue(Touched.isDoneAtTheEnd(request("POST", path)));
    }
    assertTrue(!Touched.isDoneAtTheEnd(request("POST", "/containers/web/start")));
  }

  @ParameterizedTest(name = "{0} {1} touches {2}")
  @CsvSource({
    "container, create,                  [id]",
    "container, start,                   [id]",
    "container, die,                     [id]",
    "container, destroy,                 [id]",
    "container, rename,                  [id]",
    "container, health_status: healthy,  [id]",
    "container, exec_create: sh,         []",
    "container, exec_start: sh,          []",
    "container, exec_die,                []",
    "container, attach,                  []",
    "container, kill,                    []",
    "container, commit,                  [] images",
    "image,     pull,                    [] images",
    "image,     delete,                  [] images",
    "volume,    create,                  [] volumes",
    "volume,    mount,                   []",
    "network,   create,                  [] networks",
    "network,   connect,                 [web]",
    "daemon,    reload,                  []",
  })
  void byEvents(String type, String action, String expected) {
    JsonObject json =
        new JsonObject()
            .put(
                "Actor",
                new JsonObject().put("Attributes", new JsonObject().put("container", "web")));
    assertEquals(expected, text(Touched.by(new EngineEvent(type, action, "id", 1, json))));
  }
}
