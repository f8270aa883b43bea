package io.dockherd.herd.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The merge rule, on thousands of made-up pasts. */
class LineageTest {
  private static final int CASES = 5000;
  private static final List<String> NODES = List.of("a", "b", "c", "d", "e", "f", "g", "h");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void mergingIsTheSameInAnyOrderGroupingAndRepetition() {
    for (int i = 0; i < CASES; i++) {
      List<Lineage> parts = new ArrayList<>();
      List<Revision> all = new ArrayList<>();
      for (int p = 1 + random.nextInt(6); p > 0; p--) {
        List<Revision> some = arbitraryRevisions();
        all.addAll(some);
        parts.add(Lineage.of(some));
      }
      Lineage expected = Lineage.of(all);
      assertEquals(expected, shuffledTree(parts), "seed " + seed + " case " + i);
      assertEquals(expected, expected.merge(expected), "seed " + seed + " case " + i);
      assertEquals(expected, expected.merge(parts.getFirst()), "seed " + seed + " case " + i);
    }
  }

  @Test
  void bytesAreReadAsTheyWereWritten() {
    for (int i = 0; i < CASES; i++) {
      Lineage lineage = Lineage.of(arbitraryRevisions());
      assertEquals(
          lineage,
          LineageCodec.decode(LineageCodec.encode(lineage)),
          "seed " + seed + " case " + i);
    }
  }

  @Test
  void theHigherCounterWinsThenTheGreaterName() {
    Lineage left = write(write(Lineage.EMPTY, "a", "1"), "a", "2");
    Lineage right = write(Lineage.EMPTY, "b", "3");
    assertEquals(new Version(2, "a"), left.merge(right).version());
    assertEquals(new Version(2, "c"), left.merge(write(right, "c", "4")).version());
  }

  @Test
  void whatLostIsKeptHoweverOftenTheWinnerWrote() {
    Lineage common = write(Lineage.EMPTY, "a", "common");
    Lineage loser = write(common, "b", "lost");
    Lineage winner = common;
    for (int i = 0; i < 50; i++) {
      winner = write(winner, "a", "w" + i);
    }
    Lineage merged = winner.merge(loser);
    assertEquals("w49", text(merged.head().orElseThrow()));
    assertTrue(merged.revisions().stream().anyMatch(revision -> text(revision).equals("lost")));
  }

  @Test
  void aConflictIsNewsOnceOnEachSide() {
    Lineage common = write(Lineage.EMPTY, "a", "common");
    Lineage left = write(write(common, "a", "x"), "a", "y");
    Lineage right = write(common, "b", "z");
    Lineage merged = left.merge(right);
    assertEquals(List.of("z"), texts(left.losers(right, merged)));
    assertEquals(List.of("z"), texts(right.losers(left, merged)));
    assertEquals(List.of("z"), texts(left.losers(merged, merged)), "merged elsewhere before");
    assertEquals(List.of("z"), texts(right.losers(merged, merged)), "merged elsewhere before");
    assertEquals(List.of(), texts(merged.losers(right, merged)));
    assertEquals(List.of(), texts(merged.losers(left, merged)));
    assertEquals(List.of(), texts(common.losers(left, left)), "being late is no conflict");
    assertEquals(List.of(), texts(Lineage.EMPTY.losers(merged, merged)), "nor is being new");
    Lineage next = write(merged, "b", "settled");
    assertEquals(List.of(), texts(merged.losers(next, next)));
    assertEquals(List.of(), texts(left.losers(next, next.merge(left))));
  }

  @Test
  void eachSideThatLostIsTold() {
    Lineage common = write(Lineage.EMPTY, "a", "common");
    Lineage one = write(write(common, "a", "1"), "a", "2");
    Lineage two = write(common, "b", "3");
    Lineage three = write(common, "c", "4");
    Lineage both = two.merge(three);
    assertEquals(List.of("3"), texts(two.losers(three, both)));
    assertEquals(List.of("4"), texts(both.losers(one, both.merge(one))), "3 had lost before");
    assertEquals(List.of("4", "3"), texts(one.losers(both, both.merge(one))));
  }

  @Test
  void whatLostIsKnownUntilSomebodyWritesWhoKnowsIt() {
    Lineage common = write(Lineage.EMPTY, "a", "common");
    Lineage one = write(write(common, "a", "1"), "a", "2");
    Lineage merged = one.merge(write(common, "b", "3")).merge(write(common, "c", "4"));
    assertEquals(List.of(), texts(one.losers()), "what was overwritten knowingly");
    assertEquals(List.of("4", "3"), texts(merged.losers()));
    assertEquals(List.of(), texts(write(merged, "c", "next").losers()));
  }

  @Test
  void theSameValueOnBothSidesIsNoConflict() {
    Lineage left = write(Lineage.EMPTY, "a", "same");
    Lineage right = write(Lineage.EMPTY, "b", "same");
    assertEquals(List.of(), texts(left.losers(right, left.merge(right))));
  }

  private Lineage shuffledTree(List<Lineage> parts) {
    List<Lineage> left = new ArrayList<>(parts);
    for (int i = random.nextInt(4); i > 0; i--) {
      left.add(parts.get(random.nextInt(parts.size())));
    }
    while (left.size() > 1) {
      Collections.shuffle(left, random);
      left.add(left.removeLast().merge(left.removeLast()));
    }
    return left.getFirst();
  }

  /** Also such as no honest past has: two of one version, versions that know nothing. */
  private List<Revision> arbitraryRevisions() {
    List<Revision> revisions = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      Map<String, Long> seen = new HashMap<>();
      for (int s = random.nextInt(3); s > 0; s--) {
        seen.put(NODES.get(random.nextInt(NODES.size())), (long) random.nextInt(20));
      }
      revisions.add(
          new Revision(
              new Version(1 + random.nextInt(15), NODES.get(random.nextInt(NODES.size()))),
              random.nextInt(4) == 0
                  ? Optional.empty()
                  : Optional.of(Buffer.buffer("{\"v\":" + random.nextInt(3) + "}")),
              "r" + random.nextInt(3),
              random.nextInt(2),
              seen,
              Buffer.buffer(random.nextInt(5) == 0 ? "more" : "")));
    }
    return revisions;
  }

  private static Lineage write(Lineage before, String node, String text) {
    long counter = before.version().counter() + 1;
    Map<String, Long> seen = new HashMap<>(before.seen());
    seen.put(node, counter);
    Revision revision =
        new Revision(
            new Version(counter, node),
            Optional.of(Buffer.buffer(text)),
            node + counter,
            0,
            seen,
            Buffer.buffer());
    return before.merge(Lineage.of(List.of(revision)));
  }

  private static List<String> texts(List<Revision> revisions) {
    return revisions.stream().map(LineageTest::text).toList();
  }

  private static String text(Revision revision) {
    return revision.value().orElseThrow().toString();
  }
}
