package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** What {@code container} may be. */
final class ContainerRules {
  private final JsonObject app;
  private final JsonObject container;
  private final Violations wrong;

  ContainerRules(JsonObject app, Violations wrong) {
    this.app = app;
    this.container = Parts.object(app, "container");
    this.wrong = wrong;
  }

  void check() {
    if (!app.containsKey("container")) {
      return;
    }
    wrong.require(
        Set.of("DOCKER", "MESOS").contains(container.getString("type")),
        "/container/type",
        "has to be DOCKER or MESOS");
    for (String field : List.of("appc", "linuxInfo")) {
      wrong.require(
          !container.containsKey(field),
          "/container/" + field,
          "there is no Mesos containerizer here: use container.docker");
    }
    docker(Parts.object(container, "docker"));
    List<JsonObject> volumes = Parts.objects(container, "volumes");
    for (int i = 0; i < volumes.size(); i++) {
      volume(volumes.get(i), "/container/volumes(" + i + ")");
    }
  }

  private void docker(JsonObject docker) {
    wrong.require(
        !docker.getString("image", "").isBlank() || !container.containsKey("docker"),
        "/container/docker/image",
        "must not be empty");
    for (String field : List.of("credential", "pullConfig")) {
      wrong.require(
          !docker.containsKey(field),
          "/container/docker/" + field,
          "credentials of registries can't be given here: log the hosts' engines in");
    }
    List<JsonObject> parameters = Parts.objects(docker, "parameters");
    for (int i = 0; i < parameters.size(); i++) {
      String path = "/container/docker/parameters(" + i + ")";
      DockerOptions.objection(
              parameters.get(i).getString("key", ""), parameters.get(i).getString("value", ""))
          .ifPresent(why -> wrong.add(path, why));
    }
  }

  private void volume(JsonObject volume, String path) {
    String target = volume.getString("containerPath", "");
    wrong.require(
        target.startsWith("/") && !target.contains(":"),
        path + "/containerPath",
        "has to be an absolute path without ':'");
    wrong.require(
        Set.of("RO", "RW").contains(volume.getString("mode")),
        path + "/mode",
        "has to be RO or RW");
    wrong.require(
        !volume.containsKey("secret"), path + "/secret", "there is no store of secrets here");
    wrong.require(
        !volume.containsKey("persistent"),
        path + "/persistent",
        "there are no reservations here: use a host path or an external volume");
    if (volume.containsKey("external")) {
      external(volume, path);
    } else {
      String source = volume.getString("hostPath", "");
      wrong.require(
          source.startsWith("/") && !source.contains(":"),
          path + "/hostPath",
          "has to be an absolute path without ':'");
    }
  }

  private void external(JsonObject volume, String path) {
    JsonObject external = volume.getJsonObject("external");
    wrong.require(
        !volume.containsKey("hostPath"), path, "has both hostPath and external: keep one of them");
    wrong.require(
        external.getString("name", "").matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}"),
        path + "/external/name",
        "has to be the name of a volume");
    wrong.require(
        external.getString("provider", "dvdi").equals("dvdi"),
        path + "/external/provider",
        "has to be dvdi, Docker's volume drivers");
    wrong.require(
        !Parts.object(external, "options").getString("dvdi/driver", "").isBlank(),
        path + "/external/options",
        "dvdi/driver has to name Docker's driver, 'local' for the hosts' own");
  }
}
