package io.dockherd.herd.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of silence, in beats. The first letter is the oldest; "BA" is what B sends to A. */
class SuspicionsTest {
  private static final Suspicions.Limits LIMITS =
      Suspicions.Limits.of(
          new GroupSettings.Watching(
              Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofMillis(400)));

  /** Twelve beats are six seconds. */
  private static final int NOTICED = 12;

  private final Random random = new Random(7);

  @Test
  void theDefaultsInBeats() {
    assertEquals(new Suspicions.Limits(6, 9, 10), LIMITS);
    assertThrows(IllegalArgumentException.class, () -> new Suspicions.Limits(3, 3, 4));
  }

  @ParameterizedTest
  @CsvSource({
    // Nothing passes between two, whoever is the oldest.
    "ABC, AB BA, AC B",
    "ABC, BC CB, AB C",
    "ABC, AC CA, AB C",
    // Nothing passes one way.
    "ABC, AB, AC B",
    "ABC, BA, AC B",
    "ABC, BC, AB C",
    "ABC, CB, AB C",
    "ABC, AC, AB C",
    "ABC, CA, AB C",
    // Two alone.
    "AB, BA, A B",
    // One that nobody hears, or that hears nobody.
    "ABC, AB AC, A BC",
    "ABC, BA CA, A BC",
    "ABCDE, BA CA DA EA, A BCDE",
    // The network splits.
    "ABCD, AC CA AD DA BC CB BD DB, AB CD",
    "ACBD, AC CA AD DA BC CB BD DB, AB CD",
    "ABCDE, AC CA AD DA AE EA BC CB BD DB BE EB, AB CDE",
  })
  void theHerdPartsWithinSixSecondsAndStaysSo(String oldestFirst, String muted, String views) {
    SimulatedHerd herd = new SimulatedHerd(LIMITS, oldestFirst, random);
    herd.beats(20);
    herd.mute(muted);
    herd.beatsUntil(views, NOTICED);
    herd.beats(50);
    assertEquals(views, herd.views());
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B", "C", "D"})
  void aDeathIsNoBrokenLinkAndPartsNobodyElse(String dead) {
    String alive = "ABCD".replace(dead, "");
    for (int seed = 0; seed < 50; seed++) {
      SimulatedHerd herd = new SimulatedHerd(LIMITS, "ABCD", new Random(seed));
      herd.beats(seed % 7);
      herd.freeze(dead);
      herd.beatsUntil(alive, NOTICED);
      assertFalse(herd.concludedBy(alive.substring(0, 1)).isLinks());
      herd.beats(30);
      assertEquals(alive, herd.views(), "seed " + seed);
    }
  }

  @Test
  void aBrokenLinkIsToldFromADeathByThoseWhoHearTheOther() {
    SimulatedHerd herd = new SimulatedHerd(LIMITS, "CAB", random);
    herd.mute("AB BA");
    herd.beatsUntil("B CA", NOTICED);
    assertTrue(herd.concludedBy("C").isLinks());
    assertEquals(Set.of(Link.between("A", "B")), herd.concludedBy("C").broken());
  }

  @Test
  void aLinkThatComesAndGoesFasterThanSilenceIsNoticedPartsNobody() {
    SimulatedHerd herd = new SimulatedHerd(LIMITS, "ABC", random);
    for (int i = 0; i < 100; i++) {
      herd.mute("AB BA");
      herd.beats(LIMITS.unheard() - 3);
      herd.heal();
      herd.beat();
    }
    assertEquals("ABC", herd.views());
  }

  @Test
  void aDoubtThatIsAnsweredIsNone() {
    Suspicions<String> a = alone("A", "AB");
    a.doubt("B");
    assertEquals(Set.of("B"), a.beat().asked());
    a.heard("B");
    assertEquals(Optional.empty(), a.beat().parting());
    assertEquals(Optional.empty(), a.beat().parting());
  }

  @Test
  void aDoubtThatIsNotAnsweredIsADeathAfterTwoBeats() {
    Suspicions<String> a = alone("A", "AB");
    a.doubt("B");
    assertEquals(Optional.empty(), a.beat().parting());
    assertEquals(List.of("A"), a.beat().parting().orElseThrow().with("A"));
  }

  @Test
  void whoHasGoneIsGoneThoughItAnswers() {
    Suspicions<String> a = alone("A", "ABC");
    a.departed("B", 0);
    a.heard("C");
    assertEquals(Optional.empty(), a.beat().parting(), "its view is older than ours");
    a.departed("B", 1);
    a.heard("B");
    a.heard("C");
    assertEquals(List.of("A", "C"), a.beat().parting().orElseThrow().with("A"));
  }

  @Test
  void whoNeverHearsAnythingLateIsNeverUnheard() {
    // All cores are busy: what is sent arrives five beats later, in one go.
    Suspicions<String> a = alone("A", "ABC");
    for (int beat = 0; beat < 200; beat++) {
      if (beat % 6 == 0) {
        a.heard("B");
        a.heard("C");
      }
      Suspicions.Beat<String> now = a.beat();
      assertEquals(Set.of(), now.report().unheard());
      assertEquals(Optional.empty(), now.parting());
    }
  }

  @Test
  void aReportOfAnotherViewOrOneThatWasOvertakenCountsForNothing() {
    Suspicions<String> a = alone("A", "ABC");
    report(a, 0, 5, Set.of("C"));
    assertEquals(Optional.empty(), hearingAll(a).parting(), "an older view");
    report(a, 2, 6, Set.of("C"));
    assertEquals(Optional.empty(), hearingAll(a).parting(), "a view to come");
    report(a, 1, 8, Set.of());
    report(a, 1, 7, Set.of("C"));
    assertEquals(Optional.empty(), hearingAll(a).parting(), "overtaken");
    report(a, 1, 9, Set.of("C", "B", "X"));
    assertEquals(Set.of(Link.between("B", "C")), hearingAll(a).parting().orElseThrow().broken());
    a.install(List.of("A", "B"), 2);
    a.install(List.of("A", "B", "C"), 3);
    assertEquals(Optional.empty(), hearingAll(a).parting(), "of a C that has left since");
  }

  @Test
  void theReportOfOneThatIsSilentItselfCountsForNothing() {
    Suspicions<String> a = alone("A", "ABC");
    report(a, 1, 1, Set.of("C"));
    for (int beat = 0; beat < LIMITS.faint() - 1; beat++) {
      a.heard("C");
      a.beat();
    }
    a.heard("C");
    assertEquals(Optional.empty(), a.beat().parting());
  }

  /** Whatever is broken, one way or both, while views are made: all agree in the end. */
  @Test
  void inTheEndAllOfAViewHearEachOtherAndHaveTheSameView() {
    for (int seed = 0; seed < 500; seed++) {
      Random chance = new Random(seed);
      List<String> all = CliquesTest.letters("ABCDEFG".substring(0, 2 + chance.nextInt(6)));
      SimulatedHerd herd = new SimulatedHerd(LIMITS, String.join("", all), chance);
      double share = chance.nextDouble() / 2;
      if (chance.nextBoolean()) {
        herd.chat();
      }
      for (Link<String> link : CliquesTest.pairs(all)) {
        List<String> ends = new ArrayList<>(link.ends());
        herd.beats(chance.nextInt(4));
        if (chance.nextDouble() < share) {
          herd.mute(ends.getFirst() + ends.getLast());
        }
        if (chance.nextDouble() < share) {
          herd.mute(ends.getLast() + ends.getFirst());
        }
      }
      if (chance.nextInt(4) == 0) {
        herd.freeze(all.get(chance.nextInt(all.size())));
      }
      herd.beats(80);
      for (String view : herd.views().split(" ")) {
        for (String peer : CliquesTest.letters(view)) {
          assertEquals(view, herd.viewOf(peer), "seed " + seed + ": " + herd.views());
        }
        for (Link<String> link : CliquesTest.pairs(CliquesTest.letters(view))) {
          List<String> ends = List.copyOf(link.ends());
          assertTrue(herd.isWhole(ends.getFirst(), ends.getLast()), "seed " + seed + " " + view);
        }
      }
    }
  }

  private static Suspicions<String> alone(String self, String oldestFirst) {
    Suspicions<String> one = new Suspicions<>(self, LIMITS);
    one.install(CliquesTest.letters(oldestFirst), 1);
    return one;
  }

  private static void report(Suspicions<String> to, long view, long beat, Set<String> unheard) {
    to.report("B", new Suspicions.Report<>(view, beat, Set.of(), unheard));
  }

  private static Suspicions.Beat<String> hearingAll(Suspicions<String> a) {
    a.heard("B");
    a.heard("C");
    return a.beat();
  }

  @Test
  void whomAnotherHearsNoMoreIsAskedBeforeItsDeathIsTakenForABrokenLink() {
    Suspicions<String> third = new Suspicions<>("C", LIMITS);
    third.install(List.of("A", "B", "C"), 1);
    assertEquals(
        Set.of("A"), third.report("B", new Suspicions.Report<>(1, 1, Set.of(), Set.of("A"))));
    assertEquals(Optional.empty(), third.beat().parting());
    third.heard("A");
    assertEquals(
        Set.of(),
        third.report("B", new Suspicions.Report<>(1, 2, Set.of(), Set.of("A"))),
        "asked once");
    assertEquals(
        Set.of(Link.between("A", "B")), third.beat().parting().orElseThrow().broken(), "it lives");
  }
}
