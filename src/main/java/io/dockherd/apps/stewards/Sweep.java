package io.dockherd.apps.stewards;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Revision;
import io.dockherd.failure.Failure;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deletes what nothing names any more: revisions of versions that are not kept, and all there is of
 * deleted apps. Not at once, for a revision is written before the app that names it.
 */
final class Sweep {
  private static final Log LOG = Log.of(Sweep.class);
  private static final Duration OLD = Duration.ofMinutes(10);

  private final Office office;
  private final Duties duties;

  /**
   * Since when nothing has named a revision, as far as this node has seen: no clock but its own.
   */
  private final Map<String, Instant> unnamed = new ConcurrentHashMap<>();

  Sweep(Office office, Duties duties) {
    this.office = office;
    this.duties = duties;
  }

  /** Goes through them once; waits. */
  void go() {
    if (!office.lookout().isComplete()) {
      // Who is away may have written what names it.
      unnamed.clear();
      return;
    }
    try {
      Set<String> seen = new HashSet<>();
      for (Revision revision : office.book().revisions()) {
        if (isUnnamed(revision)) {
          String name = revision.path() + "@" + revision.id();
          seen.add(name);
          sweep(revision, name);
        }
      }
      unnamed.keySet().retainAll(seen);
      office.book().pathsOfOutcomes().forEach(this::sweep);
    } catch (Failure e) {
      // The next one does it.
      LOG.debug("records of apps not swept to the end", "reason", e.getMessage());
    }
  }

  private boolean isUnnamed(Revision revision) {
    AppPath path = revision.path();
    boolean isNamed =
        office
                .book()
                .find(path)
                .filter(kept -> kept.app().revisions().contains(revision.id()))
                .isPresent()
            || office.index().of(path).stream()
                .anyMatch(one -> one.revision().equals(revision.id()));
    return duties.isOurs(path) && !isNamed;
  }

  private void sweep(Revision revision, String name) {
    AppPath path = revision.path();
    Instant now = office.clock().instant();
    Instant first = unnamed.computeIfAbsent(name, it -> now);
    boolean isOld = Duration.between(first, now).compareTo(OLD) > 0;
    boolean isCertain =
        isOld
            && (office.book().find(path).isPresent()
                || office.book().isCertainlyAbsent(path, office.settings().call()));
    if (isCertain) {
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
