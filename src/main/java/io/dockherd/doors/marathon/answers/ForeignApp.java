package io.dockherd.doors.marathon.answers;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.doors.marathon.definition.Definitions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * An app that was written in another dialect, as Marathon would have written it: its first
 * container, its ports and what it takes of its host. It can be looked at, scaled, restarted and
 * deleted here; what else it is to be is said where it was written.
 */
final class ForeignApp {
  private final AppConfig config;
  private final JsonObject app = new JsonObject();

  private ForeignApp(AppConfig config) {
    this.config = config;
  }

  static JsonObject document(AppPath path, AppConfig config) {
    return Definitions.shown(new ForeignApp(config).written(path));
  }

  private JsonObject written(AppPath path) {
    app.put("id", path.value());
    JsonObject docker = new JsonObject().put("network", "BRIDGE");
    config.pod().source().known().stream().findFirst().ifPresent(first -> process(first, docker));
    JsonArray mappings = new JsonArray();
    config.pod().ports().forEach(port -> mappings.add(mapping(port)));
    app.put("container", new JsonObject().put("docker", docker).put("portMappings", mappings));
    JsonObject labels = new JsonObject();
    config.labels().forEach(labels::put);
    PodSpec.Resources resources = config.pod().resources();
    app.put("labels", labels)
        .put("cpus", resources.nanoCpus() / 1e9)
        .put("mem", resources.memoryBytes() / (double) (1 << 20))
        .put("disk", resources.diskBytes() / (double) (1 << 20))
        .put("gpus", resources.gpus())
        .put("dependencies", new JsonArray(config.dependencies().keySet().stream().toList()))
        .put("backoffSeconds", config.backoff().first().toMillis() / 1000.0)
        .put("backoffFactor", config.backoff().factor())
        .put("maxLaunchDelaySeconds", config.backoff().longest().toMillis() / 1000.0)
        .put(
            "upgradeStrategy",
            new JsonObject()
                .put("minimumHealthCapacity", config.update().minimumHealthy())
                .put("maximumOverCapacity", config.update().maximumOver()))
        .put("killSelection", config.killSelection().name());
    return app;
  }

  private void process(ContainerSpec first, JsonObject docker) {
    docker.put("image", first.image());
    if (first.document().getValue("Cmd") instanceof JsonArray arguments && !arguments.isEmpty()) {
      app.put("args", arguments.copy());
    }
  }

  private static JsonObject mapping(PortSpec port) {
    JsonObject mapping =
        new JsonObject()
            .put("containerPort", port.containerPort())
            .put("hostPort", port.hostPort())
            .put("servicePort", port.servicePort())
            .put("protocol", port.protocol());
    return port.name().isEmpty() ? mapping : mapping.put("name", port.name());
  }
}
