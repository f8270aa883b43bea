package io.dockherd.scheduling;

import java.util.ArrayList;
import java.util.List;

/** Classic Swarm's seven filters in their order, and those that can't be switched off. */
public final class Filters {
  /** All that can be chosen, in the order they are asked in. */
  public static final List<Filter> CHOICE =
      List.of(
          Filter.HEALTH,
          new Filter.Port(),
          new Filter.ContainerSlots(),
          new Filter.OfRules("dependency", Filters::isDependency),
          new Filter.OfRules("affinity", Filters::isAffinity),
          new Filter.OfRules("constraint", Rule.Constraint.class::isInstance),
          new Filter.OfRules("whitelist", Rule.Whitelist.class::isInstance));

  private Filters() {}

  /** Their names. */
  public static List<String> names() {
    return CHOICE.stream().map(Filter::name).toList();
  }

  /**
   * Those of these names, in their own order. A node that is away or has refused is left out in any
   * case, and what is reserved is never more than there is.
   *
   * @param overcommit as {@link Filter.Resources}
   */
  public static List<Filter> of(List<String> names, double overcommit) {
    List<Filter> filters = new ArrayList<>(List.of(Filter.HEALTH, Filter.NOT_EXCLUDED));
    CHOICE.stream()
        .filter(filter -> names.contains(filter.name()) && filter != Filter.HEALTH)
        .forEach(filters::add);
    filters.add(Filter.FREE_MEMORY);
    filters.add(new Filter.Resources(overcommit));
    return filters;
  }

  private static boolean isDependency(Rule rule) {
    return rule instanceof Rule.Beside
        || rule instanceof Rule.Volume
        || rule instanceof Rule.Network;
  }

  private static boolean isAffinity(Rule rule) {
    return rule instanceof Rule.Affinity
        || rule instanceof Rule.Image
        || rule instanceof Rule.Platform;
  }
}
