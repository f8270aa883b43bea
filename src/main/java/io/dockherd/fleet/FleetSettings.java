package io.dockherd.fleet;

import io.dockherd.fleet.watch.WatchSettings;
import java.time.Duration;

/**
 * How the fleet works.
 *
 * @param watch how this node's engine is watched
 * @param pullLimit how long pulling an image may take, however many wait for it. Longer than any
 *     one caller's limit, so that the image is there for the next even if the first has given up
 * @param doubtful how long a create call whose outcome was not learned is remembered, so that what
 *     comes of it after all is removed. An engine that hung may finish what it had begun when it
 *     goes on
 * @param placement where containers go
 */
public record FleetSettings(
    WatchSettings watch, Duration pullLimit, Duration doubtful, PlacementSettings placement) {
  /** What fits a herd on a local network. */
  public static FleetSettings defaults() {
    return new FleetSettings(
        WatchSettings.defaults(),
        Duration.ofHours(1),
        Duration.ofMinutes(10),
        PlacementSettings.defaults());
  }

  /** The same with another watch. */
  public FleetSettings watching(WatchSettings other) {
    return new FleetSettings(other, pullLimit, doubtful, placement);
  }

  /** The same with another way to place containers. */
  public FleetSettings placing(PlacementSettings other) {
    return new FleetSettings(watch, pullLimit, doubtful, other);
  }
}
