package io.dockherd.apps.pods;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.apps.BenchFacts;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.RevisionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellingTest {
  private static final AppPath PATH = new AppPath("/shop/web");
  private static final InstanceId ID = InstanceId.of("1-k2x9qa0b");

  private final BenchFacts facts = new BenchFacts("host-1");
  private Instant clock = Instant.parse("2026-11-28T09:00:00Z");
  private Duration measured = Duration.ofHours(7);

  private final Telling telling =
      new Telling(
          facts,
          () -> clock,
          () -> measured.toNanos(),
          PATH,
          ID,
          RevisionId.of("7-ab12cd34"),
          "host-1",
          "10.213.0.1",
          clock.toEpochMilli());

  private long wellFor(Duration later) {
    measured = measured.plus(later);
    telling.feels(true, List.of());
    return Instance.of(
            "host-1",
            facts.find(Instance.FACT, "host-1", Instance.factId(PATH, ID)).orElseThrow().json())
        .wellForMillis();
  }

  @Test
  void howLongItHasBeenWellIsMeasuredAndToldWheneverItHasDoubled() {
    telling.runs(clock.toEpochMilli());
    List<Long> told = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      told.add(wellFor(Duration.ofMillis(600)));
      clock = clock.minusSeconds(100);
    }
    assertEquals(List.of(0L, 0L, 1200L, 1200L, 2400L, 2400L, 2400L, 2400L, 4800L), told);
    telling.feels(false, List.of());
    assertEquals(0, telling.now().wellForMillis());
    assertEquals(0, wellFor(Duration.ofSeconds(9)));
  }
}
