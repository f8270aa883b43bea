package io.dockherd.doors.actions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what is one JSON value may go into an envelope as it is. */
class JsonSkimTest {
  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "5", "\"a\"", "true", " {\"a\":[1,{\"b\":\"ü\"}]}\n"})
  void oneValueIsJson(String text) {
    assertEquals(true, JsonSkim.isJson(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}{}",
        "{} {}",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "page not found",
        "/* c */ {}",
        "\"a",
        "tru",
        "01",
        "\u0001",
        "\uFEFF{}",
        "{\"a\":\"\n\"}",
        "404 page not found"
      })
  void anythingElseIsNot(String text) {
    assertEquals(false, JsonSkim.isJson(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void otherEncodingsAreNot() {
    assertEquals(false, JsonSkim.isJson("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)));
    assertEquals(false, JsonSkim.isJson("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)));
    assertEquals(false, JsonSkim.isJson(new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"'}));
  }

  @Test
  void nestingWithoutEndIsNot() {
    assertEquals(false, JsonSkim.isJson("[".repeat(1 << 20).getBytes(StandardCharsets.UTF_8)));
  }
}
