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
import io.dockherd.doors.manifests.ledger.Ledger;
import io.dockherd.doors.manifests.ledger.Places;
import io.dockherd.doors.manifests.ledger.Tree;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.NotFound;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Manifests and the apps they mean, changed together: the app first, then what was written is noted
 * in the {@link Ledger}. Where a node dies between the two, {@link Bookkeeper} makes up for it.
 * Methods that change something wait, so call them on a virtual thread.
 */
final class Manifests {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** How often a change is tried again that somebody else was faster than. */
  private static final int ATTEMPTS = 10;

  private final Apps apps;
  private final Ledger ledger;

  Manifests(Apps apps, Ledger ledger) {
    this.apps = apps;
    this.ledger = ledger;
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
      Optional<AppView> app = apps.find(name.path());
      app.ifPresent(Manifests::requireOurs);
      try {
        Change change =
            apps.put(List.of(manifest.wanted()), options(who, condition, expected(app)));
        String stamp = change.versions().get(name.path()).text();
        return ledger.write(name, action, text, stamp, LIMIT);
      } catch (Conflict e) {
        // It has changed since it was looked at: perhaps the condition is not met any more.
        if (condition.isNone() || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static ChangeOptions options(Identity who, Condition condition, Expected expected) {
    ChangeOptions options = ChangeOptions.by(who.name(), LIMIT).forced(true);
    return condition.isNone() ? options : options.expecting(expected);
  }

  private static Expected expected(Optional<AppView> app) {
    return app.<Expected>map(there -> new Expected.At(there.app().version().stamp()))
        .orElseGet(Expected.Absent::new);
  }

  private static void requireOurs(AppView app) {
    String dialect = app.revision().config().origin().dialect();
    if (!dialect.equals(Manifest.DIALECT)) {
      throw KeyError.of(
          ErrorCode.EXISTS,
          "the app "
              + app.app().path()
              + " is there and was not written as a manifest ("
              + dialect
              + "): delete it first");
    }
  }

  /**
   * Writes several manifests, all or none.
   *
   * @param texts by name, of one app or of several
   */
  void putAll(Map<ManifestName, String> texts, Identity who) {
    Map<ManifestName, Manifest> manifests = new TreeMap<>();
    texts.forEach((name, text) -> manifests.put(name, ManifestFormat.read(name, text)));
    manifests.keySet().forEach(name -> apps.find(name.path()).ifPresent(Manifests::requireOurs));
    Change change =
        apps.put(
            manifests.values().stream().map(Manifest::wanted).toList(),
            ChangeOptions.by(who.name(), LIMIT).forced(true));
    texts.forEach(
        (name, text) ->
            ledger.write(name, Action.SET, text, change.versions().get(name.path()).text(), LIMIT));
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
      List<AppView> affected = views(tree.below(key));
      affected.forEach(Manifests::requireOurs);
      try {
        List<AppPath> paths = affected.stream().map(view -> view.app().path()).toList();
        if (!paths.isEmpty()) {
          apps.delete(
              paths, options(who, how.condition(), expected(affected.stream().findFirst())));
        }
        return ledger.delete(there, action, LIMIT);
      } catch (NotFound | Conflict e) {
        // Somebody else has deleted or changed one of them meanwhile: look again.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private List<AppView> views(List<ManifestName> names) {
    return names.stream().flatMap(name -> apps.find(name.path()).stream()).toList();
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
