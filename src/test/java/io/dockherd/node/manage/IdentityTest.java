package io.dockherd.node.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
  private static final JsonObject ENGINE =
      new JsonObject()
          .put("ID", "ABCD:EFGH")
          .put("Name", "host-1")
          .put("NCPU", 2)
          .put("MemTotal", 1 << 30)
          .put("ServerVersion", "20.10.24");

  @Test
  void anEngineIsItsIdAndItsHostsName() {
    assertEquals(new Identity("ABCD:EFGH", "host-1"), Identity.of(ENGINE, "a:1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"NCPU\":0}",
        "{\"NCPU\":\"many\"}",
        "{\"MemTotal\":0}",
        "{\"Name\":\"\"}",
        "{\"Name\":7}",
        "{\"Name\":\"a/b\"}",
        "{\"ServerVersion\":\"swarm/1.2.9\"}",
        "{\"ServerVersion\":\"20.10.24+dockherd.1.0.0\"}",
      })
  void whatIsNoEngineIsTurnedAway(String other) {
    JsonObject info = ENGINE.copy().mergeIn(new JsonObject(other));
    assertThrows(Refused.class, () -> Identity.of(info, "a:1"));
  }
}
