package io.dockherd.node.manage;

import io.dockherd.engine.Engine;
import io.dockherd.failure.Failure;
import io.dockherd.herd.discovery.HostPort;
import io.dockherd.herd.discovery.Roster;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keeps the engines to the list: who is not on it any more leaves at once, then who is new is asked
 * who he is. A list that can't be read, or that has become empty, changes nothing: a store that was
 * away long enough forgets all its entries, and the engines run on.
 */
final class Muster implements Facts.FactsListener, AutoCloseable {
  private static final Log LOG = Log.of(Muster.class);

  private final Roster roster;
  private final Duration heartbeat;
  private final Engines engines;
  private final Function<HostPort, Engine> dial;

  /** By address. Guarded by this. */
  private final Map<HostPort, Introduction> listed = new HashMap<>();

  private final Thread thread = Thread.ofVirtual().name("muster").unstarted(this::run);
  private String lastTrouble = "";
  private boolean isClosed;

  Muster(Roster roster, Duration heartbeat, Engines engines, Function<HostPort, Engine> dial) {
    this.roster = roster;
    this.heartbeat = heartbeat;
    this.engines = engines;
    this.dial = dial;
  }

  /** Begins; returns at once. */
  void start() {
    thread.start();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        follow(roster.read());
      } catch (Failure e) {
        keep(e.explanation());
      } catch (RuntimeException e) {
        LOG.error("the list of engines was not followed", e);
      }
      try {
        roster.awaitChange(heartbeat);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void keep(String trouble) {
    if (!trouble.equals(lastTrouble)) {
      LOG.warn("no new list of engines; those that are there stay", "reason", trouble);
      lastTrouble = trouble;
    }
  }

  /** That is the list now. */
  synchronized void follow(List<HostPort> list) {
    if (isClosed) {
      return;
    }
    if (list.isEmpty()) {
      keep("the list is empty");
      return;
    }
    lastTrouble = "";
    Set<HostPort> gone = new HashSet<>(listed.keySet());
    list.forEach(gone::remove);
    gone.forEach(this::drop);
    list.forEach(address -> listed.computeIfAbsent(address, this::introduced));
  }

  /** Of an engine: should it be another than the one let in there, it is asked who it is. */
  @Override
  public void onFact(Fact fact, Optional<Fact> before) {
    engines.replaced(fact).ifPresent(this::introduceAnew);
  }

  @Override
  public void onGone(Fact fact, boolean lost) {}

  private synchronized void introduceAnew(HostPort address) {
    if (!isClosed && listed.containsKey(address)) {
      LOG.warn("another engine than before is there", "engine", Engines.text(address));
      drop(address);
      listed.put(address, introduced(address));
    }
  }

  private Introduction introduced(HostPort address) {
    Introduction introduction = new Introduction(address, engines, dial);
    introduction.start();
    return introduction;
  }

  private void drop(HostPort address) {
    listed.remove(address).close();
    engines.remove(address);
  }

  @Override
  public void close() {
    thread.interrupt();
    synchronized (this) {
      isClosed = true;
      Set.copyOf(listed.keySet()).forEach(this::drop);
    }
    roster.close();
  }
}
