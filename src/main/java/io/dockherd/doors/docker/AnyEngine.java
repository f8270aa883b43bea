package io.dockherd.doors.docker;

import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import java.util.Objects;

/**
 * An engine for what any engine can answer: this node's own if it does, else the next that does.
 */
public record AnyEngine(Fleet fleet, HerdEngines engines) {
  public AnyEngine {
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(engines, "engines");
  }

  /**
   * One that answers, as far as is known.
   *
   * @throws Unreachable when none does
   */
  public Host host() {
    Host local = fleet.local();
    if (engines.engine(local.node()).isReachable()) {
      return local;
    }
    return fleet.hosts().stream()
        .filter(host -> engines.engine(host.node()).isReachable())
        .findFirst()
        .orElseThrow(() -> new Unreachable("herd", "no engine of the herd answers just now", ""));
  }
}
