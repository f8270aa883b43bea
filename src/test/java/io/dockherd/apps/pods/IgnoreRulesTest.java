package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {
  @ParameterizedTest
  @CsvSource({
    "*.md, README.md, true",
    "*.md, docs/README.md, false",
    "**/*.md, docs/a/README.md, true",
    "**/*.md, README.md, true",
    "docs, docs/README.md, true",
    "/docs/, docs/README.md, true",
    "*/temp*, somedir/temporary.txt, true",
    "*/temp*, a/b/temp, false",
    "*/*/temp*, a/b/temp, true",
    "temp?, tempa, true",
    "temp?, temp, false",
    "'*.md|!README.md', README.md, false",
    "'*.md|!README*.md|README-secret.md', README-secret.md, true",
    "'# a.md', a.md, false",
    "'#a.md', '#a.md', false",
    "'\\#a.md', '#a.md', true",
    "a[bc]d, acd, true",
    "a[^bc]d, acd, false",
    "a[b, a[b, true",
    "., anything, false",
    "'', anything, false",
    "a.c, abc, false",
    "'**', x/y, true",
  })
  void theLastLineThatFitsDecides(String lines, String path, boolean isIgnored) {
    assertEquals(isIgnored, IgnoreRules.of(lines.replace('|', '\n')).ignores(path));
  }

  /** One that backtracks is still at work when the world ends. */
  @Test
  void noLineIsATrap() {
    IgnoreRules many = IgnoreRules.of("**/".repeat(30) + "x");
    IgnoreRules apart = IgnoreRules.of("**/a*".repeat(30) + "x");
    IgnoreRules.of("**/".repeat(20_000) + "|" + "./".repeat(30_000));
    String deep = "a/".repeat(2_000) + "y";
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          assertFalse(many.ignores(deep));
          assertFalse(apart.ignores(deep));
        });
  }

  @Test
  void aLineThatIsNoPatternIsSaid() {
    Invalid invalid = assertThrows(Invalid.class, () -> IgnoreRules.of("[z-a]"));
    assertTrue(invalid.getMessage().contains("'[z-a]' in .dockerignore"), invalid::getMessage);
    assertThrows(Invalid.class, () -> IgnoreRules.of("a\n".repeat(1_001)));
  }
}
