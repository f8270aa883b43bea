package io.dockherd.doors.docker.system;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Endpoint;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Fleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Managed plug-ins: those of all engines, each once. Changing them is for each engine by itself:
 * one gets rights over its host, and most need settings of their host's own.
 */
public record Plugins(Fleet fleet) {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final Endpoint ON_THE_HOST =
      call -> {
        throw new DockerError(
            501,
            "plug-ins are installed and changed engine by engine: run docker plugin on each host"
                + " that is to have it, at its own engine (docker --host"
                + " unix:///var/run/docker.sock plugin install ...)");
      };

  public Plugins {
    Objects.requireNonNull(fleet, "fleet");
  }

  /** Their routes. */
  public List<Route> routes() {
    return List.of(
        Route.read("GET", "/plugins", "plugin.list", this::list),
        Route.read("GET", "/plugins/{name}/json", "plugin.inspect", this::inspect),
        // What an installation begins with.
        elsewhere("GET", "/plugins/privileges"),
        elsewhere("POST", "/plugins/pull"),
        elsewhere("POST", "/plugins/create"),
        elsewhere("POST", "/plugins/{name}/enable"),
        elsewhere("POST", "/plugins/{name}/disable"),
        elsewhere("POST", "/plugins/{name}/upgrade"),
        elsewhere("POST", "/plugins/{name}/push"),
        elsewhere("POST", "/plugins/{name}/set"),
        elsewhere("DELETE", "/plugins/{name}"));
  }

  private static Route elsewhere(String method, String pattern) {
    return Route.read(method, pattern, "plugin.other", ON_THE_HOST);
  }

  private Reply list(DockerCall call) {
    EngineRequest request = call.toEngine(LIMIT, "plugins");
    JsonArray all = new JsonArray();
    Set<String> seen = new HashSet<>();
    for (EachHost.Word word : Heard.of(EachHost.ask(fleet.hosts(), request))) {
      if (word.json() instanceof JsonArray plugins) {
        for (Object plugin : plugins) {
          if (plugin instanceof JsonObject object
              && seen.add(object.getString("Id") + object.getBoolean("Enabled"))) {
            all.add(object);
          }
        }
      }
    }
    return Replies.json(200, all);
  }

  private Reply inspect(DockerCall call) {
    EngineRequest request = call.toEngine(LIMIT, "plugins", call.name("name"), "json");
    return EachHost.ask(fleet.hosts(), request).stream()
        .filter(EachHost.Word::isSuccess)
        .findFirst()
        .map(word -> Replies.of(word.response().orElseThrow()))
        .orElseThrow(() -> new DockerError(404, "plugin \"" + call.name("name") + "\" not found"));
  }
}
