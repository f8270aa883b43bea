package io.dockherd.apps.model;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Where the containers of a pod are written. */
public sealed interface PodSource {
  /**
   * Here: {@code {"containers":[…]}}.
   *
   * @param containers the first is the primary one; in the order they are started where no
   *     dependency says otherwise
   */
  record Written(List<ContainerSpec> containers) implements PodSource {
    public Written {
      containers = List.copyOf(containers);
      if (containers.isEmpty()) {
        throw new IllegalArgumentException("a pod has at least one container");
      }
      long names = containers.stream().map(ContainerSpec::name).distinct().count();
      if (names < containers.size()) {
        throw new IllegalArgumentException("two containers of a pod have one name");
      }
    }
  }

  /**
   * In Compose files among what the node fetches: {@code
   * {"composeFiles":["demo/docker-compose.yml"],"environment":{"STAGE":"test"},
   * "lateEnvironment":{"PORT0":"{port:0}"}}}. Each file's host ports are replaced by the pod's, in
   * the order they are met.
   *
   * @param files below the instance's folder, in the order they are merged
   * @param environment what variables in the files stand for
   * @param lateEnvironment the same, with what is in braces filled in as in {@link ContainerSpec}
   */
  record ComposeFiles(
      List<String> files, Map<String, String> environment, Map<String, String> lateEnvironment)
      implements PodSource {
    /** Files without variables. */
    public ComposeFiles(List<String> files) {
      this(files, Map.of(), Map.of());
    }

    public ComposeFiles {
      files = List.copyOf(files);
      environment = JsonReading.copy(environment);
      lateEnvironment = JsonReading.copy(lateEnvironment);
      if (files.isEmpty()) {
        throw new IllegalArgumentException("a pod from Compose files names at least one");
      }
    }
  }

  /** The containers, as far as they are known before the node has fetched anything. */
  default List<ContainerSpec> known() {
    return switch (this) {
      case Written written -> written.containers();
      case ComposeFiles files -> List.of();
    };
  }

  /** Reads what {@link #json} wrote. */
  static PodSource of(JsonObject json) {
    List<String> files = JsonReading.texts(json, "composeFiles");
    return files.isEmpty()
        ? new Written(JsonReading.objects(json, "containers", ContainerSpec::of))
        : new ComposeFiles(
            files,
            JsonReading.textMap(json, "environment"),
            JsonReading.textMap(json, "lateEnvironment"));
  }

  /** As it is kept. */
  default JsonObject json() {
    return switch (this) {
      case Written written ->
          new JsonObject()
              .put("containers", JsonReading.json(written.containers(), ContainerSpec::json));
      case ComposeFiles compose ->
          new JsonObject()
              .put("composeFiles", new JsonArray(compose.files()))
              .put("environment", JsonReading.json(compose.environment()))
              .put("lateEnvironment", JsonReading.json(compose.lateEnvironment()));
    };
  }
}
