package io.dockherd.herd.audience;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The listeners to something, each on a virtual thread of its own, so that a slow one holds up
 * nobody else. Each is told all that happens, in order, unless it falls far behind ({@link
 * Backlog}): then it is told the latest of each subject.
 *
 * @param <L> a listener
 * @param <E> what it is told
 */
public final class Audience<L, E extends News<E>> implements AutoCloseable {
  private final String name;
  private final BiConsumer<L, E> tell;
  private final List<Seat<E>> seats = new CopyOnWriteArrayList<>();

  private record Seat<N extends News<N>>(Predicate<? super N> wanted, Backlog<N> backlog) {}

  /**
   * Without listeners yet.
   *
   * @param name what they listen to, for the log
   * @param tell tells one of them, and may wait
   */
  public Audience(String name, BiConsumer<L, E> tell) {
    this.name = name;
    this.tell = tell;
  }

  /** Tells the listener from now on what is {@code wanted}. */
  public void add(L listener, Predicate<? super E> wanted) {
    Backlog<E> backlog = new Backlog<>(name, event -> tell.accept(listener, event));
    seats.add(new Seat<E>(wanted, backlog));
  }

  /** To be called in the order of the events; returns at once. */
  public void tell(E event) {
    for (Seat<E> seat : seats) {
      if (seat.wanted().test(event)) {
        seat.backlog().put(event);
      }
    }
  }

  /** Nobody is told any more; whoever is just listening is interrupted. */
  @Override
  public void close() {
    seats.forEach(seat -> seat.backlog().close());
    seats.clear();
  }
}
