package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as engines of all ages write them. */
class EventTextTest {
  private static EngineEvent parse(String text) {
    return EventText.parse(Buffer.buffer(text)).orElseThrow();
  }

  @Test
  void aTodaysEvent() {
    EngineEvent event =
        parse(
            "{\"status\":\"start\",\"id\":\"4f1\",\"from\":\"busybox\",\"Type\":\"container\","
                + "\"Action\":\"start\",\"Actor\":{\"ID\":\"4f1\",\"Attributes\":{\"name\":\"web\"}},"
                + "\"scope\":\"local\",\"time\":1774000000,\"timeNano\":1774000000123456789}");
    assertEquals("container", event.type());
    assertEquals("start", event.action());
    assertEquals("4f1", event.id());
    assertEquals(1774000000123456789L, event.timeNanos());
    assertEquals(
        "web", event.json().getJsonObject("Actor").getJsonObject("Attributes").getString("name"));
  }

  @Test
  void anOldContainersEvent() {
    EngineEvent event =
        parse("{\"status\":\"die\",\"id\":\"4f1\",\"from\":\"busybox\",\"time\":1374067924}");
    assertEquals("container", event.type());
    assertEquals("die", event.action());
    assertEquals("4f1", event.id());
    assertEquals(1374067924000000000L, event.timeNanos());
  }

  @Test
  void anOldImagesEvent() {
    EngineEvent event =
        parse("{\"status\":\"pull\",\"id\":\"busybox:latest\",\"time\":1374067924}");
    assertEquals("image", event.type());
    assertEquals("busybox:latest", event.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"message\":\"no\"}",
        "{\"Action\":\"a\",\"Actor\":\"b\"}",
        "{\"Action\":\"a\",\"timeNano\":\"soon\"}",
        "{\"Action\":\"a\"",
        "[]",
        ""
      })
  void whatIsNoEventIsNone(String text) {
    assertTrue(EventText.parse(Buffer.buffer(text)).isEmpty(), text);
  }
}
