package io.dockherd.apps.stewards;

import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.planning.Aftermath;
import io.dockherd.failure.Failure;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of an app's instances, written down. What can't be just now, for a disk is full, is
 * kept in mind until it can: that is no reason to replace nothing any more. Used by one thread at a
 * time.
 */
final class Notebook {
  private static final Log LOG = Log.of(Notebook.class);

  private final AppPath path;
  private final AppBook book;
  private final Duration limit;
  private Optional<Unwritten> unwritten = Optional.empty();

  /** What would stand in the place of what stands there. */
  private record Unwritten(Outcomes before, Outcomes after) {}

  Notebook(AppPath path, AppBook book, Duration limit) {
    this.path = path;
    this.book = book;
    this.limit = limit;
  }

  /** Whether all that is known is written down. */
  boolean isWritten() {
    return unwritten.isEmpty();
  }

  /**
   * Takes note of those.
   *
   * @return all that is known then, written down or not
   */
  Outcomes note(Aftermath aftermath, List<Instance> told, List<Instance> lost) {
    try {
      Outcomes after = book.update(path, known -> aftermath.of(last(known), told, lost), limit);
      unwritten = Optional.empty();
      return after;
    } catch (Failure e) {
      if (unwritten.isEmpty()) {
        LOG.warn("ends of instances not written down yet", "app", path, "reason", e.getMessage());
      }
      Outcomes known = book.outcomes(path);
      Outcomes after = aftermath.of(last(known), told, lost);
      unwritten = Optional.of(new Unwritten(known, after));
      return after;
    }
  }

  /** What others have written since counts more than what could not be written. */
  private Outcomes last(Outcomes known) {
    return unwritten.filter(it -> it.before().equals(known)).map(Unwritten::after).orElse(known);
  }

  /** Nobody is to come home to these any more: their nodes are away, and the app is smaller now. */
  void leave(Set<Integer> slots) {
    if (slots.isEmpty()) {
      return;
    }
    try {
      book.update(path, known -> without(known, slots), limit);
      LOG.info("slots have no home any more", "app", path, "slots", slots);
    } catch (Failure e) {
      // The next look does it.
      LOG.debug("homes not left yet", "app", path, "reason", e.getMessage());
    }
  }

  private static Outcomes without(Outcomes known, Set<Integer> slots) {
    Outcomes fewer = known;
    for (int slot : slots) {
      fewer = fewer.unhoused(slot);
    }
    return fewer;
  }
}
