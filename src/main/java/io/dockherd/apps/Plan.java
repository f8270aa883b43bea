package io.dockherd.apps;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be done, in order, to bring apps from what they are to what they are to be.
 *
 * @param steps may be done side by side as far as a later one is not another's consequence
 * @param waiting why not all that is wanted is among the steps
 */
public record Plan(List<Step> steps, Optional<Waiting> waiting) {
  /** There is nothing to do. */
  public static final Plan NOTHING = new Plan(List.of(), Optional.empty());

  public Plan {
    steps = List.copyOf(steps);
    Objects.requireNonNull(waiting, "waiting");
  }
}
