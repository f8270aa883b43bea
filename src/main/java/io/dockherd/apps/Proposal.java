package io.dockherd.apps;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.RevisionId;
import java.util.List;
import java.util.Set;

/** A change of apps that are there, to be looked at before it is made. */
public sealed interface Proposal {
  /** As {@link Apps#scale}. */
  record Scale(AppPath path, int instances) implements Proposal {}

  /** As {@link Apps#restart}. */
  record Restart(AppPath path) implements Proposal {}

  /** As {@link Apps#rollBack}. */
  record RollBack(AppPath path, RevisionId to) implements Proposal {}

  /** As {@link Apps#cancel}. */
  record Cancel(String rolloutId, boolean force) implements Proposal {}

  /** As {@link Apps#delete}. */
  record Delete(List<AppPath> paths) implements Proposal {
    public Delete {
      paths = List.copyOf(paths);
    }
  }

  /** As {@link Apps#kill}. */
  record Kill(AppPath path, Set<InstanceId> which, boolean isScaling) implements Proposal {
    public Kill {
      which = Set.copyOf(which);
    }
  }
}
