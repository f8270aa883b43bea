package io.dockherd.herd.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What comes of several checks in a row. */
class StandingTest {
  private static final MergeCheck.Outcome<String> WHOLE =
      new MergeCheck.Outcome<>(List.of(), Set.of(), Optional.empty(), Map.of());
  private static final MergeCheck.Outcome<String> LEFT_OUT =
      new MergeCheck.Outcome<>(
          List.of(),
          CliquesTest.links("BA"),
          Optional.of("A"),
          Map.of("A", Set.of("D"), "E", Set.of("F")));
  private static final MergeCheck.Outcome<String> LESS =
      new MergeCheck.Outcome<>(
          List.of(), CliquesTest.links("BA"), Optional.of("A"), Map.of("A", Set.of("D")));

  private final Standing<String> standing = new Standing<>(Duration.ofNanos(5));

  @Test
  void whoIsLeftOutIsForAsLongAsChecksSaySo() {
    assertEquals(Optional.empty(), standing.leftOutBy(0));
    standing.checked(LEFT_OUT, 10);
    assertEquals(Optional.of("A"), standing.leftOutBy(14));
    assertEquals(Optional.empty(), standing.leftOutBy(15), "nothing has been seen for long");
    standing.checked(LEFT_OUT, 20);
    standing.checked(WHOLE, 21);
    assertEquals(Optional.empty(), standing.leftOutBy(21));
  }

  @Test
  void whoPartsFromMisfitsIsStillLeftOutAndWhoMeetsOthersIsNot() {
    standing.checked(LEFT_OUT, 10);
    standing.changed(false);
    assertEquals(Optional.of("A"), standing.leftOutBy(11));
    standing.changed(true);
    assertEquals(Optional.empty(), standing.leftOutBy(11));
  }

  @Test
  void misfitsArePartedFromWhenTheyHaveBeenThatForSeveralChecks() {
    standing.checked(LEFT_OUT, 0);
    standing.checked(LEFT_OUT, 1);
    standing.checked(LESS, 2);
    assertEquals(Set.of(), standing.misfits(LESS));
    standing.checked(LEFT_OUT, 3);
    assertEquals(Set.of("D"), standing.misfits(LEFT_OUT), "f has been one for one check");
    standing.changed(false);
    standing.checked(LEFT_OUT, 4);
    assertEquals(Set.of(), standing.misfits(LEFT_OUT), "of another view");
  }

  @Test
  void oneCheckThatFailsIsNothingToTellPeopleOf() {
    for (int i = 1; i < Standing.PATIENCE; i++) {
      standing.checked(LESS, i);
      assertFalse(standing.isKeptApart());
    }
    standing.checked(LESS, 9);
    assertTrue(standing.isKeptApart());
    standing.checked(WHOLE, 10);
    assertFalse(standing.isKeptApart());
  }
}
