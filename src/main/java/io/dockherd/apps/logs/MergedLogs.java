package io.dockherd.apps.logs;

import io.dockherd.apps.model.Instance;
import io.dockherd.failure.Invalid;
import io.dockherd.fleet.Fleet;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines of many containers as one. Of those at hand the oldest goes first; a container that was
 * silent for a moment is not waited for, so that one that says nothing does not hold up all others.
 */
final class MergedLogs implements LogFeed {
  /** How long an older line of another container is waited for, once. */
  private static final Duration PATIENCE = Duration.ofMillis(300);

  /** How often it is looked for instances that came or went. */
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Fleet fleet;
  private final Facts facts;
  private final LogRequest request;
  private final Map<String, LogSource> sources = new LinkedHashMap<>();
  private final Set<String> done = new HashSet<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private long lookedNanos;
  private long patientUntilNanos;
  private boolean isClosed;

  MergedLogs(Fleet fleet, Facts facts, LogRequest request) {
    this.fleet = fleet;
    this.facts = facts;
    this.request = request;
  }

  MergedLogs start() {
    lock.lock();
    try {
      look();
      patientUntilNanos = System.nanoTime() + PATIENCE.toNanos();
      return this;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Next next(Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    lock.lock();
    try {
      while (true) {
        if (isClosed) {
          return new Next.End();
        }
        if (request.follows() && System.nanoTime() - lookedNanos > LOOK.toNanos()) {
          look();
        }
        Optional<LogSource> oldest = oldest();
        if (oldest.isPresent() && mayGo()) {
          AppLine line = oldest.get().head().orElseThrow();
          oldest.get().take();
          return new Next.Line(line);
        }
        sources.values().removeIf(LogSource::isOver);
        if (sources.isEmpty() && !request.follows()) {
          return new Next.End();
        }
        long left = until - System.nanoTime();
        if (left <= 0) {
          return new Next.Silence();
        }
        news.awaitNanos(Math.min(left, pause(oldest.isPresent())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Next.End();
    } finally {
      lock.unlock();
    }
  }

  private long pause(boolean hasLine) {
    long patience = Math.max(1_000_000, patientUntilNanos - System.nanoTime());
    return hasLine && request.follows() ? Math.min(patience, LOOK.toNanos()) : LOOK.toNanos();
  }

  private Optional<LogSource> oldest() {
    LogSource oldest = null;
    for (LogSource source : sources.values()) {
      boolean isOlder =
          source.head().isPresent()
              && (oldest == null
                  || source.head().get().time().isBefore(oldest.head().orElseThrow().time()));
      oldest = isOlder ? source : oldest;
    }
    return Optional.ofNullable(oldest);
  }

  /** Whether every container has shown what it has, or was waited for long enough. */
  private boolean mayGo() {
    boolean haveAllShown =
        sources.values().stream()
            .allMatch(source -> source.head().isPresent() || source.isCaughtUp());
    return haveAllShown || request.follows() && System.nanoTime() - patientUntilNanos >= 0;
  }

  private void look() {
    lookedNanos = System.nanoTime();
    Set<String> present = new HashSet<>();
    for (Instance instance : instances()) {
      instance
          .containers()
          .forEach(
              (name, id) -> {
                if (request.container().map(name::equals).orElse(true)) {
                  present.add(id);
                  if (!sources.containsKey(id) && done.add(id)) {
                    LogSource source =
                        new LogSource(fleet, instance, name, id, request, this::ring);
                    sources.put(id, source);
                    source.start();
                  }
                }
              });
    }
    // What a container wrote last is read to its end; then it is no more.
    sources.forEach(
        (id, source) -> {
          if (!present.contains(id) && source.isCaughtUp()) {
            source.close();
          }
        });
  }

  private List<Instance> instances() {
    List<Instance> all = new ArrayList<>();
    for (Fact fact : facts.of(Instance.FACT)) {
      try {
        Instance instance = Instance.of(fact.owner(), fact.json());
        boolean isWanted =
            request.apps().contains(instance.path())
                && request.instance().map(instance.id()::equals).orElse(true);
        if (isWanted) {
          all.add(instance);
        }
      } catch (Invalid e) {
        // Told by a version that knows more than this one.
        continue;
      }
    }
    return all;
  }

  private void ring() {
    lock.lock();
    try {
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      sources.values().forEach(LogSource::close);
      sources.clear();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
