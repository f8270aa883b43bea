package io.dockherd.doors.actions;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * What the actions door can be told.
 *
 * @param clusterAddress base of the bus addresses: the herd's name, unless the seed's key says
 *     otherwise
 * @param taskTimeout for actions that only ask
 * @param newContainerTimeout for making or changing one container, pulling not counted
 * @param pullTimeout for pulling an image, on top where an action may pull
 * @param announceInterval between two heartbeats on {@code <cluster>.register}
 * @param actionTimeouts canonical action name → its limit instead of the above
 * @param maxInstances the most containers one request may ask for
 * @param maxInWork the most messages of the bus in work at once
 */
public record ActionSettings(
    String clusterAddress,
    Duration taskTimeout,
    Duration newContainerTimeout,
    Duration pullTimeout,
    Duration announceInterval,
    Map<String, Duration> actionTimeouts,
    int maxInstances,
    int maxInWork) {
  public ActionSettings {
    Objects.requireNonNull(clusterAddress, "clusterAddress");
    Objects.requireNonNull(taskTimeout, "taskTimeout");
    Objects.requireNonNull(newContainerTimeout, "newContainerTimeout");
    Objects.requireNonNull(pullTimeout, "pullTimeout");
    Objects.requireNonNull(announceInterval, "announceInterval");
    actionTimeouts = Map.copyOf(actionTimeouts);
    if (clusterAddress.isEmpty() || maxInstances < 1 || maxInWork < 1) {
      throw new IllegalArgumentException("an actions door nobody can use");
    }
  }

  /** The defaults, for a herd of that name. */
  public static ActionSettings of(String herd) {
    return new ActionSettings(
        herd,
        Duration.ofMillis(2_500),
        Duration.ofSeconds(15),
        Duration.ofMinutes(10),
        Duration.ofMillis(1_250),
        Map.of(),
        1_000,
        256);
  }
}
