package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.NamedNetwork;
import io.dockherd.apps.model.NamedVolume;
import io.dockherd.apps.model.PodSource;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.apps.model.Revision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A pod as it is to be on this node: what its app says, and, where that points to Compose files,
 * what these say.
 *
 * @param containers the first is the primary one
 * @param ports in the order of the host's ports that were chosen
 * @param builds images that are made here, of folders the node has fetched
 * @param warnings what will be otherwise than it looks
 */
public record Draft(
    List<ContainerSpec> containers,
    List<PortSpec> ports,
    List<NamedNetwork> networks,
    List<NamedVolume> volumes,
    List<ImageBuild> builds,
    List<String> warnings) {
  private static final int LONGEST_NOTE = 600;

  public Draft {
    containers = List.copyOf(containers);
    ports = List.copyOf(ports);
    networks = List.copyOf(networks);
    volumes = List.copyOf(volumes);
    builds = List.copyOf(builds);
    warnings = List.copyOf(warnings);
    if (containers.isEmpty()) {
      throw new IllegalArgumentException("a pod has at least one container");
    }
  }

  /** One of containers that were written with the app. */
  static Draft written(PodSpec pod) {
    return new Draft(
        pod.source().known(), pod.ports(), pod.networks(), pod.volumes(), List.of(), List.of());
  }

  /**
   * The pod of a revision.
   *
   * @param folder the instance's own, with the Compose files if there are any
   */
  static Draft of(Revision revision, LateValues late, Path folder, DraftReader reader) {
    PodSpec pod = revision.config().pod();
    return switch (pod.source()) {
      case PodSource.Written written -> written(pod);
      case PodSource.ComposeFiles compose ->
          reader.read(
              folder,
              compose.files(),
              new DraftReader.StartedInstance(
                  revision,
                  late.fill("{task}"),
                  late.ports(),
                  TaskEnvironment.of(revision, compose, late)));
    };
  }

  /** Its warnings in one line, which everybody is told: not longer than a fact should be. */
  String note() {
    String all = String.join("; ", warnings);
    return all.length() <= LONGEST_NOTE
        ? all
        : all.substring(0, LONGEST_NOTE) + "… (the node's log has all)";
  }

  /**
   * An image that is built at the node's engine before its container is made.
   *
   * @param image what it is called then
   * @param context the folder it is made of
   * @param query what the engine's build call takes besides, as {@code dockerfile}, {@code target},
   *     {@code buildargs}
   */
  public record ImageBuild(String image, Path context, Map<String, String> query) {
    public ImageBuild {
      query = Map.copyOf(query);
    }
  }
}
