package io.dockherd.herd.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How peers that don't all hear each other are parted. The first letter is the oldest. */
class CliquesTest {
  @ParameterizedTest
  @CsvSource({
    "ABC, '', ABC",
    // One link: the younger of its ends goes, wherever the oldest is.
    "ABC, AB, AC B",
    "ABC, BC, AB C",
    "BAC, AB, BC A",
    "ABCDE, DE, ABCD E",
    // Nobody hears one: it goes, and be it the oldest.
    "ABC, AB AC, BC A",
    "ABCD, DA DB DC, ABC D",
    // Who misses the most others goes, though it is the oldest.
    "ABCDE, AB AC AD, BCDE A",
    "ABCDE, EA EB, ABCD E",
    // The network splits.
    "ABCD, AC AD BC BD, AB CD",
    "ACBD, AC AD BC BD, AB CD",
    "ABCDE, AC AD AE BC BD BE, CDE AB",
    // One in the middle hears two sides that don't hear each other.
    "CABDE, AD AE BD BE, CAB DE",
    "ABCDE, AB BC CD DE EA, AD BE C",
    "AB, AB, A B",
    // Nobody hears anybody.
    "ABC, AB BC CA, A B C",
  })
  void partedByTheLinksThatAreBroken(String oldestFirst, String broken, String parts) {
    assertEquals(
        Arrays.asList(parts.split(" ")),
        Cliques.of(letters(oldestFirst), links(broken)).stream()
            .map(part -> String.join("", part))
            .toList());
  }

  @Test
  void whateverIsBrokenAllInAPartHearEachOtherAndEverybodyIsInOne() {
    Random random = new Random(20);
    for (int round = 0; round < 500; round++) {
      List<String> all = letters("ABCDEFGHIJ".substring(0, 1 + random.nextInt(10)));
      Set<Link<String>> broken = new HashSet<>();
      double share = random.nextDouble();
      for (Link<String> link : pairs(all)) {
        if (random.nextDouble() < share) {
          broken.add(link);
        }
      }
      List<List<String>> parts = Cliques.of(all, broken);
      assertEquals(
          all, parts.stream().flatMap(List::stream).sorted().toList(), "each once: " + broken);
      for (List<String> part : parts) {
        assertEquals(part.stream().sorted().toList(), part, "oldest first");
        pairs(part).forEach(link -> assertFalse(broken.contains(link), parts + " " + broken));
      }
    }
  }

  static List<String> letters(String word) {
    return Arrays.asList(word.split(""));
  }

  /** As {@code AB CD}. */
  static Set<Link<String>> links(String words) {
    return Arrays.stream(words.split(" "))
        .filter(word -> !word.isEmpty())
        .map(word -> Link.between(word.substring(0, 1), word.substring(1)))
        .collect(Collectors.toSet());
  }

  static List<Link<String>> pairs(List<String> all) {
    List<Link<String>> pairs = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < i; j++) {
        pairs.add(Link.between(all.get(i), all.get(j)));
      }
    }
    return pairs;
  }
}
