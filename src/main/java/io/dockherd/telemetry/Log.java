package io.dockherd.telemetry;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * One event a line: a short fixed text, then keys and values, as {@code node joined name=host-2
 * address=10.213.0.2}. INFO is for what an operator acts on.
 *
 * <p>Values that hold white space, quotes or control characters are quoted and escaped, so that a
 * hostile container name cannot forge a line.
 */
public final class Log {
  private final Logger logger;

  private Log(Logger logger) {
    this.logger = logger;
  }

  /** The log of one class. */
  public static Log of(Class<?> owner) {
    return new Log(System.getLogger(owner.getName()));
  }

  /** Detail for whoever debugs this very thing. */
  public void debug(String event, Object... keysAndValues) {
    write(Level.DEBUG, event, null, keysAndValues);
  }

  /** Something an operator wants to know happened. */
  public void info(String event, Object... keysAndValues) {
    write(Level.INFO, event, null, keysAndValues);
  }

  /** Something is wrong and the node goes on. */
  public void warn(String event, Object... keysAndValues) {
    write(Level.WARNING, event, null, keysAndValues);
  }

  /** Something is wrong that should not be possible; with its stack trace. */
  public void error(String event, Throwable cause, Object... keysAndValues) {
    write(Level.ERROR, event, cause, keysAndValues);
  }

  private void write(Level level, String event, Throwable cause, Object... keysAndValues) {
    if (!logger.isLoggable(level)) {
      return;
    }
    logger.log(level, line(event, keysAndValues), cause);
  }

  static String line(String event, Object... keysAndValues) {
    if (keysAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a key without its value in '" + event + "'");
    }
    StringBuilder line = new StringBuilder(event);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      line.append(' ').append(keysAndValues[i]).append('=');
      appendValue(line, String.valueOf(keysAndValues[i + 1]));
    }
    return line.toString();
  }

  private static void appendValue(StringBuilder line, String value) {
    boolean plain =
        !value.isEmpty() && value.chars().allMatch(c -> c > ' ' && c != '"' && c != 127);
    if (plain) {
      line.append(value);
      return;
    }
    line.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (c < ' ' || c == 127) {
            line.append(String.format("\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    line.append('"');
  }
}
