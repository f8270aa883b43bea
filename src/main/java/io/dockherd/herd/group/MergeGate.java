package io.dockherd.herd.group;

import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.View;
import org.jgroups.ViewId;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.Tuple;

/**
 * Lets views become one only when all of the one reach all of the other.
 *
 * <p>The library finds another view as soon as two peers hear each other, and would make the two
 * one over a link that is still half open, to part them again five seconds later, on and on. So the
 * oldest of the view has each of its peers ask each stranger for an answer first ({@link
 * MergeCheck}), each time the library has found one.
 */
final class MergeGate extends Signals {
  private static final Log LOG = Log.of(MergeGate.class);

  /** How often whoever has not been reached is asked anew within one check. */
  private static final int TRIES = 4;

  /**
   * What the library has found, and the check of it.
   *
   * @param strange the views of others, by who has shown each
   * @param late those of ours who have shown an older view than ours
   */
  private record Found(
      long number, MergeCheck<Address> check, Map<Address, View> strange, Set<Address> late) {}

  private final Address self;
  private final Duration pace;
  private final Standing<Address> standing;
  private final FlapDamping<Address> flapping = new FlapDamping<>();
  private final Quiet held = new Quiet(FlapDamping.WINDOW);
  private final Quiet apart = new Quiet(Duration.ofMinutes(1));
  private View view;
  private long number;
  private Optional<Found> found = Optional.empty();
  private Errand errand = Errand.NONE;

  MergeGate(Address self, GroupSettings.Looking looking) {
    this.self = self;
    pace = looking.merge();
    standing = new Standing<>(pace.multipliedBy(5));
    view = View.create(self, 0, self);
  }

  /**
   * Whether there is better company than this peer's view, with which it can't be one for now.
   * Whoever is to join had better join there.
   */
  synchronized boolean isLeftOut() {
    return standing.leftOutBy(System.nanoTime()).isPresent();
  }

  @Override
  public Object down(Event event) {
    Object result = super.down(event);
    if (event.getType() == Event.VIEW_CHANGE) {
      install(event.getArg());
    }
    return result;
  }

  private synchronized void install(View next) {
    flapping.lost(View.leftMembers(view, next), System.nanoTime());
    standing.changed(!View.newMembers(view, next).isEmpty());
    view = next;
    found = Optional.empty();
    errand = Errand.NONE;
  }

  @Override
  public Object up(Event event) {
    if (event.getType() != Event.MERGE) {
      return super.up(event);
    }
    start(event.getArg());
    return null;
  }

  private void start(Map<Address, View> views) {
    Found next;
    synchronized (this) {
      if (!self.equals(view.getCoord())) {
        return;
      }
      next = found(views);
      found = Optional.of(next);
    }
    attempt(next, TRIES);
  }

  /** Whoever has another view than the oldest in it has yet to get that one's, and counts by it. */
  private Found found(Map<Address, View> views) {
    ViewId ours = view.getViewId();
    Map<Address, View> strange = new HashMap<>();
    Set<Address> late = new HashSet<>();
    views.forEach(
        (peer, shown) -> {
          ViewId id = shown.getViewId();
          ViewId ofItsOldest = views.getOrDefault(shown.getCoord(), shown).getViewId();
          if (view.containsMember(peer) && id.compareToIDs(ours) <= 0 && !id.equals(ours)) {
            late.add(peer);
          } else if (!id.equals(ours) && id.equals(ofItsOldest)) {
            strange.put(peer, shown);
          }
        });
    List<List<Address>> others =
        strange.values().stream().map(View::getMembers).distinct().toList();
    MergeCheck<Address> check = new MergeCheck<>(self, view.getMembers(), others);
    return new Found(++number, check, strange, late);
  }

