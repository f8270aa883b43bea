package io.dockherd.apps.compose;

import java.util.Optional;

/**
 * Within what the names of a project's things are one. What runs in several copies side by side on
 * one host gets names of its own, in the braces of {@link io.dockherd.apps.model.ContainerSpec}.
 */
enum Scope {
  /** Each service is an app; networks and volumes are the project's on every host. */
  PROJECT,
  /** The file is a pod: each copy has its own, the first under the project's plain names. */
  COPY,
  /** The file is a task's: everything carries the task's id and goes with it. */
  TASK;

  /**
   * What a container is called.
   *
   * @param name in its pod
   * @param said the {@code container_name}
   */
  String container(String project, String name, Optional<String> said) {
    return switch (this) {
      case PROJECT -> said.orElse(project + "-" + name + "-{slot}");
      case COPY -> said.map(own -> own + "{nth}").orElse(project + "-" + name + "-{slot}");
      case TASK -> "{task}_" + said.orElse(name);
    };
  }

  /**
   * What a network or volume of the project is called.
   *
   * @param key in the file
   * @param name as the project has it: {@code <project>_<key>} where nothing is said
   */
  String thing(String project, String key, String name, boolean isExternal) {
    boolean isOwn = !isExternal && name.equals(project + "_" + key);
    return !isOwn
        ? name
        : switch (this) {
          case PROJECT -> name;
          case COPY -> name + "{nth}";
          case TASK -> "{task}_" + key;
        };
  }

  /** Whether that goes when the instance goes for good. */
  boolean isOfInstance(String project, String key, String name, boolean isExternal) {
    return this == TASK && !isExternal && name.equals(project + "_" + key);
  }

  /** Whether the whole file is one pod. */
  boolean isPod() {
    return this != PROJECT;
  }
}
