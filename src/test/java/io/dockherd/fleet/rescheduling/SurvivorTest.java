package io.dockherd.fleet.rescheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurvivorTest {
  private static JsonObject state(String text) {
    String[] parts = text.split(" ");
    JsonObject state = new JsonObject().put("Status", parts[0]).put("ExitCode", 0);
    if (parts.length > 1 && parts[0].equals("exited")) {
      state.put("ExitCode", Integer.parseInt(parts[1]));
    } else if (parts.length > 1) {
      state.put("Health", new JsonObject().put("Status", parts[1]));
    }
    return state;
  }

  @ParameterizedTest
  @CsvSource({
    "running, running, true, REPLACEMENT",
    "running, running healthy, true, REPLACEMENT",
    "running, running starting, true, REPLACEMENT",
    "running, running unhealthy, true, ORIGINAL",
    "running unhealthy, running unhealthy, true, REPLACEMENT",
    "exited 137, running, true, REPLACEMENT",
    "running, exited 1, true, ORIGINAL",
    "exited 1, exited 1, true, REPLACEMENT",
    "running, exited 137, true, REPLACEMENT", // Somebody stopped it.
    "running, exited 143, true, REPLACEMENT",
    "running, exited 0, true, REPLACEMENT",
    "running, restarting, true, ORIGINAL",
    "running, created, true, ORIGINAL",
    "running, dead, true, ORIGINAL",
    "created, created, false, REPLACEMENT",
    "exited 1, created, false, REPLACEMENT",
  })
  void theReplacementStaysUnlessItFailedAlone(
      String original, String replacement, boolean ran, Survivor survivor) {
    assertEquals(survivor, Survivor.of(state(original), state(replacement), ran));
  }
}
