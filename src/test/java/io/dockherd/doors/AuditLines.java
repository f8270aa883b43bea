package io.dockherd.doors;

import io.dockherd.access.Audit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the audit writes down while this is open: {@code app.put /demo 201}. */
public final class AuditLines implements AutoCloseable {
  private static final Pattern FORM =
      Pattern.compile("changed verb=(\\S+) subject=(\\S+) .*outcome=(\\S+)");

  private final Logger logger = Logger.getLogger(Audit.class.getName());
  private final Level before = logger.getLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          Matcher line = FORM.matcher(record.getMessage());
          if (line.matches()) {
            lines.add(line.group(1) + " " + line.group(2) + " " + line.group(3));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  /** From now on, whatever a command that another test ran has set the log's level to. */
  public AuditLines() {
    logger.setLevel(Level.INFO);
    logger.addHandler(handler);
  }

  /** So far, in their order. */
  public List<String> all() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setLevel(before);
  }
}
