package io.dockherd.herd.group;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Whom this peer does not hear, what the others report of theirs, and what comes of it: everybody
 * tells everybody, so all who hear each other draw the same conclusion, whoever of them is the
 * oldest and whomever that one hears.
 *
 * <p>Time is counted in this peer's own beats. Where every core is busy or the process was frozen
 * its beats are late as well, and nobody is suspected for it.
 *
 * <p>A peer that was not heard for some beats is first <i>faint</i>, then asked whether it lives,
 * then <i>unheard</i>, which is reported. One beat after this peer said so itself, or at once when
 * another did, the view is parted into {@link Cliques}; but not while any link is faint that may
 * have broken at the same time, for a short while: else a death that one peer has noticed and
 * others have not yet would look like a broken link.
 */
final class Suspicions<P> {
  /** How many beats links that are faint are waited for. */
  private static final int WAIT_BEATS = 4;

  /**
   * How many beats a peer has not been heard when it is faint, when it is asked, and when it is
   * unheard.
   */
  record Limits(int faint, int asked, int unheard) {
    Limits {
      if (faint < 1 || faint >= asked || asked >= unheard) {
        throw new IllegalArgumentException("limits out of order");
      }
    }

    static Limits of(GroupSettings.Watching watching) {
      int asked = 1 + beats(watching.silence(), watching.heartbeat());
      int unheard = asked + Math.max(1, beats(watching.doubt(), watching.heartbeat()));
      return new Limits(asked * 2 / 3, asked, unheard);
    }

    private static int beats(Duration time, Duration beat) {
      return Math.toIntExact(Math.ceilDiv(time.toMillis(), beat.toMillis()));
    }
  }

  /**
   * What a peer tells the others with each beat.
   *
   * @param view the number of its view
   * @param beat grows with every beat
   */
  record Report<P>(long view, long beat, Set<P> faint, Set<P> unheard) {
    Report {
      faint = Set.copyOf(faint);
      unheard = Set.copyOf(unheard);
    }
  }

  /**
   * That not all of the view hear each other.
   *
   * @param cliques the parts it is to have, with the peers that stay first
   * @param broken which links make it so
   * @param isLinks whether it is for links: some peer that is to go is heard by one that we hear
   */
  record Parting<P>(List<List<P>> cliques, Set<Link<P>> broken, boolean isLinks) {
    Parting {
      cliques = List.copyOf(cliques);
      broken = Set.copyOf(broken);
    }

    /** The part with that peer. */
    List<P> with(P peer) {
      return cliques.stream().filter(clique -> clique.contains(peer)).findFirst().orElseThrow();
    }
  }

  /**
   * What is to be done at a beat.
   *
   * @param asked who is to be asked whether they live
   */
  record Beat<P>(Report<P> report, Set<P> asked, Optional<Parting<P>> parting) {
    Beat {
      asked = Set.copyOf(asked);
    }
  }

  /** How many beats one peer has not been heard. */
  private static final class Ear {
    private final AtomicInteger beats = new AtomicInteger();
    private volatile boolean departed;
  }

  private final P self;
  private final Limits limits;
  private final Map<P, Ear> ears = new ConcurrentHashMap<>();
  private final Map<P, Report<P>> reports = new HashMap<>();
  private List<P> present;
  private long view = -1;
  private long beat;
  private long installedBeat;
  private int waited;

  Suspicions(P self, Limits limits) {
    this.self = self;
    this.limits = limits;
    this.present = List.of(self);
  }

  /** There is another view, with these peers, oldest first. */
  synchronized void install(List<P> oldestFirst, long number) {
    present = List.copyOf(oldestFirst);
    view = number;
    installedBeat = beat;
    waited = 0;
    ears.keySet().retainAll(present);
    for (P peer : present) {
      if (!peer.equals(self)) {
        ears.computeIfAbsent(peer, _ -> new Ear()).departed = false;
      }
    }
    reports.keySet().retainAll(present);
    reports.replaceAll(this::known);
  }

  /** Something came from that peer. Called for each message, by many threads. */
  void heard(P peer) {
    Ear ear = ears.get(peer);
    if (ear != null && !ear.departed && ear.beats.get() != 0) {
      ear.beats.set(0);
    }
  }

  /**
   * The peer's report. One of another view than ours speaks of other links; unless we have had ours
   * for so long that the peer should have it too, and what it doesn't hear is why it has not.
   *
   * @return whom this peer is to ask whether they live, for the other has ceased to hear them: a
   *     dead peer whose connection to the other was seen to end, and ours was not, would look like
   *     a broken link
   */
  synchronized Set<P> report(P from, Report<P> report) {
    boolean counts = report.view() == view || report.view() < view && isSettled();
    Report<P> before = reports.get(from);
    if (!counts || !ears.containsKey(from) || before != null && before.beat() >= report.beat()) {
      return Set.of();
    }
    Report<P> now = known(from, report);
    reports.put(from, now);
    Set<P> asked = new HashSet<>(now.unheard());
    asked.retainAll(ears.keySet());
    if (before != null) {
      asked.removeAll(before.unheard());
    }
    asked.forEach(peer -> doubt(peer, limits.asked() - 1));
    return asked;
  }

