package io.dockherd.apps.stewards;

import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Revision;
import io.dockherd.failure.Failure;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.Optional;

/**
 * Deletes what nothing names any more: revisions of versions that are not kept, and all there is of
 * deleted apps. Not at once, for a revision is written before the app that names it.
 */
final class Sweep {
  private static final Log LOG = Log.of(Sweep.class);
  private static final Duration OLD = Duration.ofMinutes(10);

  private final Office office;
  private final Duties duties;

  Sweep(Office office, Duties duties) {
    this.office = office;
    this.duties = duties;
  }

  /** Goes through them once; waits. */
  void go() {
    try {
      office.book().revisions().forEach(this::sweep);
      office.book().pathsOfOutcomes().forEach(this::sweep);
    } catch (Failure e) {
      // The next one does it.
      LOG.debug("records of apps not swept to the end", "reason", e.getMessage());
    }
  }

  private void sweep(Revision revision) {
    AppPath path = revision.path();
    boolean isOld =
        office.clock().millis() - revision.createdMillis() > OLD.toMillis()
            && duties.isOurs(path)
            && office.index().of(path).stream()
                .noneMatch(one -> one.revision().equals(revision.id()));
    if (!isOld) {
      return;
    }
    Optional<AppBook.Kept> kept = office.book().find(path);
    boolean isNamed =
        kept.isPresent()
            ? kept.get().app().revisions().contains(revision.id())
            : !office.book().isCertainlyAbsent(path, office.settings().call());
    if (!isNamed) {
      office.book().delete(path, revision.id(), office.settings().call());
    }
  }

  private void sweep(AppPath path) {
    boolean isGone =
        duties.isOurs(path)
            && office.book().find(path).isEmpty()
            && office.index().of(path).isEmpty()
            && office.book().isCertainlyAbsent(path, office.settings().call());
    if (isGone) {
      office.book().deleteOutcomes(path, office.settings().call());
    }
  }
}
