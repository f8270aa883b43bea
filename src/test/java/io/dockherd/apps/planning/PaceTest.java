package io.dockherd.apps.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.apps.model.UpdatePolicy;
import io.dockherd.apps.model.UpdatePolicy.OnFailure;
import io.dockherd.apps.model.UpdatePolicy.Order;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private record Case(
      Order order,
      int atOnce,
      double least,
      double over,
      int wanted,
      boolean inPlace,
      String pace) {}

  private static UpdatePolicy policy(Case one) {
    return new UpdatePolicy(
        one.atOnce(),
        one.order(),
        one.least(),
        one.over(),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        0,
        OnFailure.PAUSE);
  }

  @Test
  void aPolicyInNumbersAlwaysLeavesRoomToMove() {
    Order start = Order.START_FIRST;
    Order stop = Order.STOP_FIRST;
    for (Case one :
        List.of(
            new Case(start, 1, 1, 1, 4, false, "START_FIRST 4..8"),
            new Case(start, 1, 1, 0, 4, false, "START_FIRST 4..5"),
            new Case(start, 1, 0.5, 0, 4, false, "STOP_FIRST 2..4"),
            new Case(start, 1, 0.5, 0.25, 4, false, "START_FIRST 2..5"),
            new Case(stop, 1, 1, 1, 4, false, "START_FIRST 4..8"),
            new Case(stop, 1, 1, 0, 4, false, "START_FIRST 4..5"),
            new Case(stop, 1, 0.6, 1, 4, false, "STOP_FIRST 3..4"),
            new Case(stop, 0, 0.6, 1, 4, false, "STOP_FIRST 3..8"),
            new Case(stop, 1, 0.7, 0, 10, false, "STOP_FIRST 7..10"),
            new Case(start, 1, 1, 1, 1, true, "STOP_FIRST 0..1"),
            new Case(start, 1, 1, 1, 3, true, "STOP_FIRST 2..3"),
            new Case(start, 1, 1, 1, 0, false, "START_FIRST 0..1"))) {
      Pace pace = Pace.of(policy(one), one.wanted(), one.inPlace());
      assertEquals(
          one.pace(), pace.order() + " " + pace.least() + ".." + pace.most(), one.toString());
    }
  }

  @Test
  void inPlaceTheyGoOneByOneWhateverElseIsSaid() {
    UpdatePolicy policy = policy(new Case(Order.START_FIRST, 0, 0.5, 1, 4, true, ""));
    Pace pace = Pace.of(policy, 4, true);
    assertEquals(1, pace.free(0));
    assertEquals(0, pace.free(1));
  }
}
