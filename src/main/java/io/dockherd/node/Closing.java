package io.dockherd.node;

import io.dockherd.telemetry.Log;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be closed, last opened first; each, whatever becomes of the others. */
public final class Closing implements AutoCloseable {
  private static final Log LOG = Log.of(Closing.class);

  private final Deque<Part> open = new ArrayDeque<>();

  private record Part(String name, AutoCloseable closing) {}

  /** That is to be closed too, before all that was added earlier. */
  public synchronized void add(String name, AutoCloseable part) {
    open.push(new Part(name, part));
  }

  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      Part part = open.pop();
      try {
        part.closing.close();
      } catch (Exception e) {
        LOG.warn("did not close well", "part", part.name, "reason", e);
      }
    }
  }
}
