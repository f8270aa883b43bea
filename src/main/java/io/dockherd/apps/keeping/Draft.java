package io.dockherd.apps.keeping;

import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.records.Version;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A change of one app that is checked and not written yet.
 *
 * @param revision to be written before it, where it has a new one
 * @param before what the app was; empty for a new one
 * @param expected the version its record has to have when it is written
 */
record Draft(App app, Optional<Revision> revision, Optional<App> before, Version expected) {
  private static final int MOST_INSTANCES = 10_000;

  /**
   * What is common to the changes of one call.
   *
   * @param rolloutId what they begin
   * @param now by this node's clock
   */
  record Occasion(ChangeOptions options, String rolloutId, Instant now) {
    /**
     * The next version of an app. Every change passes here.
     *
     * @throws Invalid when it asks for more than a herd can hold: a slip, and long work for whoever
     *     plans for it
     */
    AppVersion version(AppPath path, Optional<App> before, RevisionId revision, int instances) {
      if (instances > MOST_INSTANCES) {
        throw new Invalid(
            path.value(),
            instances + " instances of " + path + " are asked for",
            "ask for no more than " + MOST_INSTANCES);
      }
      Instant least = before.map(app -> app.version().stamp().plusMillis(1)).orElse(Instant.EPOCH);
      Instant stamp = now.isBefore(least) ? least : now;
      return new AppVersion(stamp, revision, instances, options.who());
    }

    Rollout rollout(Rollout.Kind kind, AppVersion from, AppVersion to) {
      return new Rollout(rolloutId, kind, Rollout.State.RUNNING, from, to, now, "");
    }
  }

  /** Whether it changes nothing. */
  boolean isNothing() {
    return before.filter(app::equals).isPresent();
  }

  /** An app that is to stay as it is. */
  static Draft nothing(AppBook.Kept kept) {
    return new Draft(kept.app(), Optional.empty(), Optional.of(kept.app()), kept.version());
  }

  /**
   * What is wanted of an app that may be there already.
   *
   * @param config what it is to be configured as
   * @param current its configuration
   * @param numbered the highest number any revision of that path ever had; 0 for none
   */
  static Draft put(
      Wanted wanted,
      AppConfig config,
      Optional<AppBook.Kept> kept,
      Optional<AppConfig> current,
      int numbered,
      Occasion occasion) {
    OptionalInt asked = wanted.instances();
    int instances = asked.orElse(kept.map(it -> it.app().instances()).orElse(1));
    if (kept.isPresent() && current.filter(config::equals).isPresent()) {
      return scale(kept.get(), instances, occasion);
    }
    Revision revision = revision(wanted.path(), config, numbered + 1, occasion);
    if (kept.isEmpty()) {
      AppVersion version =
          occasion.version(wanted.path(), Optional.empty(), revision.id(), instances);
      Rollout start = occasion.rollout(Rollout.Kind.START, version, version);
      App app = App.starting(wanted.path(), version, start);
      return new Draft(app, Optional.of(revision), Optional.empty(), Version.NONE);
    }
    return changed(
        kept.get(), revision.id(), Optional.of(revision), instances, Rollout.Kind.UPDATE, occasion);
  }

  /** Another number of instances; that of a paused rollout stays paused. */
  static Draft scale(AppBook.Kept kept, int instances, Occasion occasion) {
    App app = kept.app();
    if (instances == app.instances()) {
      return nothing(kept);
    }
    AppVersion to = occasion.version(app.path(), Optional.of(app), app.revision(), instances);
    Rollout rollout =
        app.rollout()
            .filter(change -> change.state() == Rollout.State.PAUSED)
            .map(change -> change.towards(to))
            .orElseGet(() -> occasion.rollout(Rollout.Kind.SCALE, app.version(), to));
    return new Draft(
        app.changedTo(to, rollout), Optional.empty(), Optional.of(app), kept.version());
  }

  /** The same configuration once more, so that every instance is replaced. */
  static Draft restart(AppBook.Kept kept, AppConfig config, int numbered, Occasion occasion) {
    App app = kept.app();
    Revision again = revision(app.path(), config, numbered + 1, occasion);
    return changed(
        kept, again.id(), Optional.of(again), app.instances(), Rollout.Kind.UPDATE, occasion);
  }

  /** An earlier revision. */
  static Draft rollBack(AppBook.Kept kept, RevisionId to, Occasion occasion) {
    App app = kept.app();
    return to.equals(app.revision())
        ? nothing(kept)
        : changed(kept, to, Optional.empty(), app.instances(), Rollout.Kind.ROLLBACK, occasion);
  }

  /** What it was before its rollout, whatever has become of that. */
  static Draft back(AppBook.Kept kept, AppVersion before, Occasion occasion) {
    Rollout.Kind kind =
        before.revision().equals(kept.app().revision())
            ? Rollout.Kind.SCALE
            : Rollout.Kind.ROLLBACK;
    return changed(kept, before.revision(), Optional.empty(), before.instances(), kind, occasion);
  }

  /** The same app, its rollout in another state. */
  static Draft with(AppBook.Kept kept, App other) {
    return new Draft(other, Optional.empty(), Optional.of(kept.app()), kept.version());
  }

  private static Draft changed(
      AppBook.Kept kept,
      RevisionId to,
      Optional<Revision> revision,
      int instances,
      Rollout.Kind kind,
      Occasion occasion) {
    App app = kept.app();
    AppVersion version = occasion.version(app.path(), Optional.of(app), to, instances);
    Rollout rollout = occasion.rollout(kind, app.version(), version);
    return new Draft(app.changedTo(version, rollout), revision, Optional.of(app), kept.version());
  }

  private static Revision revision(AppPath path, AppConfig config, int number, Occasion occasion) {
    RevisionId id = new RevisionId(number, config.hash());
    return new Revision(path, id, occasion.now().toEpochMilli(), occasion.options().who(), config);
  }

  /** The highest number of those revisions; 0 for none. */
  static int numbered(Stream<RevisionId> revisions) {
    return revisions.max(Comparator.naturalOrder()).map(RevisionId::number).orElse(0);
  }
}
