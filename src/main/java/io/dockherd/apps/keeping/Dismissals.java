package io.dockherd.apps.keeping;

import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.InstanceId;
import java.util.Set;

/** Has instances stopped by whoever looks after their app: nodes obey nobody else. */
@FunctionalInterface
public interface Dismissals {
  /**
   * Stops instances.
   *
   * @param isScaling whether the app is to be that much smaller
   * @return those that were told to stop; ids that are none of the app's are skipped
   * @throws io.dockherd.failure.Conflict when the app is to be smaller, and is locked by a rollout
   */
  Set<InstanceId> stop(
      AppPath path, Set<InstanceId> which, boolean isScaling, ChangeOptions options);
}
