package io.dockherd.doors.manifests.ledger;

import io.dockherd.doors.manifests.keys.ErrorCode;
import io.dockherd.doors.manifests.keys.Key;
import io.dockherd.doors.manifests.keys.KeyError;
import io.dockherd.doors.manifests.keys.KeyEvent;
import io.dockherd.fleet.events.Lines;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Records.RecordsListener;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Callers who wait for changes of keys. Each is told in the log's order and misses none. When that
 * can't be promised any more, since a split's two sides had counted each for itself or this node
 * was too far behind, they are sent away without an answer, and whoever then asks for what happened
 * before is told that it is forgotten: etcd's clients read everything anew.
 */
public final class Watchers implements RecordsListener {
  /** Of a stream a caller does not read. */
  private static final int BACKLOG = 1_000;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Ledger ledger;
  private final ScheduledExecutorService timer;
  private final int most;
  private final Duration longest;
  private final Set<Waiter> waiters = new LinkedHashSet<>();
  private EventLog told = EventLog.EMPTY;
  private long forgotten;

  /** One who waits. */
  private record Waiter(Key key, boolean isRecursive, boolean isStream, Lines lines) {}

  /**
   * None yet.
   *
   * @param timer on which their time ends
   * @param most so many may wait at once
   * @param longest so long each may wait
   */
  public Watchers(Ledger ledger, ScheduledExecutorService timer, int most, Duration longest) {
    this.ledger = ledger;
    this.timer = timer;
    this.most = most;
    this.longest = longest;
  }

  /** Follows the log from now on. */
  public synchronized void start() {
    told = ledger.log();
    ledger.listen(this);
  }

  /** How many wait just now. */
  public synchronized int count() {
    return waiters.size();
  }

  /**
   * Waits for the first change since an index, or for all of them.
   *
   * @param since 0 for what happens from now on
   * @return what it is told, JSON objects; it ends after the first, unless {@code isStream}, or
   *     when the time is over
   * @throws KeyError when it is not known any more what happened then, or too many wait
   */
  public synchronized Lines watch(Key key, boolean isRecursive, boolean isStream, long since) {
    advance();
    if (since > 0 && since <= forgotten) {
      throw KeyError.of(
          ErrorCode.HISTORY_CLEARED,
          "the requested history has been cleared [" + (forgotten + 1) + "/" + since + "]");
    }
    if (waiters.size() >= most) {
      throw KeyError.of(ErrorCode.BUSY, most + " callers wait already: try again later");
    }
    Lines lines = new Lines(BACKLOG, PATIENCE);
    Waiter waiter = new Waiter(key, isRecursive, isStream, lines);
    Optional<KeyEvent> first = told.first(key, isRecursive, since);
    if (first.isPresent() && !isStream) {
      tell(waiter, first.get());
      return lines;
    }
    ScheduledFuture<?> end = timer.schedule(lines::end, longest.toMillis(), TimeUnit.MILLISECONDS);
    waiters.add(waiter);
    lines.onClose(
        () -> {
          end.cancel(false);
          forget(waiter);
        });
    first.ifPresent(
        from -> told.since(from.index()).forEach(event -> tellIfConcerned(waiter, event)));
    return lines;
  }

  private synchronized void forget(Waiter waiter) {
    waiters.remove(waiter);
  }

  private static boolean tellIfConcerned(Waiter waiter, KeyEvent event) {
    boolean isConcerned = event.concerns(waiter.key(), waiter.isRecursive());
    if (isConcerned) {
      tell(waiter, event);
    }
    return isConcerned;
  }

  private static void tell(Waiter waiter, KeyEvent event) {
    waiter.lines().write(event.json().toBuffer().appendBuffer(Buffer.buffer("\n")));
    if (!waiter.isStream()) {
      waiter.lines().end();
    }
  }

  @Override
  public void onChange(String key, Optional<Record> now) {
    if (key.equals(Ledger.LOG)) {
      advance();
    }
  }

  @Override
  public void onConflict(Record winner, Record loser) {
    if (winner.key().equals(Ledger.LOG)) {
      startAnew(Math.max(EventLog.of(loser.value()).index(), ledger.log().index()));
    }
  }

  private synchronized void advance() {
    EventLog now = ledger.log();
    if (now.equals(told)) {
      return;
    }
    if (!now.continues(told)) {
      startAnew(Math.max(told.index(), now.index()));
      return;
    }
    long next = told.index() + 1;
    told = now;
    for (KeyEvent event : now.since(next)) {
      for (Waiter waiter : new ArrayList<>(waiters)) {
        if (tellIfConcerned(waiter, event) && !waiter.isStream()) {
          waiters.remove(waiter);
        }
      }
    }
  }

  private synchronized void startAnew(long until) {
    forgotten = Math.max(forgotten, until);
    told = ledger.log();
    List<Waiter> all = List.copyOf(waiters);
    waiters.clear();
    all.forEach(waiter -> waiter.lines().end());
  }
}
