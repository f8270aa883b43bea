package io.dockherd.doors.docker.system;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.ApiVersion;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.telemetry.BuildVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/** {@code GET /version}: our own and the oldest engine's, and all nodes' engines as components. */
public record Version(HerdEngines engines) {
  public Version {
    Objects.requireNonNull(engines, "engines");
  }

  /** Its route. */
  public List<Route> routes() {
    return List.of(Route.read("GET", "/version", "system.version", this::answer));
  }

  private Reply answer(DockerCall call) {
    KnownEngine local = engines.engine(engines.members().self().name());
    String api = engines.advertised().toString();
    JsonArray components = new JsonArray();
    components.add(
        component(
            "Dockherd",
            BuildVersion.text(),
            new JsonObject()
                .put("ApiVersion", api)
                .put("MinAPIVersion", ApiVersion.OLDEST.toString())
                .put("Java", Runtime.version().toString())));
    for (HerdEngines.Known node : engines.all()) {
      components.add(engine(node));
    }
    return Replies.json(
        200,
        new JsonObject()
            .put("Platform", new JsonObject().put("Name", "Dockherd"))
            .put("Components", components)
            .put("Version", ServerVersion.of(engines))
            .put("ApiVersion", api)
            .put("MinAPIVersion", ApiVersion.OLDEST.toString())
            .put("GitCommit", "")
            .put("GoVersion", "")
            .put("Os", "linux")
            .put("Arch", arch(local))
            .put("KernelVersion", local.json().getString("kernel", ""))
            .put("BuildTime", ""));
  }

  private static JsonObject engine(HerdEngines.Known node) {
    JsonObject engine = node.engine().json();
    return component(
        "Engine of " + node.node(),
        engine.getString("serverVersion", ""),
        new JsonObject()
            .put("ApiVersion", engine.getString("apiVersion", ""))
            .put("Arch", arch(node.engine()))
            .put("KernelVersion", engine.getString("kernel", ""))
            .put("Os", engine.getString("osType", ""))
            .put("Reachable", String.valueOf(node.engine().isReachable())));
  }

  private static JsonObject component(String name, String version, JsonObject details) {
    return new JsonObject().put("Name", name).put("Version", version).put("Details", details);
  }

  /** In Go's words, as clients expect it here: {@code /info} has the kernel's. */
  private static String arch(KnownEngine engine) {
    String kernels = engine.json().getString("architecture", "");
    return switch (kernels) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case "armv7l", "armv6l" -> "arm";
      default -> kernels;
    };
  }
}
