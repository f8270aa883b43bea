package io.dockherd.herd.group;

import static io.dockherd.herd.group.CliquesTest.letters;
import static io.dockherd.herd.group.CliquesTest.links;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which views may become one, seen by the oldest of one of them. Each letter is a peer. */
class MergeCheckTest {
  @Test
  void viewsWhosePeersAllReachEachOtherMayBecomeOne() {
    MergeCheck<String> check = check("AC", "BD", "E");
    assertEquals(Set.of("B", "D", "E"), check.unreached("A"));
    check.reached("A", Set.of("B", "D", "E"));
    assertFalse(check.isWhole());
    check.reached("C", Set.of("B", "D", "E"));
    assertTrue(check.isWhole());
    assertEquals(List.of(letters("BD"), letters("E")), check.outcome().open());
    assertEquals(Optional.empty(), check.outcome().leftOutBy());
  }

  @Test
  void oneMissingLinkKeepsOneViewOutAndNotTheOthers() {
    MergeCheck.Outcome<String> outcome = outcome("AC", "AB", "B", "D");
    assertEquals(List.of(letters("D")), outcome.open());
    assertEquals(links("AB"), outcome.missing());
    assertEquals(Optional.empty(), outcome.leftOutBy(), "the larger is never left out");
    assertEquals(Map.of(), outcome.misfits());
  }

  @Test
  void whoeverHasTheMissingLinkInTheSmallerViewIsLeftOut() {
    MergeCheck.Outcome<String> outcome = outcome("B", "BA", "CA", "D");
    assertEquals(List.of(letters("D")), outcome.open());
    assertEquals(Optional.of("C"), outcome.leftOutBy());
    assertEquals(Map.of(), outcome.misfits(), "nobody would gain");
  }

  @Test
  void whoeverMissesManyOthersIsLeftOutThoughItsViewIsTheLarger() {
    assertEquals(Map.of("D", Set.of("A")), outcome("BAC", "AD AE", "DE").misfits());
    assertEquals(Map.of(), outcome("DE", "AD AE", "BAC").misfits(), "they wait");
  }

  @Test
  void whoCouldBeInALargerWholePartsFromWhoCannot() {
    // Were B and A one link less apart, all six could be one: A's view is the larger, so B goes.
    assertEquals(Map.of("A", Set.of("B")), outcome("DB", "BA", "AC" + "EF").misfits());
    assertEquals(Map.of("A", Set.of("D")), outcome("BD", "BA", "AC" + "EF").misfits());
    assertEquals(Map.of(), outcome("ACEF", "BA", "BD").misfits(), "the larger stays as it is");
  }

  @Test
  void viewsOfOneSizeAgreeWhoGoes() {
    assertEquals(Map.of(), outcome("AC", "AB", "BD").misfits());
    assertEquals(Map.of("A", Set.of("D")), outcome("BD", "AB", "AC").misfits());
    assertEquals(Optional.of("A"), outcome("B", "AB", "A").leftOutBy());
    assertEquals(Optional.empty(), outcome("A", "AB", "B").leftOutBy());
  }

  @Test
  void whereViewsOverlapOnlyThoseWhoAreNotTogetherInBothAreToReachEachOther() {
    // B slept while the others made a view without it.
    MergeCheck<String> check = check("AC", "ABC");
    assertEquals(Set.of("B"), check.unreached("A"));
    assertEquals(Set.of("B"), check.unreached("C"));
    MergeCheck<String> sleeper = check("BAC", "AC");
    assertEquals(Set.of("A", "C"), sleeper.unreached("B"));
    assertEquals(Set.of(), sleeper.unreached("A"));
    assertTrue(check("AC", "AC").isWhole());
  }

  private static MergeCheck<String> check(String ours, String... others) {
    return new MergeCheck<>(
        ours.substring(0, 1),
        letters(ours),
        Arrays.stream(others).map(CliquesTest::letters).toList());
  }

  /** When all links but these are there. */
  private static MergeCheck.Outcome<String> outcome(String ours, String missing, String... others) {
    MergeCheck<String> check = check(ours, others);
    Set<Link<String>> broken = links(missing);
    for (String peer : letters(ours)) {
      for (String stranger : check.unreached(peer)) {
        if (!broken.contains(Link.between(peer, stranger))) {
          check.reached(peer, Set.of(stranger));
        }
      }
    }
    return check.outcome();
  }
}
