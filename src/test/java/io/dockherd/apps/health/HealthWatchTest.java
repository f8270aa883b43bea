package io.dockherd.apps.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.apps.model.HealthCheck;
import io.dockherd.apps.model.HealthCheck.Probe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthWatchTest {
  private static final Prober.Target NOWHERE =
      new Prober.Target(List.of(), Map.of(), "web", "127.0.0.1");

  @Test
  void aCheckThatBreaksIsOneThatFailed() {
    HealthCheck check =
        new HealthCheck(
            new Probe.Tcp(-1, 80), Duration.ZERO, Duration.ofMillis(1), Duration.ofSeconds(1), 3);
    Prober broken =
        (probe, target, limit) -> {
          throw new IllegalStateException("out of cheese");
        };
    try (HealthWatch watch =
        new HealthWatch(
            List.of(check), broken, NOWHERE, Instant.now(), InstantSource.system(), () -> {})) {
      watch.start();
      Await.until("it complains", Duration.ofMinutes(1), () -> watch.complaint().isPresent());
      assertTrue(watch.complaint().orElseThrow().contains("out of cheese"));
    }
  }

  @Test
  void aCheckAsksAtAPortThereMayBe() {
    assertThrows(IllegalArgumentException.class, () -> new Probe.Tcp(-1, 70_000));
    assertThrows(IllegalArgumentException.class, () -> new Probe.Http("http", "/", -2, 80, false));
    assertEquals(65_535, new Probe.Tcp(-1, 65_535).port());
  }
}
