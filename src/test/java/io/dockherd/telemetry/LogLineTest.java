package io.dockherd.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLineTest {
  private static String line(Level level, String message, Throwable thrown) {
    LogRecord entry = new LogRecord(level, message);
    entry.setInstant(Instant.parse("2026-11-20T10:15:30.123456Z"));
    entry.setLoggerName("io.dockherd.herd.members.Members");
    entry.setThrown(thrown);
    return new LogLine().format(entry);
  }

  @Test
  void anEventIsTimeLevelSourceAndText() {
    String line = line(Level.INFO, "node left name=host-2", null);
    assertTrue(
        line.matches(
            "2026-11-2\\dT\\d\\d:\\d\\d:30\\.123\\S+ INFO Members node left name=host-2\n"),
        line);
  }

  @Test
  void levelsHaveOneWordEach() {
    List<Level> levels = List.of(Level.SEVERE, Level.WARNING, Level.INFO, Level.FINE);
    assertEquals(
        List.of("ERROR", "WARN", "INFO", "DEBUG"),
        levels.stream().map(level -> line(level, "x", null).split(" ")[1]).toList());
  }

  @Test
  void aMessageWithBreaksCannotForgeALine() {
    String line = line(Level.INFO, "got\r\n2026 ERROR forged", null);
    assertEquals(1, line.lines().count());
  }

  @Test
  void aStackTraceFollowsIndented() {
    String lines = line(Level.SEVERE, "broke", new IllegalStateException("why"));
    assertTrue(lines.contains("\n  java.lang.IllegalStateException: why\n"), lines);
  }
}
