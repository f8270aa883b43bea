package io.dockherd.apps.planning;

import io.dockherd.apps.model.UpdatePolicy;
import io.dockherd.apps.model.UpdatePolicy.Order;
import java.time.Duration;

/**
 * How instances are replaced, in numbers.
 *
 * @param order what comes first; never one that leaves no room to move
 * @param atOnce how many at once; 0: as many as the others allow
 * @param least so many stay healthy
 * @param most so many there may be, those that are being stopped included
 * @param delay from when one counts as well to the next
 * @param monitor how long one has to be well to count as well
 */
record Pace(Order order, int atOnce, int least, int most, Duration delay, Duration monitor) {
  /** A part of a whole number, less what a double can't hold. */
  private static final double SLIP = 1e-9;

  /**
   * For so many instances by that policy.
   *
   * @param inPlace whether each new one takes the very place of an old one, which has to be gone
   *     then: it has volumes of its own. Then they go one by one
   */
  static Pace of(UpdatePolicy policy, int wanted, boolean inPlace) {
    int least = (int) Math.ceil(wanted * policy.minimumHealthy() - SLIP);
    int most = (int) Math.floor(wanted * (1 + policy.maximumOver()) + SLIP);
    int atOnce = policy.parallelism();
    Order order = policy.order();
    if (inPlace) {
      order = Order.STOP_FIRST;
      least = Math.min(least, Math.max(0, wanted - 1));
      most = wanted;
      atOnce = 1;
    } else if (least >= wanted) {
      // None may go first; one more is started where the policy forbids that too.
      order = Order.START_FIRST;
      most = Math.max(most, wanted + 1);
    } else if (order == Order.STOP_FIRST && atOnce > 0) {
      most = wanted;
    } else if (most == wanted) {
      order = Order.STOP_FIRST;
    }
    return new Pace(order, atOnce, least, most, policy.delay(), policy.monitor());
  }

  /** For instances that are well and only have to be elsewhere. */
  static Pace moving(UpdatePolicy policy, int wanted, int atOnce) {
    int some = Math.max(1, atOnce);
    return new Pace(
        Order.START_FIRST, some, wanted, wanted + some, Duration.ZERO, policy.monitor());
  }

  boolean isStartingFirst() {
    return order == Order.START_FIRST;
  }

  /** How many more may be begun while so many are in work. */
  int free(int inWork) {
    return atOnce == 0 ? Integer.MAX_VALUE : Math.max(0, atOnce - inWork);
  }
}
