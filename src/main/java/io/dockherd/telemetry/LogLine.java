package io.dockherd.telemetry;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * One line an event: {@code 2026-11-20T10:15:30.123Z WARN Members node left name=host-2}. A stack
 * trace, where there is one, follows indented.
 */
final class LogLine extends Formatter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  @Override
  public String format(LogRecord entry) {
    StringBuilder line = new StringBuilder(160);
    TIME.formatTo(entry.getInstant(), line);
    line.append(' ').append(level(entry.getLevel())).append(' ').append(source(entry)).append(' ');
    line.append(oneLine(formatMessage(entry))).append('\n');
    if (entry.getThrown() != null) {
      StringWriter trace = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(trace));
      trace.toString().lines().forEach(part -> line.append("  ").append(part).append('\n'));
    }
    return line.toString();
  }

  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN";
    }
    return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  /** The class's own name: packages make lines long and tell an operator nothing. */
  private static String source(LogRecord entry) {
    String logger = entry.getLoggerName() == null ? "" : entry.getLoggerName();
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  /** Libraries log what they got from the network; it must not be able to forge a line. */
  private static String oneLine(String message) {
    return message.replace("\r", "\\r").replace("\n", "\\n");
  }
}
