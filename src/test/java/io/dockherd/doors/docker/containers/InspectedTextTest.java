package io.dockherd.doors.docker.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way with an inspect answer says what the long way says. */
class InspectedTextTest {
  private static final Whereabouts.Place PLACE =
      new Whereabouts.Place("host-1", "10.0.0.1", new JsonObject().put("Name", "host-1"));

  private static Optional<Buffer> told(String answer) {
    return InspectedText.told(Buffer.buffer(answer), PLACE);
  }

  private static JsonObject theLongWay(String answer) {
    return Whereabouts.inspected(new JsonObject(answer), PLACE);
  }

  static Stream<String> answers() {
    return Stream.of(
        "{\"Config\":{\"Labels\":{}}}",
        "{\"Config\":{\"Labels\":null},\"Name\":\"/web\"}",
        "{\"Config\":{\"Labels\":null , \"Tty\":true}}",
        "{\"Config\" : { \"Labels\" : {\"a\":\"b\",\"c\":\"{\\\"Labels\\\":{}}\"} } }\n",
        "{\"Labels\":{\"not\":\"these\"},\"Config\":{\"Env\":[\"Labels\"],\"Labels\":{\"x\":\"ü\"}}}",
        "{\"Name\":\"/größe-名\",\"Config\":{\"Labels\":{\"io.dockherd.node\":\"liar\"}}}",
        "{\"Config\":{\"Sub\":{\"Labels\":{}},\"Labels\":{}},\"NetworkSettings\":{\"Ports\":{}}}",
        "{\"NetworkSettings\":{\"Ports\":null},\"Config\":{\"Labels\":{}}}",
        "{\"NetworkSettings\":{\"Ports\":{\"80/tcp\":[{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"1\"},"
            + "{\"HostIp\":\"::\",\"HostPort\":\"1\"}],\"81/tcp\":null}},"
            + "\"Config\":{\"Labels\":{\"a\":\"b\"}},\"Big\":12345678901234567890,\"F\":1.50}");
  }

  @ParameterizedTest
  @MethodSource("answers")
  void itSaysTheSame(String answer) {
    assertEquals(theLongWay(answer), told(answer).orElseThrow().toJsonObject());
  }

  @Test
  void whatIsNotChangedStaysByteForByte() {
    assertEquals(
        "{ \"N\" : 1.500,\"Config\":{\"Labels\":{\"io.dockherd.node\":\"host-1\"}, \"T\":[ ]},"
            + "\"E\":\"\\u00e9\" ,\"Node\":{\"Name\":\"host-1\"}}\n",
        told("{ \"N\" : 1.500,\"Config\":{\"Labels\":null, \"T\":[ ]},\"E\":\"\\u00e9\" }\n")
            .orElseThrow()
            .toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"message\":\"no such container\"}",
        "{\"Config\":{}}",
        "{\"Config\":null}",
        "{\"Config\":{\"Labels\":\"none\"}}",
        "{\"Config\":{\"Labels\":{}},\"Node\":{\"Name\":\"somebody else's\"}}",
        "{\"Config\":{\"Labels\":{}}",
        "{\"Config\":{\"Labels\":{}}} {}",
        "\uFEFF{\"Config\":{\"Labels\":{}}}"
      })
  void whatHasNotTheShapeOfOneTakesTheLongWay(String answer) {
    assertTrue(told(answer).isEmpty());
  }

  @Test
  void utf16TakesTheLongWay() {
    byte[] wide = "{\"Config\":{\"Labels\":{}}}".getBytes(StandardCharsets.UTF_16BE);
    assertTrue(InspectedText.told(Buffer.buffer(wide), PLACE).isEmpty());
  }

  @Test
  void anAnswerCutOffOrSpoiltAnywhereIsNeverMadeWhole() {
    String answer = answers().reduce((first, second) -> second).orElseThrow();
    for (int length = 0; length < answer.length(); length++) {
      assertTrue(told(answer.substring(0, length)).isEmpty());
    }
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] spoilt = answer.getBytes(StandardCharsets.UTF_8);
      spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(32, 127);
      // Either both ways can read it, and say the same, or the quick one leaves it to the other.
      InspectedText.told(Buffer.buffer(spoilt), PLACE)
          .ifPresent(
              told ->
                  assertEquals(
                      theLongWay(new String(spoilt, StandardCharsets.UTF_8)), told.toJsonObject()));
    }
  }
}
