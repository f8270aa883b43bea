package io.dockherd.telemetry;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Where log lines go: standard error, one line an event. */
public final class LogOutput extends Handler {
  /**
   * Libraries that tell more than an operator can act on. Held here because the log manager forgets
   * the level of a logger that nobody holds.
   */
  private static final List<Logger> CHATTY =
      Stream.of("io.netty", "io.vertx", "org.jgroups").map(Logger::getLogger).toList();

  /** Warns of every connection it loses; what comes of that is told by whoever asked it. */
  private static final Logger NAGGING = Logger.getLogger("org.apache.zookeeper");

  private final PrintStream out;

  private LogOutput(PrintStream out) {
    this.out = out;
    setFormatter(new LogLine());
  }

  /**
   * Sends what is logged from now on to standard error, and nothing anywhere else.
   *
   * @param level the least serious events of our own that are written; of libraries only warnings
   *     and worse are
   */
  public static void start(Level level) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.addHandler(new LogOutput(System.err));
    root.setLevel(julLevel(level));
    CHATTY.forEach(logger -> logger.setLevel(java.util.logging.Level.WARNING));
    NAGGING.setLevel(java.util.logging.Level.OFF);
    keepToTheJdk();
  }

  /**
   * The JDK's logging is where all goes in the end: no library need look for another on its way.
   */
  private static void keepToTheJdk() {
    System.setProperty("jgroups.use.jdk_logger", "true");
    System.setProperty(
        "vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.JULLogDelegateFactory");
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
  }

  private static java.util.logging.Level julLevel(Level level) {
    return switch (level) {
      case ALL, TRACE -> java.util.logging.Level.FINER;
      case DEBUG -> java.util.logging.Level.FINE;
      case INFO -> java.util.logging.Level.INFO;
      case WARNING -> java.util.logging.Level.WARNING;
      case ERROR -> java.util.logging.Level.SEVERE;
      case OFF -> java.util.logging.Level.OFF;
    };
  }

  @Override
  public void publish(LogRecord entry) {
    if (isLoggable(entry)) {
      out.print(getFormatter().format(entry));
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
