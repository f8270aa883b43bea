package io.dockherd.fleet;

import io.dockherd.failure.Invalid;
import io.dockherd.scheduling.Filter;
import io.dockherd.scheduling.Filters;
import io.dockherd.scheduling.Scheduler;
import io.dockherd.scheduling.Strategy;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How containers are placed whose caller leaves it to the herd.
 *
 * @param strategy spread, binpack or random
 * @param filters which of {@link Filters#names} are asked; always in their own order
 * @param overcommit how much more may be reserved on a node than it has: 0.05 for a twentieth
 */
public record PlacementSettings(Strategy strategy, List<String> filters, double overcommit) {
  public PlacementSettings {
    filters = List.copyOf(filters);
    for (String filter : filters) {
      if (!Filters.names().contains(filter)) {
        throw new Invalid(
            filter, "filter not supported", "use some of " + String.join(", ", Filters.names()));
      }
    }
    if (!(overcommit > -1)) {
      throw new Invalid(
          "overcommit", "overcommit should be larger than -1, " + overcommit + " is invalid", "");
    }
  }

  /** Evenly, by all filters. */
  public static PlacementSettings defaults() {
    return new PlacementSettings(Strategy.named("spread"), Filters.names(), 0.05);
  }

  /** Places by these. */
  public Scheduler scheduler(RandomGenerator lots) {
    return new Scheduler(Filters.of(filters, overcommit), strategy, lots);
  }

  /**
   * What a node asks itself before it makes a container somebody else has chosen it for: all that
   * may have changed since.
   */
  Scheduler atTheNode(RandomGenerator lots) {
    List<String> changing =
        filters.stream().filter(List.of("port", "containerslots", "affinity")::contains).toList();
    List<Filter> filtersThere = Filters.of(changing, overcommit);
    return new Scheduler(filtersThere, strategy, lots);
  }
}
