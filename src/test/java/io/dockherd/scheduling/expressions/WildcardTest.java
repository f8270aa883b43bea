package io.dockherd.scheduling.expressions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WildcardTest {
  @Test
  void matchesWhatTheRegularExpressionMatches() {
    Random random = new Random(1);
    for (int i = 0; i < 50_000; i++) {
      String value = text(random, "ab*-", 1 + random.nextInt(6));
      String text = text(random, "ab-\n", random.nextInt(7));
      assertTrue(Wildcard.fits(value));
      Pattern same = Pattern.compile("^" + value.replaceAll("\\*+", ".*") + "$");
      assertEquals(
          same.matcher(text).find(), Wildcard.of(value).matches(text), value + " of " + text);
    }
  }

  @Test
  void whatHasOtherSignsIsLeftToRegularExpressions() {
    for (String value : new String[] {"a.b", "a|b", "(a", "a+", "[a]", "a?", "a\\b", "^a", "a$"}) {
      assertFalse(Wildcard.fits(value), value);
    }
  }

  private static String text(Random random, String letters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
