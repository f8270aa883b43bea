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

  /** How many checks in a row have to show misfits before this peer parts from them. */
  private static final int PATIENCE = 4;

  /**
   * What the library has found, and the check of it.
   *
   * @param strange the views of others, by who has shown each
   * @param late those of ours who have shown an older view than ours
   */
  private record Found(
      long number, MergeCheck<Address> check, Map<Address, View> strange, Set<Address> late) {}

  /** The strangers this peer was told to reach, for the oldest of its view. */
  private record Errand(long number, Set<Address> strangers, Set<Address> reached) {
    boolean isDone() {
      return reached.containsAll(strangers);
    }
  }

  private final Address self;
  private final Duration pace;
  private final FlapDamping<Address> flapping = new FlapDamping<>();
  private final Quiet held = new Quiet(FlapDamping.WINDOW);
  private final Quiet apart = new Quiet(Duration.ofMinutes(1));
  private View view;
  private long number;
  private Optional<Found> found = Optional.empty();
  private Errand errand = new Errand(0, Set.of(), Set.of());
  private Map<Address, Integer> misfitting = Map.of();
  private Optional<Address> leftOutBy = Optional.empty();
  private long leftOutNanos;

  MergeGate(Address self, GroupSettings.Looking looking) {
    this.self = self;
    pace = looking.merge();
    view = View.create(self, 0, self);
  }

  /**
   * Whether there is better company than this peer's view, with which it can't be one for now.
   * Whoever is to join had better join there.
   */
  synchronized boolean isLeftOut() {
    return leftOut().isPresent();
  }

  private Optional<Address> leftOut() {
    boolean isRecent = System.nanoTime() - leftOutNanos < pace.multipliedBy(5).toNanos();
    return leftOutBy.filter(_ -> isRecent);
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
    if (!View.newMembers(view, next).isEmpty()) {
      leftOutBy = Optional.empty();
    }
    view = next;
    found = Optional.empty();
    errand = new Errand(0, Set.of(), Set.of());
    misfitting = Map.of();
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
      Map<Address, View> strange = new HashMap<>(views);
      strange.values().removeIf(shown -> shown.getViewId().equals(view.getViewId()));
      Set<Address> late = new HashSet<>(strange.keySet());
      late.removeIf(
          peer ->
              !view.containsMember(peer)
                  || strange.get(peer).getViewId().compareToIDs(view.getViewId()) > 0);
      strange.keySet().removeAll(late);
      List<List<Address>> others =
          strange.values().stream().map(View::getMembers).distinct().toList();
      MergeCheck<Address> check = new MergeCheck<>(self, view.getMembers(), others);
      next = new Found(++number, check, strange, late);
      found = Optional.of(next);
    }
    attempt(next, TRIES);
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
            TimeUnit.MILLISECONDS,
            false);
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
    boolean isNew = errand.number() != check.number();
    errand =
        new Errand(
            check.number(), check.strangers().keySet(), isNew ? new HashSet<>() : errand.reached());
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
      } else if (!errand.reached().contains(stranger)) {
        tell(stranger, new Introduction.Ask(check.number(), false));
      }
    }
    tell(oldest, new Introduction.Reached(check.number(), errand.reached()));
  }

  private synchronized void answer(Address from, Introduction.Ask ask) {
    Map<Address, IpAddress> places = ask.introduce() ? places(view.getMembers()) : Map.of();
    tell(from, new Introduction.Answer(ask.number(), leftOut(), places));
  }

  private synchronized void reached(Address stranger, Introduction.Answer answer) {
    answer.places().forEach(this::learn);
    boolean isTaken = answer.leftOutBy().filter(by -> !view.containsMember(by)).isPresent();
    if (errand.number() == answer.number()
        && errand.strangers().contains(stranger)
        && !isTaken
        && errand.reached().add(stranger)
        && errand.isDone()) {
      tell(view.getCoord(), new Introduction.Reached(answer.number(), errand.reached()));
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
    synchronized (this) {
      if (found.filter(checked::equals).isEmpty()) {
        return;
      }
      found = Optional.empty();
      // Whoever of ours has missed our view gets one anew: nobody else may come with it.
      View missed = new View(self, 0, view.getMembers());
      checked.late().forEach(peer -> views.put(peer, missed));
      views.put(self, view);
      leftOutBy = outcome.leftOutBy();
      leftOutNanos = System.nanoTime();
      misfits = misfits(outcome.misfits());
    }
    if (!outcome.missing().isEmpty()) {
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

  /** Those who have been misfits long enough. */
  private Set<Address> misfits(Map<Address, Set<Address>> seen) {
    Map<Address, Integer> before = misfitting;
    misfitting = new HashMap<>();
    Set<Address> misfits = new HashSet<>();
    seen.forEach(
        (oldest, peers) -> {
          int times = before.getOrDefault(oldest, 0) + 1;
          misfitting.put(oldest, times);
          if (times >= PATIENCE) {
            misfits.addAll(peers);
          }
        });
    return misfits;
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