  /** What of a report is about others that are present. */
  private Report<P> known(P from, Report<P> report) {
    return new Report<>(
        report.view(), report.beat(), known(from, report.faint()), known(from, report.unheard()));
  }

  private Set<P> known(P from, Set<P> peers) {
    return peers.stream()
        .filter(peer -> !peer.equals(from) && present.contains(peer))
        .collect(Collectors.toSet());
  }

  /**
   * The connection to the peer has ended: it is taken for one that has been silent and is asked.
   */
  void doubt(P peer) {
    doubt(peer, limits.asked());
  }

  private void doubt(P peer, int least) {
    Ear ear = ears.get(peer);
    if (ear != null) {
      ear.beats.updateAndGet(beats -> Math.max(beats, least));
    }
  }

  /**
   * The peer lives and has a view with that number, without this one: later than ours or for good.
   */
  synchronized void departed(P peer, long number) {
    Ear ear = ears.get(peer);
    if (ear != null && (number >= view || isSettled())) {
      ear.departed = true;
      ear.beats.updateAndGet(beats -> Math.max(beats, limits.unheard()));
    }
  }

  /** Whether whoever is in the view should have it by now. */
  private boolean isSettled() {
    return beat - installedBeat >= limits.asked();
  }

  /** The number of the view. */
  synchronized long view() {
    return view;
  }

  /** Whether there is nobody else in the view. */
  boolean isAlone() {
    return ears.isEmpty();
  }

  /** Whether that peer is in the view. */
  boolean isPresent(P peer) {
    return ears.containsKey(peer);
  }

  /** Another beat has passed. */
  synchronized Beat<P> beat() {
    beat++;
    Set<P> faint = new HashSet<>();
    Set<P> asked = new HashSet<>();
    Set<P> unheard = new HashSet<>();
    boolean due = false;
    for (Map.Entry<P, Ear> entry : ears.entrySet()) {
      int silent = entry.getValue().beats.incrementAndGet();
      if (silent >= limits.unheard()) {
        unheard.add(entry.getKey());
      } else if (silent >= limits.faint()) {
        faint.add(entry.getKey());
      }
      if (silent >= limits.asked()) {
        asked.add(entry.getKey());
      }
      due |= silent > limits.unheard();
    }
    Report<P> own = new Report<>(view, beat, faint, unheard);
    return new Beat<>(own, asked, parting(own, due));
  }

  private Optional<Parting<P>> parting(Report<P> own, boolean ownIsDue) {
    Map<P, Report<P>> told = new HashMap<>(reports);
    told.keySet().removeAll(own.faint());
    told.keySet().removeAll(own.unheard());
    boolean due = ownIsDue || told.values().stream().anyMatch(row -> !row.unheard().isEmpty());
    told.put(self, own);
    Set<Link<P>> broken = new HashSet<>();
    Set<Link<P>> faint = new HashSet<>();
    told.forEach(
        (from, row) -> {
          broken.addAll(links(from, row.unheard()));
          faint.addAll(links(from, row.faint()));
        });
    faint.removeAll(broken);
    if (!due || !faint.isEmpty() && waited < WAIT_BEATS) {
      waited = due ? waited + 1 : 0;
      return Optional.empty();
    }
    List<List<P>> cliques = Cliques.of(present, broken);
    return Optional.of(new Parting<>(cliques, broken, isLinks(cliques, broken, told.keySet())));
  }

  private Set<Link<P>> links(P from, Set<P> peers) {
    return peers.stream().map(peer -> Link.between(from, peer)).collect(Collectors.toSet());
  }

  /** Whoever has departed lives, and the links to it may be whole. */
  private boolean isLinks(List<List<P>> cliques, Set<Link<P>> broken, Set<P> witnesses) {
    Set<P> departed = new HashSet<>(present);
    departed.removeIf(peer -> peer.equals(self) || !ears.get(peer).departed);
    if (links(self, departed).containsAll(broken)) {
      return false;
    }
    List<P> ours =
        cliques.stream().filter(clique -> clique.contains(self)).findFirst().orElseThrow();
    return present.stream()
        .filter(peer -> !ours.contains(peer))
        .anyMatch(
            peer ->
                witnesses.stream()
                    .anyMatch(
                        witness ->
                            !witness.equals(peer)
                                && !broken.contains(Link.between(witness, peer))));
  }
}
