package io.dockherd.doors.docker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "busybox, busybox, true",
    "busybox, busybox:latest, false",
    "busy*, busybox, true",
    "*box, busybox, true",
    "b*y*x, busybox, true",
    "*, a/b, false",
    "*/*, a/b, true",
    "*:latest, busybox:latest, true",
    "a/*:1, a/b:1, true",
    "a/*:1, a/b/c:1, false",
    "b?x, box, true",
    "b?x, bx, false",
    "a?b, a/b, false",
    "[a-c]x, bx, true",
    "[^a-c]x, bx, false",
    "[^a-c]x, dx, true",
    "[ab, a, false",
    "'a\\*', 'a*', true",
    "'a\\*', ab, false",
    "'*', '', true",
    "'', '', true",
    "'', a, false",
  })
  void fitsAsAShellsPatternFitsPaths(String pattern, String text, boolean fits) {
    assertEquals(fits, new Glob(pattern == null ? "" : pattern).fits(text == null ? "" : text));
  }

  @Test
  void aHostilePatternTakesNoLongerThanItsLengthTimesTheTexts() {
    assertFalse(new Glob("*a".repeat(2_000) + "b").fits("a".repeat(5_000)));
  }
}
