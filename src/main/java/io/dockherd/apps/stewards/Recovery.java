package io.dockherd.apps.stewards;

import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppLabel;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.records.Version;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what the records lack of an app in the labels of its containers: its configuration, or all
 * there is of it in a herd without disks.
 */
record Recovery(AppBook book, Lookout lookout, InstantSource clock, Duration limit) {
  private static final Log LOG = Log.of(Recovery.class);

  /** Who says what an app is that was read back. */
  static final String WHO = "labels";

  /** After a power cut nodes come one by one, each with what it ran. */
  private static final Duration GATHERING = Duration.ofMinutes(5);

  /** Reads an app back; false when the labels don't say what it was. */
  boolean isReadBack(AppPath path, List<Instance> instances) {
    List<Revision> revisions = labelled(path);
    if (revisions.isEmpty() || instances.isEmpty()) {
      return false;
    }
    revisions.forEach(revision -> book.write(revision, limit));
    AppVersion version =
        new AppVersion(clock.instant(), revisions.getFirst().id(), highest(instances), WHO);
    book.write(settled(path, version), Version.NONE, limit);
    LOG.info(
        "app read back from labels",
        "app",
        path,
        "revision",
        version.revision(),
        "instances",
        version.instances());
    return true;
  }

  private static App settled(AppPath path, AppVersion version) {
    Rollout start =
        new Rollout(
            WHO, Rollout.Kind.START, Rollout.State.RUNNING, version, version, version.stamp(), "");
    return App.starting(path, version, start).settled();
  }

  /** Slots are filled from 1 on: that of the highest one tells how many there were. */
  private static int highest(List<Instance> instances) {
    return instances.stream().mapToInt(one -> one.id().slot()).max().orElse(0);
  }

  /**
   * An app that was read back while nodes were still coming is as big as what they bring.
   *
   * @return the app as it is then
   */
  AppBook.Kept grown(AppBook.Kept kept, List<Instance> instances) {
    App app = kept.app();
    AppVersion version = app.version();
    boolean isFresh =
        version.who().equals(WHO)
            && app.versions().size() == 1
            && clock.instant().isBefore(version.stamp().plus(GATHERING));
    if (!isFresh) {
      return kept;
    }
    // What was begun since is no news of what there was.
    List<Instance> old =
        instances.stream()
            .filter(one -> one.stagedMillis() < version.stamp().toEpochMilli())
            .toList();
    if (highest(old) <= app.instances()) {
      return kept;
    }
    AppVersion bigger =
        new AppVersion(version.stamp(), version.revision(), highest(old), version.who());
    LOG.info("more of an app found", "app", app.path(), "instances", bigger.instances());
    return book.write(settled(app.path(), bigger), kept.version(), limit).orElse(kept);
  }

  /** Writes down a revision that has no record; false when no label has it. */
  boolean isRestored(AppPath path, RevisionId id) {
    Optional<Revision> found =
        labelled(path).stream()
            .filter(revision -> revision.id().equals(id))
            .filter(revision -> revision.config().hash().equals(id.hash()))
            .findFirst();
    found.ifPresent(
        revision -> {
          book.write(revision, limit);
          LOG.warn("configuration of an app read back from labels", "app", path, "revision", id);
        });
    return found.isPresent();
  }

  /** What labels say, the newest first. */
  private List<Revision> labelled(AppPath path) {
    return lookout.containersOf(path).stream()
        .flatMap(labels -> read(path, labels).stream())
        .sorted(Comparator.comparing(Revision::id).reversed())
        .toList();
  }

  private static Optional<Revision> read(AppPath path, Map<String, String> labels) {
    String document = labels.getOrDefault(AppLabel.DOCUMENT, "");
    if (document.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Revision.of(new JsonObject(document)))
          .filter(revision -> revision.path().equals(path));
    } catch (Invalid | DecodeException e) {
      LOG.warn("label of an app can't be read", "app", path, "reason", e.getMessage());
      return Optional.empty();
    }
  }
}
