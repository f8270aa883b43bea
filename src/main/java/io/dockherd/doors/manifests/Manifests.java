package io.dockherd.doors.manifests;

import io.dockherd.access.Identity;
import io.dockherd.apps.AppView;
import io.dockherd.apps.Apps;
import io.dockherd.apps.Change;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.ChangeOptions.Expected;
import io.dockherd.apps.model.AppPath;
import io.dockherd.doors.manifests.format.Manifest;
import io.dockherd.doors.manifests.format.ManifestFormat;
import io.dockherd.doors.manifests.format.ManifestName;
import io.dockherd.doors.manifests.keys.Condition;
import io.dockherd.doors.manifests.keys.ErrorCode;
import io.dockherd.doors.manifests.keys.Key;
import io.dockherd.doors.manifests.keys.KeyError;
import io.dockherd.doors.manifests.keys.KeyEvent;
import io.dockherd.doors.manifests.keys.KeyEvent.Action;
import io.dockherd.doors.manifests.keys.Node;
import io.dockherd.doors.manifests.ledger.Entry;
import io.dockherd.doors.manifests.ledger.Ledger;
import io.dockherd.doors.manifests.ledger.Places;
import io.dockherd.doors.manifests.ledger.Tree;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.TimeLeft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Manifests and the apps they mean, changed together: the app first, then what was written is noted
 * in the {@link Ledger}. Where a node dies between the two, {@link Bookkeeper} makes up for it.
 * Methods that change something wait, so call them on a virtual thread.
 */
final class Manifests {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /**
   * How often a change is tried again that somebody else was faster than, and after how long: for
   * about as long as it takes a {@link Bookkeeper} to write down what others have changed.
   */
  private static final int ATTEMPTS = 200;

  private static final long PAUSE_NANOS = Duration.ofMillis(25).toNanos();

  private final Apps apps;
  private final Ledger ledger;

  Manifests(Apps apps, Ledger ledger) {
    this.apps = apps;
    this.ledger = ledger;
  }

  /** What is at a key of a manifest; empty for nothing. */
  Optional<Node> find(Key key) {
    return Places.find(key).flatMap(name -> ledger.find(name).map(entry -> entry.node(name)));
  }

  /** All there are now. */
  Tree tree() {
    return ledger.tree();
  }

  /** The index of the last change. */
  long index() {
    return ledger.index();
  }

  /**
   * Writes a manifest, if what is there meets the condition. A rollout that is under way is
   * overtaken by this one; an app that is as the manifest says already is left alone.
   *
   * @throws KeyError when the condition is not met, or somebody else's app is there
   * @throws io.dockherd.failure.Invalid when the manifest is wrong; then nothing has changed
   */
  KeyEvent put(ManifestName name, String text, Condition condition, Identity who) {
    Manifest manifest = ManifestFormat.read(name, text);
    Key key = Places.key(name);
    for (int attempt = 1; ; attempt++) {
      Tree tree = ledger.tree();
      Action action = condition.writing(key, tree.find(key, false), tree.firstMissing(key));
      apps.find(name.path()).ifPresent(Manifests::requireOurs);
      Optional<Entry> entry = Optional.ofNullable(tree.entries().get(name));
      try {
        Change change = apps.put(List.of(manifest.wanted()), options(who, condition, entry));
        String stamp = change.versions().get(name.path()).text();
        return ledger.write(name, action, text, stamp, LIMIT);
      } catch (Conflict e) {
        pause(attempt, e);
      }
    }
  }

  /** It has changed since it was looked at: the condition may not be met any more. */
  private static void pause(int attempt, Failure overtaken) {
    if (attempt == ATTEMPTS) {
      throw overtaken;
    }
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  /**
   * Where there is a condition, the app has to be the very version whose manifest it was held
   * against, and not one whose manifest somebody is just writing down.
   */
  private static ChangeOptions options(Identity who, Condition condition, Optional<Entry> entry) {
    ChangeOptions options = ChangeOptions.by(who.name(), LIMIT).forced(true);
    return condition.isNone()
        ? options
        : options.expecting(
            entry
                .<Expected>map(there -> new Expected.At(Instant.parse(there.stamp())))
                .orElseGet(Expected.Absent::new));
  }

  /** Whether an app was written as a manifest. */
  static boolean isOurs(AppView app) {
    return app.revision().config().origin().dialect().equals(Manifest.DIALECT);
  }

  private static void requireOurs(AppView app) {
    if (!isOurs(app)) {
      throw KeyError.of(
          ErrorCode.EXISTS,
          "the app "
              + app.app().path()
              + " is there and was not written as a manifest ("
              + app.revision().config().origin().dialect()
              + "): delete it first");
    }
  }

  /**
   * Writes several manifests, all or none, within one limit for all.
   *
   * @param texts by name, of one app or of several
   */
  void putAll(Map<ManifestName, String> texts, Identity who) {
    Map<ManifestName, Manifest> manifests = new TreeMap<>();
    texts.forEach((name, text) -> manifests.put(name, ManifestFormat.read(name, text)));
    TimeLeft left = TimeLeft.of(LIMIT);
    manifests.keySet().forEach(name -> apps.find(name.path()).ifPresent(Manifests::requireOurs));
    Change change =
        apps.put(
            manifests.values().stream().map(Manifest::wanted).toList(),
            ChangeOptions.by(who.name(), left.get()).forced(true));
    texts.forEach(
        (name, text) ->
            ledger.write(
                name, Action.SET, text, change.versions().get(name.path()).text(), left.get()));
  }

  /**
   * Deletes a manifest or a directory of manifests, and their apps with them.
   *
   * @throws KeyError when nothing is there, it is a directory and that was not said, or the
   *     condition is not met
   */
  KeyEvent delete(Key key, Deletion how, Identity who) {
    for (int attempt = 1; ; attempt++) {
      Tree tree = ledger.tree();
      Node there = tree.get(key, false);
      Action action = how.condition().deleting(there);
      how.check(there);
      List<AppPath> paths = paths(tree.below(key));
      Optional<Entry> entry = Places.find(key).map(tree.entries()::get);
      try {
        if (!paths.isEmpty()) {
          apps.delete(paths, options(who, how.condition(), entry));
        }
        return ledger.delete(there, action, LIMIT);
      } catch (NotFound | Conflict e) {
        pause(attempt, e);
      }
    }
  }

  /** What somebody has written in another dialect meanwhile is not among them. */
  private List<AppPath> paths(List<ManifestName> names) {
    return names.stream()
        .flatMap(name -> apps.find(name.path()).stream())
        .filter(Manifests::isOurs)
        .map(view -> view.app().path())
        .toList();
  }

  /**
   * How something is deleted.
   *
   * @param isDirectory whether a directory may be, if it is empty
   * @param isRecursive whether a directory may be with all that is in it
   */
  record Deletion(Condition condition, boolean isDirectory, boolean isRecursive) {
    /** A directory with all that is in it. */
    static final Deletion OF_ALL = new Deletion(Condition.NONE, true, true);

    private void check(Node node) {
      if (!node.isDirectory() || isRecursive) {
        return;
      }
      throw KeyError.of(
          isDirectory ? ErrorCode.NOT_EMPTY : ErrorCode.NOT_A_FILE, node.key().toString());
    }
  }
}
