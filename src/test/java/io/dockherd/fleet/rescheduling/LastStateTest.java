package io.dockherd.fleet.rescheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.fleet.watch.ContainerStatus;
import io.dockherd.fleet.watch.KnownEngine;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastStateTest {
  /** Times in seconds; an engine that went at 0 is there. */
  @ParameterizedTest
  @CsvSource({
    "running, 0, 0, true",
    "running, 0, 100, true",
    "paused, 0, 0, true",
    "restarting, 90, 0, true",
    "created, 0, 0, false",
    "exited, 90, 0, false",
    "exited, 90, 100, true", // Its engine was being stopped.
    "exited, 70, 100, true",
    "exited, 69, 100, false",
    "dead, 99, 100, false",
  })
  void whatWasStoppedWithItsEngineRan(String state, long finished, long gone, boolean ran) {
    ContainerStatus status = new ContainerStatus(state, 1_000, finished * 1_000, 0, "", "");
    KnownEngine engine =
        new KnownEngine(
            new JsonObject().put("reachable", gone == 0).put("goneMillis", gone * 1_000));
    assertEquals(ran, LastState.ran(status, engine));
  }
}
