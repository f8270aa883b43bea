package io.dockherd.herd.audience;

import io.dockherd.telemetry.Log;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * What one listener is still to be told, by a virtual thread that exists only while there is any.
 *
 * <p>Beyond {@value #ROOM} news it holds one of each subject, the latest, in the place of the first
 * that waited: a listener that hangs costs no more than what there is to know, and knows the latest
 * state when it goes on.
 */
final class Backlog<E extends News<E>> {
  static final int ROOM = 1000;

  private static final Log LOG = Log.of(Backlog.class);

  private final String name;
  private final Consumer<E> hear;
  private Queue<E> waiting = new ArrayDeque<>();
  private int room = ROOM;
  private Optional<Thread> telling = Optional.empty();
  private boolean behind;
  private boolean closed;

  Backlog(String name, Consumer<E> hear) {
    this.name = name;
    this.hear = hear;
  }

  synchronized void put(E event) {
    if (closed) {
      return;
    }
    waiting.add(event);
    if (waiting.size() > room) {
      condense();
    }
    if (telling.isEmpty()) {
      telling = Optional.of(Thread.ofVirtual().name("listener-" + name).start(this::tell));
    }
  }

  /** How many news wait. */
  synchronized int size() {
    return waiting.size();
  }

  synchronized void close() {
    closed = true;
    waiting.clear();
    telling.ifPresent(Thread::interrupt);
  }

  private void condense() {
    if (!behind) {
      behind = true;
      LOG.warn("a listener is slow and is told the latest only", "to", name, "waiting", room);
    }
    Map<Object, E> latest = new LinkedHashMap<>();
    waiting.forEach(
        event -> latest.merge(event.subject(), event, (earlier, later) -> later.after(earlier)));
    waiting = new ArrayDeque<>(latest.values());
    // So that what can't be condensed is not looked through again with each further one.
    room = Math.max(ROOM, 2 * waiting.size());
  }

  private void tell() {
    for (Optional<E> event = next(); event.isPresent(); event = next()) {
      try {
        hear.accept(event.get());
      } catch (RuntimeException | Error e) {
        LOG.error("a listener failed", e, "to", name);
      }
    }
  }

  private synchronized Optional<E> next() {
    E event = waiting.poll();
    if (event == null) {
      telling = Optional.empty();
      room = ROOM;
      behind = false;
    }
    return Optional.ofNullable(event);
  }
}
