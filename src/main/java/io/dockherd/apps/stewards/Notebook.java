package io.dockherd.apps.stewards;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.planning.Aftermath;
import io.dockherd.failure.Failure;
import io.dockherd.telemetry.Log;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of an app's instances, written down. What can't be just now, for a disk is full, is
 * kept in mind until it can: that is no reason to replace nothing any more. Used by one thread at a
 * time.
 */
final class Notebook {
  private static final Log LOG = Log.of(Notebook.class);

  private final AppPath path;
  private final Office office;
  private Optional<Outcomes> unwritten = Optional.empty();

  Notebook(AppPath path, Office office) {
    this.path = path;
    this.office = office;
  }

  /** What is known after these. */
  Outcomes note(Aftermath aftermath, List<Instance> told, List<Instance> lost) {
    Outcomes written = office.book().outcomes(path);
    Outcomes after = aftermath.of(unwritten.orElse(written), told, lost);
    if (after.equals(written)) {
      unwritten = Optional.empty();
    } else {
      write(after);
    }
    return after;
  }

  private void write(Outcomes after) {
    try {
      office.book().write(path, after, office.settings().call());
      unwritten = Optional.empty();
    } catch (Failure e) {
      if (unwritten.isEmpty()) {
        LOG.warn("ends of instances not written down yet", "app", path, "reason", e.getMessage());
      }
      unwritten = Optional.of(after);
    }
  }

  /** Whether all that is known is written down. */
  boolean isWritten() {
    return unwritten.isEmpty();
  }
}
