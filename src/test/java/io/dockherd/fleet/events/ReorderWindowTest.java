package io.dockherd.fleet.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReorderWindowTest {
  private static final long MS = 1_000_000;
  private static final long HOUR = Duration.ofHours(1).toNanos();

  /** Some day, in nanoseconds since 1970. */
  private static final long DAY = 1_774_000_000_000_000_000L;

  private final ReorderWindow window =
      new ReorderWindow(Duration.ofMillis(200), Duration.ofSeconds(2));
  private final List<String> out = new ArrayList<>();
  private int number;

  /** Comes in {@code atMillis} after the test's start, stamped {@code stampMillis} after it. */
  private void comes(String node, String name, long atMillis, long stampMillis) {
    comesStamped(node, name, atMillis, DAY + stampMillis * MS);
  }

  private void comesStamped(String node, String name, long atMillis, long stamp) {
    HerdEvent event = new HerdEvent(node, node, ++number, stamp, Told.event(name, stamp).json());
    window.add(event, DAY + atMillis * MS, atMillis * MS, true);
  }

  private List<String> at(long millis) {
    window.due(millis * MS).stream().map(Told::name).forEach(out::add);
    return out;
  }

  @Test
  void whatComesLateButHappenedEarlierIsToldFirst() {
    comes("a", "second", 10, 5);
    comes("b", "first", 60, 2);
    assertEquals(List.of(), at(209));
    assertEquals(List.of("first", "second"), at(210));
    assertEquals(List.of("first", "second"), at(1000));
  }

  @Test
  void nothingWaitsLongerThanTheWindowForWhatMayStillCome() {
    comes("a", "one", 0, 0);
    comes("b", "two", 150, 150);
    assertEquals(List.of("one"), at(200));
    assertEquals(List.of("one", "two"), at(350));
    assertEquals(true, window.nextDue().isEmpty());
  }

  @Test
  void whatComesTooLateIsToldAtOnceWhenItsTimeIsOver() {
    comes("a", "one", 0, 0);
    assertEquals(List.of("one"), at(200));
    comes("b", "before", 300, -100);
    assertEquals(List.of("one"), at(499));
    assertEquals(List.of("one", "before"), at(500));
  }

  @Test
  void anEngineAnHourAheadNeitherWaitsNorOvertakes() {
    comes("a", "1", 0, 0);
    comesStamped("ahead", "2", 20, DAY + HOUR);
    comes("a", "3", 40, 40);
    comesStamped("behind", "4", 60, DAY - HOUR);
    comes("a", "5", 80, 80);
    assertEquals(List.of("1", "2", "3", "4", "5"), at(280));
  }

  @Test
  void anEnginesOwnOrderIsKeptWhenItsClockIsSetBack() {
    comes("a", "create", 0, 1500);
    comes("a", "start", 10, 3);
    comes("a", "die", 20, 4);
    comes("b", "other", 30, 30);
    assertEquals(List.of("other", "create", "start", "die"), at(1000));
  }

  @Test
  void stampsOfNoSenseDoNoHarm() {
    comesStamped("a", "1", 0, Long.MIN_VALUE);
    comesStamped("b", "2", 10, Long.MAX_VALUE);
    comesStamped("c", "3", 20, 0);
    assertEquals(List.of("1", "2", "3"), at(220));
  }

  @Test
  void aFloodIsNotHeldBack() {
    for (int i = 0; i < 10_500; i++) {
      comes("a", "n" + i, 0, i / 1000);
    }
    Collection<HerdEvent> flooded = window.due(0);
    assertEquals(true, flooded.size() >= 500 && flooded.size() < 10_500, "" + flooded.size());
  }
}
