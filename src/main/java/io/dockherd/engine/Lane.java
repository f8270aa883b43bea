package io.dockherd.engine;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connections for one kind of request: so many at once, the next wait in line, and what is free
 * is used again.
 *
 * <p>Vert.x' own pool would give a connection to the next request as soon as the engine has said
 * everything, while the reader of a stream may still be about to cancel it, and cancelling closes
 * the connection. Here a connection is free when its reader has seen the end.
 */
final class Lane {
  /** Too many wait already. */
  static final class Jammed extends Exception {
    private static final long serialVersionUID = 1L;

    Jammed(int waiting) {
      super(waiting + " requests wait already", null, false, false);
    }
  }

  /**
   * A place in the lane, and a connection with it; without one its holder is to make one and say
   * {@link Lane#dialled} when there is one or will be none.
   */
  record Place(Optional<Line> line) {}

  private final Vertx vertx;
  private final int mostWaiting;
  private final Duration idleLimit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Condition> waiting = new ArrayDeque<>();
  private final Deque<Line> idle = new ArrayDeque<>();
  private int places;
  private int dials;
  private boolean isSweeping;
  private boolean isClosed;

  /**
   * @param size at most so many requests at once
   * @param dialsAtOnce at most so many connections are being made at once
   */
  Lane(Vertx vertx, int size, int dialsAtOnce, int mostWaiting, Duration idleLimit) {
    this.vertx = vertx;
    this.places = size;
    this.dials = dialsAtOnce;
    this.mostWaiting = mostWaiting;
    this.idleLimit = idleLimit;
  }

  /**
   * Waits for a place, first come, first served; whoever gets one has to {@link #leave}.
   *
   * @param home where the connection had best be
   */
  Place enter(Deadline deadline, Optional<HomeLoop> home)
      throws Jammed, TimeoutException, InterruptedException {
    lock.lockInterruptibly();
    try {
      Optional<Place> place = waiting.isEmpty() ? take(home) : Optional.empty();
      if (place.isPresent()) {
        return place.get();
      }
      if (waiting.size() >= mostWaiting) {
        throw new Jammed(mostWaiting);
      }
      return await(deadline, home);
    } finally {
      lock.unlock();
    }
  }

  /**
   * A place for a caller on an event loop, who can't wait: with a connection of that event loop, so
   * that no other thread has to be woken, or the right to make one there. Empty when there is none
   * just now, or others wait already.
   */
  Optional<Place> tryEnter() {
    lock.lock();
    try {
      return waiting.isEmpty() ? take(Thread.currentThread()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** One more is being made: other event loops' unused ones are not to add up beyond the size. */
  private void makeRoom() {
    dials--;
    while (idle.size() > places) {
      idle.pollFirst().close();
    }
  }

  private Place await(Deadline deadline, Optional<HomeLoop> home)
      throws TimeoutException, InterruptedException {
    Condition turn = lock.newCondition();
    waiting.addLast(turn);
    try {
      while (true) {
        Optional<Place> place = waiting.peekFirst() == turn ? take(home) : Optional.empty();
        if (place.isPresent()) {
          return place.get();
        }
        if (turn.awaitNanos(deadline.remainingNanos()) <= 0) {
          throw new TimeoutException();
        }
      }
    } finally {
      waiting.remove(turn);
      callNext();
    }
  }

  private Optional<Place> take(Optional<HomeLoop> home) {
    return home.flatMap(loop -> take(loop.thread())).or(this::take);
  }

  private Optional<Place> take() {
    if (places == 0) {
      return Optional.empty();
    }
    Optional<Line> line = free();
    if (line.isEmpty() && dials == 0) {
      return Optional.empty();
    }
    places--;
    dials -= line.isEmpty() ? 1 : 0;
    return Optional.of(new Place(line));
  }

  /** The same, with a connection of that event loop, or the right to make one there. */
  private Optional<Place> take(Thread loop) {
    if (places == 0) {
      return Optional.empty();
    }
    Optional<Line> line = free(loop);
    if (line.isEmpty() && dials == 0) {
      return Optional.empty();
    }
    places--;
    line.ifPresentOrElse(idle::removeLastOccurrence, this::makeRoom);
    return Optional.of(new Place(line));
  }

  /** The one used last: those left over grow old and go. */
  private Optional<Line> free() {
    for (Line line = idle.pollLast(); line != null; line = idle.pollLast()) {
      if (!line.isClosed()) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  private Optional<Line> free(Thread loop) {
    for (Line line : idle.reversed()) {
      if (line.isOn(loop) && !line.isClosed()) {
        return Optional.of(line);
      }
    }
    return Optional.empty();
  }

  private void callNext() {
    if (!waiting.isEmpty()) {
      waiting.peekFirst().signal();
    }
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      callNext();
    } finally {
      lock.unlock();
    }
  }

  /** Gives the place up. */
  void leave() {
    change(() -> places++);
  }

  /** The connection that had to be made is there, or is given up. */
  void dialled() {
    change(() -> dials++);
  }

  /** Takes a connection back on which nothing is under way. */
  void giveBack(Line line) {
    change(
        () -> {
          if (isClosed || line.isClosed()) {
            line.close();
            return;
          }
          line.rest(System.nanoTime());
          idle.addLast(line);
          sweepLater();
        });
  }

  /** Closes what is free; what is in use is closed when it comes back. */
  void close() {
    change(
        () -> {
          isClosed = true;
          idle.forEach(Line::close);
          idle.clear();
        });
  }

  private void sweepLater() {
    if (!isSweeping) {
      isSweeping = true;
      vertx.setTimer(Math.max(1, idleLimit.toMillis() / 2), timer -> sweep());
    }
  }

  private void sweep() {
    List<Line> old = new ArrayList<>();
    change(
        () -> {
          isSweeping = false;
          long limit = System.nanoTime() - idleLimit.toNanos();
          while (!idle.isEmpty() && idle.peekFirst().isIdleSince(limit)) {
            old.add(idle.pollFirst());
          }
          idle.removeIf(Line::isClosed);
          if (!idle.isEmpty()) {
            sweepLater();
          }
        });
    old.forEach(Line::close);
  }
}
