package io.dockherd.fleet.rescheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which containers should move where. */
class BalanceTest {
  private static final List<String> NODES = List.of("a", "b", "c");
  private static final Function<Balance.Movable, List<String>> ANYWHERE = one -> NODES;

  private static List<Balance.Movable> on(String node, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Balance.Movable(node + i, "web-" + node + i, node))
        .toList();
  }

  private static List<String> plan(Balance balance, int most) {
    return balance.plan(most).stream().map(move -> move.id() + ">" + move.to()).toList();
  }

  @Test
  void fromTheFullestToTheEmptiest() {
    Balance balance = new Balance(Map.of("a", 4, "b", 2, "c", 0), on("a", 4), ANYWHERE);
    assertEquals(List.of("a0>c", "a1>c"), plan(balance, 9));
  }

  @Test
  void noMoreThanWasSaid() {
    Balance balance = new Balance(Map.of("a", 9, "b", 0, "c", 0), on("a", 9), ANYWHERE);
    assertEquals(List.of("a0>b", "a1>c", "a2>b"), plan(balance, 3));
  }

  @Test
  void aDifferenceOfOneIsNone() {
    Balance balance = new Balance(Map.of("a", 2, "b", 1, "c", 1), on("a", 2), ANYWHERE);
    assertEquals(List.of(), plan(balance, 9));
  }

  @Test
  void whoMayNotGoAnywhereElseStaysAndTheNextGoes() {
    Balance balance =
        new Balance(
            Map.of("a", 4, "b", 4, "c", 0),
            List.of(new Balance.Movable("pinned", "x", "a"), new Balance.Movable("free", "y", "a")),
            one -> one.id().equals("pinned") ? List.of("a") : NODES);
    assertEquals(List.of("free>c"), plan(balance, 9));
  }

  @Test
  void aFullNodeWithNothingToGiveDoesNotStandInTheWayOfTheNext() {
    Balance balance = new Balance(Map.of("a", 9, "b", 4, "c", 0), on("b", 4), ANYWHERE);
    assertEquals(List.of("b0>c", "b1>c"), plan(balance, 9));
  }

  @Test
  void nodesNobodyCountsGetNothing() {
    Balance balance = new Balance(Map.of("a", 4, "b", 4), on("a", 4), one -> List.of("z"));
    assertEquals(List.of(), plan(balance, 9));
  }

  @Test
  void everyMoveMakesItMoreEvenAndNobodyMovesTwice() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Map<String, Integer> counts = new HashMap<>();
      List<Balance.Movable> movable = new ArrayList<>();
      for (String node : NODES) {
        int count = random.nextInt(12);
        counts.put(node, count);
        movable.addAll(on(node, random.nextInt(count + 1)));
      }
      int most = random.nextInt(8);
      List<Move> moves = new Balance(counts, movable, ANYWHERE).plan(most);
      assertTrue(moves.size() <= most, "seed " + seed);
      HashSet<String> moved = new HashSet<>();
      for (Move move : moves) {
        assertTrue(moved.add(move.id()), "seed " + seed);
        int before = counts.get(move.from()) - counts.get(move.to());
        assertTrue(before >= 2, "seed " + seed);
        counts.merge(move.from(), -1, Integer::sum);
        counts.merge(move.to(), 1, Integer::sum);
      }
    }
  }
}
