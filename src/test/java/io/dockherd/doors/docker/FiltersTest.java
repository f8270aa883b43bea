package io.dockherd.doors.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
  @Test
  void bothFormsAreRead() {
    Filters now = Filters.parse("{\"name\":[\"a\",\"b\"]}");
    Filters old = Filters.parse("{\"name\":{\"a\":true,\"b\":true,\"c\":false}}");
    assertEquals(List.of("a", "b"), now.get("name"));
    assertEquals(now, old);
    assertEquals(Filters.NONE, Filters.parse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "[]", "{\"a\":1}", "{\"a\":[1]}", "{\"a\":null}", "\"a\""})
  void whatIsNeitherIsSaid(String json) {
    assertThrows(Invalid.class, () -> Filters.parse(json));
  }

  @Test
  void anUnknownOneIsRefused() {
    Invalid refused =
        assertThrows(Invalid.class, () -> Filters.parse("{\"foo\":[\"x\"]}").only(Set.of("name")));
    assertEquals("invalid filter 'foo'", refused.getMessage());
  }

  @Test
  void valuesAreAlternativesAndMayBeExpressions() {
    Filters filters = Filters.parse("{\"name\":[\"^web\",\"db[0-9]$\"]}");
    assertTrue(filters.matches("name", "web-1"));
    assertTrue(filters.matches("name", "mydb7"));
    assertFalse(filters.matches("name", "my-web"));
    assertTrue(filters.matches("other", "anything"));
    assertTrue(Filters.fits("a(", "a("), "a value that is no expression is still a text");
  }

  @Test
  void allLabelsHaveToBeThere() {
    JsonObject labels = new JsonObject().put("a", "1").put("b", "");
    assertTrue(Filters.parse("{\"label\":[\"a=1\",\"b\"]}").hasAll("label", labels));
    assertFalse(Filters.parse("{\"label\":[\"a=1\",\"c\"]}").hasAll("label", labels));
    assertFalse(Filters.parse("{\"label\":[\"a=2\"]}").hasAll("label", labels));
    assertTrue(Filters.parse("{\"label\":[\"b=\"]}").hasAll("label", labels));
  }

  @Test
  void yesAndNoAreWords() {
    assertTrue(Filters.parse("{\"dangling\":[\"true\"]}").truth("dangling", false));
    assertFalse(Filters.parse("{\"dangling\":[\"0\"]}").truth("dangling", true));
    assertTrue(Filters.NONE.truth("dangling", true));
    Filters neither = Filters.parse("{\"dangling\":[\"perhaps\"]}");
    assertThrows(Invalid.class, () -> neither.truth("dangling", true));
  }
}
