package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppLabel;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Artifact;
import io.dockherd.apps.model.FileSpec;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.PodSource;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.failure.Invalid;
import io.dockherd.fleet.requests.Fields;
import io.dockherd.fleet.watch.KnownContainer;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container of an instance says of itself: whose it is, for people, for scripts and for a
 * node that has lost its memory.
 *
 * @param container its name in the pod
 */
record PodLabels(
    String herd, AppPath path, RevisionId revision, InstanceId instance, String container) {
  static final String APP = "io.dockherd.app";
  static final String REVISION = "io.dockherd.revision";
  static final String INSTANCE = "io.dockherd.instance";
  static final String CONTAINER = "io.dockherd.container";
  static final String OWNER = "io.dockherd.owner";

  /** The host's ports of the instance, with commas between. */
  static final String PORTS = "io.dockherd.ports";

  /** On the first container: the revision's JSON. */
  static final String DOCUMENT = "io.dockherd.document";

  /** What Marathon's executors called an instance. */
  static final String TASK = "taskId";

  /**
   * A label is in the memory of every node and in every event of its container: a longer document
   * is left to the records.
   */
  static final int LONGEST_DOCUMENT = 32 << 10;

  /** The labels of a container by its list entry; empty when it is none of an instance of ours. */
  static Optional<PodLabels> of(String herd, JsonObject entry) {
    List<String> names =
        Fields.array(entry, "Names").stream()
            .map(name -> String.valueOf(name).replaceFirst("^/", ""))
            .toList();
    Map<String, String> labels = new HashMap<>();
    Fields.object(entry, "Labels")
        .forEach(label -> labels.put(label.getKey(), String.valueOf(label.getValue())));
    return of(herd, labels, names);
  }

  /**
   * The same by what is known of it.
   *
   * @param names without slashes
   */
  static Optional<PodLabels> of(String herd, Map<String, String> labels, Collection<String> names) {
    boolean isOurs =
        herd.equals(labels.get(KnownContainer.HERD_LABEL))
            && labels.containsKey(INSTANCE)
            && KnownContainer.isSealed(AppLabel.SEAL, labels, names);
    if (!isOurs) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PodLabels(
              herd,
              new AppPath(labels.getOrDefault(APP, "")),
              RevisionId.of(labels.getOrDefault(REVISION, "")),
              InstanceId.of(labels.getOrDefault(INSTANCE, "")),
              labels.getOrDefault(CONTAINER, "")));
    } catch (Invalid e) {
      // Somebody has written on it by hand: it is none that we made.
      return Optional.empty();
    }
  }

  /** What is put on a container. */
  JsonObject json(Revision whole) {
    return new JsonObject()
        .put(KnownContainer.HERD_LABEL, herd)
        .put(APP, path.value())
        .put(REVISION, revision.toString())
        .put(INSTANCE, instance.toString())
        .put(CONTAINER, container)
        .put(OWNER, whole.who());
  }

  /**
   * The revision as a label; empty when it is too long for one, or holds secrets, which everybody
   * who may list containers would read: files that are, passwords in addresses, what an app puts in
   * the place of variables.
   */
  static Optional<String> document(Revision revision) {
    PodSpec pod = revision.config().pod();
    if (hasSecrets(pod.source()) || pod.artifacts().stream().anyMatch(Artifact::hasPassword)) {
      return Optional.empty();
    }
    String document = revision.json().encode();
    return document.length() > LONGEST_DOCUMENT ? Optional.empty() : Optional.of(document);
  }

  private static boolean hasSecrets(PodSource source) {
    return switch (source) {
      case PodSource.Written written ->
          written.containers().stream()
              .flatMap(container -> container.files().stream())
              .anyMatch(FileSpec::isSecret);
      // What stands for variables in files nobody has read yet may be anything.
      case PodSource.ComposeFiles files -> !files.environment().isEmpty();
    };
  }
}
