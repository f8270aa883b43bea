package io.dockherd.doors.docker.system;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.EachHost;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.fleet.Fleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Managed plug-ins: those of all engines, each once. Installing is for each engine by itself. */
public record Plugins(Fleet fleet) {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  public Plugins {
    Objects.requireNonNull(fleet, "fleet");
  }

  /** Their routes. */
  public List<Route> routes() {
    return List.of(
        Route.read("GET", "/plugins", "plugin.list", this::list),
        Route.read("GET", "/plugins/{name}/json", "plugin.inspect", this::inspect));
  }

  private Reply list(DockerCall call) {
    EngineRequest request = call.toEngine(LIMIT, "plugins");
    JsonArray all = new JsonArray();
    Set<String> seen = new HashSet<>();
    for (EachHost.Word word : EachHost.ask(fleet.hosts(), request)) {
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
