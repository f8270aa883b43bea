package io.dockherd.scheduling;

import io.dockherd.failure.Invalid;
import java.util.List;

/** A rule that says how good the nodes are that may take a container. */
@FunctionalInterface
public interface Strategy {
  /**
   * What placing the demand on each node costs, in the nodes' order: the least wins, equal ones are
   * drawn by lot. Only to be compared with each other.
   *
   * @param nodes all that may take it, so that a cost can be relative to the others
   */
  double[] costs(Demand demand, List<NodeLoad> nodes);

  /** Whether the lot alone decides, whatever else would speak for a node. */
  default boolean isByLot() {
    return false;
  }

  /** Their names. */
  List<String> NAMES = List.of("spread", "binpack", "random");

  /**
   * The one of that name.
   *
   * @throws Invalid when there is none
   */
  static Strategy named(String name) {
    return switch (name) {
      case "spread" -> new Spread();
      case "binpack", "binpacking" -> new Binpack();
      case "random" -> new Chance();
      default ->
          throw new Invalid(
              name, "strategy not supported", "use one of " + String.join(", ", NAMES));
    };
  }
}
