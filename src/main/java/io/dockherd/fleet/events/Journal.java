package io.dockherd.fleet.events;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The last events of one source, numbered from 1 on. Whoever follows it is told in order and misses
 * nothing; he is told under the journal's lock and must not wait.
 */
final class Journal {
  /** An event and its number; {@code nanos} is its own stamp. */
  record Entry(long number, long nanos, JsonObject json) {}

  /** Somebody is told no more. */
  interface Following extends AutoCloseable {
    @Override
    void close();
  }

  private final int most;
  private final Deque<Entry> last = new ArrayDeque<>();

  /** One may go while he is told. */
  private final List<Consumer<Entry>> followers = new CopyOnWriteArrayList<>();

  private long number;

  /**
   * @param most so many events are remembered
   */
  Journal(int most) {
    this.most = most;
  }

  synchronized void write(long nanos, JsonObject json) {
    Entry entry = new Entry(++number, nanos, json);
    last.add(entry);
    if (last.size() > most) {
      last.remove();
    }
    followers.forEach(follower -> follower.accept(entry));
  }

  /** The number of the last event. */
  synchronized long end() {
    return number;
  }

  /** What is remembered, oldest first. */
  synchronized List<Entry> all() {
    return List.copyOf(last);
  }

  /**
   * Tells what comes after that number, what is remembered of it at once.
   *
   * @param after a number, or {@link Asked#END} for only what comes from now on
   */
  synchronized Following follow(long after, Consumer<Entry> follower) {
    long from = after == Asked.END ? number : after;
    new ArrayList<>(last).stream().filter(entry -> entry.number() > from).forEach(follower);
    followers.add(follower);
    return () -> forget(follower);
  }

  private synchronized void forget(Consumer<Entry> follower) {
    followers.remove(follower);
  }
}
