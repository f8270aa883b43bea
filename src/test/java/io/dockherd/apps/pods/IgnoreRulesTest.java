package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
