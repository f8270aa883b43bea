package io.dockherd.doors.marathon.translation;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.ContainerSpec.Pull;
import io.dockherd.apps.model.ContainerSpec.Shares;
import io.dockherd.apps.model.NamedNetwork;
import io.dockherd.apps.model.NamedVolume;
import io.dockherd.apps.model.Restart;
import io.dockherd.doors.marathon.definition.DockerOptions;
import io.dockherd.doors.marathon.definition.Parts;
import io.dockherd.doors.marathon.definition.PortList;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The one container of an app that is no pod of Compose files, as the engine's create document. */
final class Container {
  /** Its name in the pod. */
  static final String NAME = "app";

  private static final Duration GRACE = Duration.ofSeconds(10);

  /** An engine takes no less. */
  private static final long LEAST_MEMORY = 6 << 20;

  private static final String OPTION = "dvdi/";
  private static final String DRIVER = OPTION + "driver";

  private final JsonObject app;
  private final JsonObject docker;
  private final JsonObject host = new JsonObject();

  private Container(JsonObject app) {
    this.app = app;
    this.docker = Parts.object(Parts.object(app, "container"), "docker");
  }

  static ContainerSpec of(JsonObject app, Environment environment) {
    return new Container(app).spec(environment);
  }

  private ContainerSpec spec(Environment environment) {
    boolean isForced = docker.getBoolean("forcePullImage", false);
    return new ContainerSpec(
        NAME,
        "{task}",
        document(environment.known()),
        isForced ? Pull.ALWAYS : Pull.MISSING,
        environment.late(),
        Map.of("MESOS_TASK_ID", "{task}"),
        Shares.NOTHING,
        Map.of(),
        Map.of(),
        Restart.NEVER,
        List.of(),
        List.of(),
        List.of(),
        app.containsKey("taskKillGracePeriodSeconds")
            ? Amounts.seconds(app.getDouble("taskKillGracePeriodSeconds"))
            : GRACE);
  }

  private JsonObject document(Map<String, String> environment) {
    JsonObject document = new JsonObject().put("Image", docker.getString("image"));
    command(document);
    JsonArray variables = new JsonArray();
    environment.forEach((name, value) -> variables.add(name + "=" + value));
    document.put("Env", variables);
    if (app.containsKey("user")) {
      document.put("User", app.getString("user"));
    }
    if (app.getBoolean("tty", false)) {
      document.put("Tty", true);
    }
    document.put("HostConfig", host);
    host.put("NetworkMode", network(app));
    if (docker.getBoolean("privileged", false)) {
      host.put("Privileged", true);
    }
    limits();
    volumes();
    Parts.objects(docker, "parameters")
        .forEach(
            option ->
                DockerOptions.apply(
                    document, option.getString("key"), option.getString("value", "")));
    return document;
  }

  /** A command goes to a shell, whatever the image's entry point is; arguments go to that. */
  private void command(JsonObject document) {
    if (app.containsKey("cmd")) {
      document
          .put("Entrypoint", new JsonArray().add("/bin/sh"))
          .put("Cmd", new JsonArray().add("-c").add(app.getString("cmd")));
    } else if (app.containsKey("args")) {
      document.put("Cmd", app.getJsonArray("args").copy());
    }
  }

  private void limits() {
    double cpus = app.getDouble("cpus");
    if (cpus > 0) {
      host.put("CpuShares", Math.max(2, Math.round(cpus * 1024)));
    }
    double memory = app.getDouble("mem");
    JsonObject limits = Parts.object(app, "resourceLimits");
    if (limits.getValue("cpus") instanceof Number most) {
      host.put("NanoCpus", Amounts.nanoCpus(most.doubleValue()));
    }
    switch (limits.getValue("mem")) {
      case Number most -> host.put("Memory", memory(most.doubleValue()));
      case String unlimited -> {}
      case null, default -> {
        if (memory > 0) {
          host.put("Memory", memory(memory));
        }
      }
    }
  }

  private static long memory(double mebibytes) {
    return Math.max(LEAST_MEMORY, Amounts.mebibytes(mebibytes));
  }

  private void volumes() {
    JsonArray binds = new JsonArray();
    if (!Parts.objects(app, "fetch").isEmpty()) {
      binds.add("{folder}:" + Environment.SANDBOX);
    }
    JsonArray mounts = new JsonArray();
    for (JsonObject volume : Parts.objects(Parts.object(app, "container"), "volumes")) {
      boolean isReadOnly = volume.getString("mode").equals("RO");
      String target = volume.getString("containerPath");
      if (volume.containsKey("external")) {
        mounts.add(
            new JsonObject()
                .put("Type", "volume")
                .put("Source", volume.getJsonObject("external").getString("name"))
                .put("Target", target)
                .put("ReadOnly", isReadOnly));
      } else {
        // A bind, not a mount: the host's folder is made where it is missing, as ever.
        binds.add(volume.getString("hostPath") + ":" + target + (isReadOnly ? ":ro" : ""));
      }
    }
    if (!binds.isEmpty()) {
      host.put("Binds", binds);
    }
    if (!mounts.isEmpty()) {
      host.put("Mounts", mounts);
    }
  }

  private static String network(JsonObject app) {
    return switch (PortList.mode(app)) {
      case PortList.BRIDGE -> "bridge";
      case PortList.NONE -> "none";
      case PortList.NAMED -> Parts.objects(app, "networks").getFirst().getString("name");
      default -> "host";
    };
  }

  /** A named network has to be there already: Marathon makes none. */
  static List<NamedNetwork> networks(JsonObject app) {
    return PortList.mode(app).equals(PortList.NAMED)
        ? List.of(new NamedNetwork(network(app), new JsonObject(), true))
        : List.of();
  }

  static NamedVolume externalVolume(JsonObject external) {
    JsonObject options = new JsonObject();
    Parts.textMap(external, "options")
        .forEach(
            (name, value) -> {
              if (!name.equals(DRIVER)) {
                options.put(
                    name.startsWith(OPTION) ? name.substring(OPTION.length()) : name, value);
              }
            });
    JsonObject document =
        new JsonObject()
            .put("Driver", Parts.object(external, "options").getString(DRIVER))
            .put("DriverOpts", options);
    return new NamedVolume(external.getString("name"), document, false, false);
  }
}
