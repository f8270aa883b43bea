package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Dependency;
import io.dockherd.apps.model.FileSpec;
import io.dockherd.apps.model.PodSource;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.PortSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Containers and pods of tests, in few words. */
final class Specs {
  private Specs() {}

  /** A container of busybox that is killed at once when it is to stop. */
  static ContainerSpec container(String name, String... command) {
    JsonObject document =
        new JsonObject()
            .put("Image", "busybox")
            .put("StopSignal", "SIGKILL")
            .put("Cmd", new JsonArray(List.of(command)));
    return ContainerSpec.plain(name, "shop-" + name + "-{slot}", document);
  }

  static ContainerSpec sleeper(String name) {
    return container(name, "sleep", "1000");
  }

  /** The same, with that in its JSON. */
  private static ContainerSpec but(ContainerSpec spec, String key, Object value) {
    JsonObject json = new PodSource.Written(List.of(spec)).json();
    JsonObject changed = json.getJsonArray("containers").getJsonObject(0);
    changed.mergeIn(new JsonObject().put(key, value), true);
    return PodSource.of(json).known().getFirst();
  }

  /** The same, with that in its document. */
  static ContainerSpec with(ContainerSpec spec, JsonObject more) {
    return but(spec, "document", more);
  }

  static ContainerSpec inNetworkOf(ContainerSpec spec, String owner) {
    return but(spec, "shares", new JsonObject().put("network", owner));
  }

  static ContainerSpec inProcessesOf(ContainerSpec spec, String owner) {
    return but(spec, "shares", new JsonObject().put("pid", owner).put("ipc", owner));
  }

  static ContainerSpec after(ContainerSpec spec, String other, Dependency.Condition condition) {
    return after(spec, other, condition, false, true);
  }

  static ContainerSpec after(
      ContainerSpec spec,
      String other,
      Dependency.Condition condition,
      boolean isRestartedWith,
      boolean isRequired) {
    JsonObject dependency =
        new JsonObject()
            .put("condition", condition.name().toLowerCase(Locale.ROOT))
            .put("restart", isRestartedWith)
            .put("required", isRequired);
    return but(spec, "dependsOn", new JsonObject().put(other, dependency));
  }

  static ContainerSpec restarting(ContainerSpec spec, String when, int attempts) {
    return but(
        spec,
        "restart",
        new JsonObject().put("when", when).put("attempts", attempts).put("windowMillis", 10_000));
  }

  static ContainerSpec pulled(ContainerSpec spec, String when) {
    return but(spec, "pull", when);
  }

  static ContainerSpec holding(ContainerSpec spec, FileSpec file) {
    JsonObject json =
        new JsonObject()
            .put("target", file.target())
            .put("content", file.content())
            .put("mode", file.mode())
            .put("uid", file.uid())
            .put("gid", file.gid())
            .put("secret", file.isSecret());
    return but(spec, "files", new JsonArray().add(json));
  }

  static ContainerSpec hooked(ContainerSpec spec, String postStart, String preStop) {
    return but(but(spec, "postStart", hooks(postStart)), "preStop", hooks(preStop));
  }

  private static JsonArray hooks(String script) {
    JsonArray command = new JsonArray().add("sh").add("-c").add(script);
    return new JsonArray().add(new JsonObject().put("command", command));
  }

  static ContainerSpec late(ContainerSpec spec, Map<String, String> environment) {
    JsonObject json = new JsonObject();
    environment.forEach(json::put);
    return but(spec, "lateEnvironment", json);
  }

  static ContainerSpec lateLabel(ContainerSpec spec, String name, String value) {
    return but(spec, "lateLabels", new JsonObject().put(name, value));
  }

  static ContainerSpec takingVolumes(ContainerSpec spec, String from, String how) {
    return but(spec, "volumesFrom", new JsonObject().put(from, how));
  }

  static PortSpec port(String container, int inside, int onHost) {
    return new PortSpec("", container, inside, "tcp", "", onHost, 0, new JsonObject());
  }

  static AppConfig service(ContainerSpec... containers) {
    return service(List.of(), containers);
  }

  static AppConfig service(List<PortSpec> ports, ContainerSpec... containers) {
    return AppConfig.service(pod(ports, containers));
  }

  static AppConfig job(ContainerSpec... containers) {
    return AppConfig.of(service(containers).json().put("kind", "job"));
  }

  static PodSpec pod(List<PortSpec> ports, ContainerSpec... containers) {
    PodSpec plain = PodSpec.of(List.of(containers));
    return new PodSpec(
        plain.source(),
        ports,
        plain.networks(),
        plain.volumes(),
        plain.artifacts(),
        plain.failure(),
        plain.resources());
  }

  /** A service whose containers are written in a Compose file among what is fetched for it. */
  static AppConfig ofFiles(String file) {
    return podBut(service(sleeper("web")), "composeFiles", new JsonArray().add(file));
  }

  /** The same app, with that in its pod's JSON. */
  static AppConfig podBut(AppConfig config, String key, Object value) {
    JsonObject json = config.json();
    json.getJsonObject("pod").put(key, value);
    return AppConfig.of(json);
  }
}
