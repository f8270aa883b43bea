package io.dockherd.scheduling.expressions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.dockherd.failure.Invalid;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          # expression;          text;     met
          node==host-1;          host-1;   true
          node==host-1;          host-10;  false
          node!=host-1;          host-2;   true
          node!=host-1;          host-1;   false
          node==~host-1;         host-1;   true
          node==host-*;          host-10;  true
          node==*-1;             host-1;   true
          node==/host-[12]$/;    host-2;   true
          node==/host-[12]$/;    host-3;   false
          node!=/host-[12]/;     host-3;   true
          node==/(?i)HOST/;      my-host;  true
          node==a|b;             abc;      true
          node==a|b;             cab;      true
          node==a|b;             c;        false
          node==h.st;            host;     true
          image==[x;             [x;       refused
          storage==ssd;          '';       false
          zone!=x;               '';       true
          """)
  void aConditionIsMet(String expression, String text, String met) {
    if (met.equals("refused")) {
      assertThrows(Invalid.class, () -> Expression.parse(expression));
    } else {
      assertEquals(
          Boolean.valueOf(met), Expression.parse(expression).isMetBy(text == null ? "" : text));
    }
  }

  @Test
  void ofSeveralTextsOneIsEnoughAndForUnequalAllMustDiffer() {
    List<String> names = List.of("a1", "b1");
    assertEquals(true, Expression.parse("container==b1").isMetBy(names));
    assertEquals(false, Expression.parse("container!=b1").isMetBy(names));
    assertEquals(true, Expression.parse("container!=c1").isMetBy(names));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          node;            One of operator ==, != is expected
          node=host;       One of operator ==, != is expected
          n==host;         Key 'n' is invalid
          1node==host;     Key '1node' is invalid
          node==;          Value '' is invalid
          node==~;         Value '~' is invalid
          node==a,b;       Value 'a,b' is invalid
          node==a=b;       Value 'a=b' is invalid
          """)
  void whatIsNoneIsRefusedInSwarmsWords(String expression, String message) {
    Invalid refused = assertThrows(Invalid.class, () -> Expression.parse(expression));
    assertEquals(message, refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"node==host-1", "node!=~host-1", "storage==/ss?d/", "image==~redis"})
  void itIsWrittenAsItWasRead(String text) {
    assertEquals(text, Expression.parse(text).toString());
    assertEquals(Expression.parse(text), Expression.parse(text));
  }

  @Test
  void aPatternMadeToTakeForEverDoesNot() {
    Expression evil = Expression.parse("node==/(a+)+$/");
    assertTimeout(
        Duration.ofSeconds(60),
        () -> assertEquals(false, evil.isMetBy("a".repeat(5_000) + "b".repeat(1))));
  }

  @Test
  void oneNestedAsDeepAsItsLengthAllowsIsReadOrRefused() {
    String deep = "node==/" + "(".repeat(490) + "a" + ")".repeat(490) + "/";
    assertEquals(true, Expression.parse(deep).isMetBy("a"));
    assertThrows(Invalid.class, () -> Expression.parse("node==/" + "(".repeat(490) + "a/"));
    assertThrows(Invalid.class, () -> Expression.parse("node==" + "a".repeat(2_000)));
  }
}
