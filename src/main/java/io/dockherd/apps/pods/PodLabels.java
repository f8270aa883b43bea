package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.failure.Invalid;
import io.dockherd.fleet.watch.KnownContainer;
import io.vertx.core.json.JsonObject;
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

  /** The labels of a container; empty when it is none of an instance of that herd. */
  static Optional<PodLabels> of(String herd, JsonObject labels) {
    if (!herd.equals(labels.getValue(KnownContainer.HERD_LABEL)) || !labels.containsKey(INSTANCE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PodLabels(
              herd,
              new AppPath(text(labels, APP)),
              RevisionId.of(text(labels, REVISION)),
              InstanceId.of(text(labels, INSTANCE)),
              text(labels, CONTAINER)));
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
   * who may list containers would read.
   */
  static Optional<String> document(Revision revision) {
    boolean hasSecrets =
        revision.config().pod().source().known().stream()
            .flatMap(container -> container.files().stream())
            .anyMatch(file -> file.isSecret());
    String document = hasSecrets ? "" : revision.json().encode();
    return hasSecrets || document.length() > LONGEST_DOCUMENT
        ? Optional.empty()
        : Optional.of(document);
  }

  private static String text(JsonObject labels, String key) {
    return labels.getValue(key) instanceof String text ? text : "";
  }
}