  private void attempt(Found checked, int left) {
    if (left == 0 || checked.check().isWhole()) {
      conclude(checked);
      return;
    }
    synchronized (this) {
      if (found.filter(checked::equals).isEmpty()) {
        return;
      }
      for (Address peer : view.getMembers()) {
        Set<Address> strangers = checked.check().unreached(peer);
        if (!strangers.isEmpty()) {
          tell(peer, new Introduction.Check(checked.number(), places(strangers)));
        }
      }
    }
    checked.strange().values().forEach(other -> askForPlaces(checked.number(), other));
    getTransport()
        .getTimer()
        .schedule(
            () -> attempt(checked, left - 1),
            pace.dividedBy(TRIES).toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Of peers that this one has never met, the oldest of their view knows where they listen. */
  private void askForPlaces(long number, View other) {
    Map<Address, IpAddress> known = places(other.getMembers());
    if (known.size() < other.size() && known.containsKey(other.getCoord())) {
      tell(other.getCoord(), new Introduction.Ask(number, true));
    }
  }

  @Override
  void take(Address from, byte[] signal) {
    switch (Introduction.read(signal)) {
      case Introduction.Check check -> reach(from, check);
      case Introduction.Ask ask -> answer(from, ask);
      case Introduction.Answer answer -> reached(from, answer);
      case Introduction.Reached(long asked, Set<Address> strangers) ->
          collect(from, asked, strangers);
    }
  }

  private synchronized void reach(Address oldest, Introduction.Check check) {
    if (!oldest.equals(view.getCoord())) {
      return;
    }
    check.strangers().forEach(this::learn);
    errand = errand.to(check);
    for (Address stranger : errand.strangers()) {
      if (flapping.holds(stranger, System.nanoTime())) {
        held.say(
            _ ->
                LOG.warn(
                    "a node was lost too often, it is kept apart for a while",
                    "node",
                    places(Set.of(stranger)).values(),
                    "lost",
                    FlapDamping.LOSSES,
                    "within",
                    FlapDamping.WINDOW));
      } else if (errand.wants(check.number(), stranger)) {
        tell(stranger, new Introduction.Ask(check.number(), false));
      }
    }
    tell(oldest, new Introduction.Reached(check.number(), errand.reached()));
  }

  private synchronized void answer(Address from, Introduction.Ask ask) {
    Map<Address, IpAddress> places = ask.introduce() ? places(view.getMembers()) : Map.of();
    Optional<Address> leftOutBy = standing.leftOutBy(System.nanoTime());
    tell(from, new Introduction.Answer(ask.number(), leftOutBy, places));
  }

  private synchronized void reached(Address stranger, Introduction.Answer answer) {
    if (found.filter(asking -> asking.number() == answer.number()).isPresent()) {
      answer.places().forEach(this::learn);
    }
    boolean isTaken = answer.leftOutBy().filter(by -> !view.containsMember(by)).isPresent();
    if (isTaken || !errand.wants(answer.number(), stranger)) {
      return;
    }
    errand = errand.with(stranger);
    if (errand.isDone()) {
      tell(view.getCoord(), new Introduction.Reached(errand.number(), errand.reached()));
    }
  }

  private void collect(Address from, long asked, Set<Address> strangers) {
    Optional<Found> checked;
    synchronized (this) {
      checked = found.filter(running -> running.number() == asked);
    }
    checked.ifPresent(running -> running.check().reached(from, strangers));
    checked.filter(running -> running.check().isWhole()).ifPresent(this::conclude);
  }

  private void conclude(Found checked) {
    MergeCheck.Outcome<Address> outcome = checked.check().outcome();
    Map<Address, View> views = new HashMap<>();
    if (outcome.leftOutBy().isEmpty()) {
      views.putAll(checked.strange());
      views.values().removeIf(other -> !outcome.open().contains(other.getMembers()));
    }
    Set<Address> misfits;
    boolean isKeptApart;
    synchronized (this) {
      if (found.filter(checked::equals).isEmpty()) {
        return;
      }
      found = Optional.empty();
      // Whoever of ours has missed our view gets one anew: nobody else may come with it.
      View missed = new View(self, 0, view.getMembers());
      checked.late().forEach(peer -> views.put(peer, missed));
      views.put(self, view);
      standing.checked(outcome, System.nanoTime());
      misfits = standing.misfits(outcome);
      isKeptApart = standing.isKeptApart();
    }
    if (isKeptApart) {
      apart.say(_ -> explain(outcome));
    }
    if (!misfits.isEmpty()) {
      LOG.warn("parts from nodes to be one with more others", "nodes", places(misfits).values());
      Event suspicion = new Event(Event.SUSPECT, List.copyOf(misfits));
      Thread.ofVirtual().name("group-suspect").start(() -> up_prot.up(suspicion));
    } else if (views.size() > 1) {
      super.up(new Event(Event.MERGE, views));
    }
  }

  private void explain(MergeCheck.Outcome<Address> outcome) {
    PeerTransport transport = (PeerTransport) getTransport();
    LOG.warn(
        "nodes are kept apart, links between them are missing",
        "links",
        transport.links(outcome.missing()),
        "leftOut",
        outcome.leftOutBy().isPresent());
  }

  private void tell(Address to, Introduction introduction) {
    send(to, introduction.toBytes());
  }

  private void learn(Address peer, IpAddress place) {
    down_prot.down(new Event(Event.ADD_PHYSICAL_ADDRESS, new Tuple<>(peer, place)));
  }

  private Map<Address, IpAddress> places(Collection<Address> peers) {
    return ((PeerTransport) getTransport()).places(peers);
  }
}
