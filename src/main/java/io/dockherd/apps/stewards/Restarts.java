package io.dockherd.apps.stewards;

import io.dockherd.apps.Apps;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.keeping.RolloutEnds;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Dependency;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.Rollout;
import io.dockherd.failure.Failure;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Restarts apps that are to be restarted with others. Which is written down with the end of the
 * rollout they follow, so that none is forgotten whatever happens next.
 */
record Restarts(Apps apps, AppBook book, Duration limit) {
  private static final Log LOG = Log.of(Restarts.class);

  /**
   * Those that are to be restarted when that app's rollout is through. Those that are changed by it
   * too come up after it anyway.
   */
  Set<AppPath> after(App app) {
    Optional<String> rollout =
        app.rollout()
            .filter(it -> it.kind() == Rollout.Kind.UPDATE || it.kind() == Rollout.Kind.ROLLBACK)
            .map(Rollout::id);
    Set<AppPath> those = new HashSet<>();
    if (rollout.isPresent()) {
      for (AppBook.Kept kept : book.under("/")) {
        App other = kept.app();
        boolean isPartOfIt = other.rollout().map(Rollout::id).equals(rollout);
        if (!isPartOfIt && isRestartedWith(other, app.path())) {
          those.add(other.path());
        }
      }
    }
    return those;
  }

  /** Restarts those that are to be restarted with that app and can be just now. */
  void go(AppBook.Kept kept) {
    Set<AppPath> left = new HashSet<>(kept.app().restarts());
    left.removeIf(other -> isDone(other, kept.app().path()));
    if (!left.equals(kept.app().restarts())) {
      book.write(kept.app().restarting(left), kept.version(), limit);
    }
  }

  /** Whether nothing is left to be done for it. */
  private boolean isDone(AppPath path, AppPath with) {
    Optional<App> other = book.find(path).map(AppBook.Kept::app);
    if (other.filter(it -> isRestartedWith(it, with)).isEmpty()) {
      return true;
    }
    if (other.get().rollout().isPresent()) {
      return false;
    }
    try {
      apps.restart(path, ChangeOptions.by(RolloutEnds.WHO, limit));
      LOG.info("app restarted with another", "app", path, "with", with);
      return true;
    } catch (Failure e) {
      LOG.debug("app not restarted with another yet", "app", path, "reason", e.getMessage());
      return false;
    }
  }

  private boolean isRestartedWith(App app, AppPath other) {
    return !app.path().equals(other)
        && book.revision(app.path(), app.revision())
            .map(Revision::config)
            .filter(
                config ->
                    config.dependencies().entrySet().stream().anyMatch(need -> isOn(need, other)))
            .isPresent();
  }

  private static boolean isOn(Map.Entry<String, Dependency> need, AppPath other) {
    return need.getValue().isRestartedWith()
        && (need.getKey().equals(other.value()) || other.isUnder(need.getKey()));
  }
}
