package io.dockherd.fleet.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerStatusTest {
  private static final Instant NOW = Instant.parse("2026-03-20T12:00:00Z");
  private static final String NEVER = "0001-01-01T00:00:00Z";

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "PT-5S, Less than a second",
    "PT0S, Less than a second",
    "PT0.999S, Less than a second",
    "PT1S, 1 second",
    "PT1.9S, 1 second",
    "PT2S, 2 seconds",
    "PT59.9S, 59 seconds",
    "PT60S, About a minute",
    "PT119S, About a minute",
    "PT2M, 2 minutes",
    "PT59M59S, 59 minutes",
    "PT1H, About an hour",
    "PT1H29M59S, About an hour",
    "PT1H30M, 2 hours",
    "PT2H29M, 2 hours",
    "PT47H29M, 47 hours",
    "PT47H30M, 2 days",
    "P2D, 2 days",
    "P13DT23H, 13 days",
    "P14D, 2 weeks",
    "P59D, 8 weeks",
    "P60D, 2 months",
    "P729D, 24 months",
    "P730D, 2 years",
    "P1095D, 3 years",
  })
  void wordsForASpanOfTime(String span, String words) {
    assertEquals(words, ElapsedTime.words(Duration.parse(span)));
  }

  @ParameterizedTest(name = "{0} {4} = {5}")
  @CsvSource({
    "created,    0,    0, 0,   '',        Created",
    "running,    300,  0, 0,   '',        Up 5 minutes",
    "running,    7200, 0, 0,   healthy,   Up 2 hours (healthy)",
    "running,    7200, 0, 0,   unhealthy, Up 2 hours (unhealthy)",
    "running,    2,    0, 0,   starting,  Up 2 seconds (health: starting)",
    "running,    2,    0, 0,   none,      Up 2 seconds",
    "paused,     300,  0, 0,   healthy,   Up 5 minutes (Paused)",
    "restarting, 300, 10, 1,   '',        Restarting (1) 10 seconds ago",
    "exited,     9000, 10800, 0, '',      Exited (0) 3 hours ago",
    "exited,     300,  5, 137, '',        Exited (137) 5 seconds ago",
    "removing,   300,  5, 0,   '',        Removal In Progress",
    "dead,       300,  5, 0,   '',        Dead",
  })
  void whatListsShow(
      String state, long startedAgo, long finishedAgo, int exit, String health, String text) {
    JsonObject inspect =
        new JsonObject()
            .put("Status", state)
            .put("StartedAt", ago(startedAgo))
            .put("FinishedAt", ago(finishedAgo))
            .put("ExitCode", exit);
    if (!health.isEmpty()) {
      inspect.put("Health", new JsonObject().put("Status", health));
    }
    ContainerStatus status = ContainerStatus.inspected(inspect);
    assertEquals(text, status.text(NOW));
    assertEquals(status, ContainerStatus.of(new JsonObject(status.json().encode())));
  }

  private static String ago(long seconds) {
    return seconds == 0 ? NEVER : NOW.minusSeconds(seconds).toString();
  }

  @Test
  void theTextGrowsOlderWithTheReading() {
    ContainerStatus status =
        ContainerStatus.inspected(
            new JsonObject().put("Status", "running").put("StartedAt", ago(5)));
    assertEquals("Up 5 seconds", status.text(NOW));
    assertEquals("Up 55 minutes", status.text(NOW.plus(Duration.ofMinutes(55))));
  }

  @Test
  void aTimeWithAnOffsetIsReadToo() {
    ContainerStatus status =
        ContainerStatus.inspected(
            new JsonObject()
                .put("Status", "running")
                .put("StartedAt", "2026-03-20T13:59:55.123456789+02:00"));
    assertEquals("Up 4 seconds", status.text(NOW));
  }

  @Test
  void explainsWhatAListShowsGiveOrTakeASecond() {
    ContainerStatus status =
        ContainerStatus.inspected(
            new JsonObject().put("Status", "running").put("StartedAt", ago(30)));
    assertTrue(status.explains("Up 30 seconds", NOW));
    assertTrue(status.explains("Up 29 seconds", NOW));
    assertTrue(status.explains("Up 31 seconds", NOW));
    assertFalse(status.explains("Up 2 seconds", NOW), "it was restarted behind our back");
    assertFalse(status.explains("Up 30 seconds (Paused)", NOW));
  }

  @Test
  void whatOnlyAListSaidIsShownAsItWasAndExplainsNothing() {
    ContainerStatus status =
        ContainerStatus.listed(
            new JsonObject().put("State", "running").put("Status", "Up 3 weeks"));
    assertEquals("Up 3 weeks", status.text(NOW));
    assertFalse(status.explains("Up 3 weeks", NOW));
    assertTrue(status.isOccupying());
  }
}
