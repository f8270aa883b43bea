package io.dockherd.herd.group;

import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;

/**
 * Finds out who can't be heard, and has the view parted where not all hear each other.
 *
 * <p>The library's own protocols for this ask the oldest peer alone: whom it hears stays, though
 * another may hear nothing of it. Here everybody counts; {@link Suspicions} concludes, and the
 * oldest of each part makes its view.
 */
final class Heartbeats extends Signals {
  private static final Log LOG = Log.of(Heartbeats.class);

  private static final short OF_STRANGERS = ClassConfigurator.getProtocolId(MergeGate.class);

  private final Address self;
  private final Duration interval;
  private final Suspicions<Address> suspicions;
  private final Set<Address> suspected = new HashSet<>();
  private Optional<Future<?>> beats = Optional.empty();
  private boolean told;

  Heartbeats(Address self, GroupSettings.Watching watching) {
    this.self = self;
    interval = watching.heartbeat();
    suspicions = new Suspicions<>(self, Suspicions.Limits.of(watching));
  }

  @Override
  public synchronized void start() throws Exception {
    super.start();
    beats =
        Optional.of(
            getTransport()
                .getTimer()
                .scheduleWithFixedDelay(
                    this::beat, 0, interval.toMillis(), TimeUnit.MILLISECONDS, false));
  }

  @Override
  public synchronized void stop() {
    beats.ifPresent(running -> running.cancel(true));
    super.stop();
  }

  @Override
  public Object down(Event event) {
    Object result = super.down(event);
    if (event.getType() == Event.VIEW_CHANGE) {
      View view = event.getArg();
      synchronized (this) {
        suspicions.install(view.getMembers(), view.getViewId().getId());
        suspected.clear();
        told = false;
      }
    }
    return result;
  }

  /** The transport suspects those whose connection ended though somebody listens there. */
  @Override
  public Object up(Event event) {
    if (event.getType() != Event.SUSPECT) {
      return super.up(event);
    }
    Collection<Address> suspects = event.getArg();
    for (Address suspect : suspects) {
      suspicions.doubt(suspect);
      ask(suspect);
    }
    return null;
  }

  /** What strangers ask tells nothing: those who have left us are strangers, and ask. */
  @Override
  void pass(Message message) {
    if (message.getHeader(OF_STRANGERS) == null) {
      suspicions.heard(message.getSrc());
    }
  }

  @Override
  void take(Address from, byte[] signal) {
    switch (Pulse.read(signal)) {
      case Pulse.Beat(Suspicions.Report<Address> report) -> {
        suspicions.heard(from);
        suspicions.report(from, report).forEach(this::ask);
        // It takes us for present: what we acknowledge would keep it from finding out.
        if (!suspicions.isPresent(from)) {
          answer(from);
        }
      }
      case Pulse.Ask() -> {
        suspicions.heard(from);
        answer(from);
      }
      case Pulse.Answer(long view, boolean knowsUs) -> {
        if (knowsUs) {
          suspicions.heard(from);
        } else {
          suspicions.departed(from, view);
        }
      }
    }
  }

  private void ask(Address whom) {
    send(whom, new Pulse.Ask().toBytes());
  }

  private void answer(Address to) {
    send(to, new Pulse.Answer(suspicions.view(), suspicions.isPresent(to)).toBytes());
  }

  private void beat() {
    try {
      Suspicions.Beat<Address> beat = suspicions.beat();
      if (!suspicions.isAlone()) {
        sendAll(new Pulse.Beat(beat.report()).toBytes());
      }
      beat.asked().forEach(this::ask);
      suspect(beat.parting(), beat.report().view());
    } catch (RuntimeException e) {
      LOG.error("a heartbeat failed", e);
    }
  }

  /** The oldest of each part goes on without the others, and its part follows it. */
  private synchronized void suspect(Optional<Suspicions.Parting<Address>> parting, long number) {
    Set<Address> lost = new HashSet<>();
    parting.ifPresent(
        found -> {
          tell(found);
          List<Address> part = found.with(self);
          if (part.getFirst().equals(self)) {
            found.cliques().forEach(lost::addAll);
            part.forEach(lost::remove);
          }
        });
    for (Address back : suspected) {
      if (!lost.contains(back)) {
        raise(new Event(Event.UNSUSPECT, back), number);
      }
    }
    suspected.clear();
    suspected.addAll(lost);
    if (!lost.isEmpty()) {
      raise(new Event(Event.SUSPECT, List.copyOf(lost)), number);
    }
  }

  /** Whoever makes a view waits until it is acknowledged; the next beat doesn't. */
  private void raise(Event event, long number) {
    Thread.ofVirtual()
        .name("group-suspect")
        .start(
            () -> {
              if (suspicions.view() == number) {
                up_prot.up(event);
              }
            });
  }

  private void tell(Suspicions.Parting<Address> parting) {
    if (!parting.isLinks() || told) {
      return;
    }
    told = true;
    PeerTransport transport = (PeerTransport) getTransport();
    LOG.warn(
        "links between nodes are broken, the herd parts",
        "links",
        transport.links(parting.broken()),
        "stay",
        transport.places(parting.cliques().getFirst()).values(),
        "ours",
        transport.places(parting.with(self)).values());
  }
}
