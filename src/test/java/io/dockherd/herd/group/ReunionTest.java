package io.dockherd.herd.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Views that look for each other on and on, over links of which some are broken. */
class ReunionTest {
  /** Peers, their views and what they know, without a network or a clock. */
  private static final class Peers {
    private final Set<Link<String>> broken;
    private final Random random;
    private final Map<String, List<String>> views = new TreeMap<>();
    private final Map<String, Standing<String>> standings = new TreeMap<>();
    private long round;
    private int changes;

    Peers(Set<Link<String>> broken, Random random, String... views) {
      this.broken = broken;
      this.random = random;
      for (String view : views) {
        List<String> peers = CliquesTest.letters(view);
        peers.forEach(peer -> this.views.put(peer, peers));
        peers.forEach(peer -> standings.put(peer, new Standing<>(Duration.ofNanos(3))));
      }
    }

    Set<List<String>> views() {
      return Set.copyOf(views.values());
    }

    /** Whether that view leaves itself to one with more peers. */
    boolean isLeftOut(List<String> view) {
      return standings
          .get(view.getFirst())
          .leftOutBy(round)
          .filter(oldest -> views.get(oldest).size() > view.size())
          .isPresent();
    }

    /** As {@code AC B}, each in the order of letters. */
    String inWords() {
      return String.join(
          " ",
          views().stream()
              .map(v -> String.join("", v.stream().sorted().toList()))
              .sorted()
              .toList());
    }

    /** Everybody who is the oldest of a view looks around once. */
    void round() {
      round++;
      List<String> order = new ArrayList<>(views.keySet());
      Collections.shuffle(order, random);
      for (String peer : order) {
        if (views.get(peer).getFirst().equals(peer)) {
          look(peer);
          views().forEach(this::part);
        }
      }
    }

    private void look(String self) {
      List<String> ours = views.get(self);
      List<List<String>> others =
          views().stream()
              .filter(view -> !view.equals(ours) && view.stream().anyMatch(p -> isWhole(self, p)))
              .toList();
      MergeCheck<String> check = new MergeCheck<>(self, ours, others);
      for (String peer : ours) {
        Set<String> reached = new HashSet<>(check.unreached(peer));
        reached.removeIf(stranger -> !isWhole(peer, stranger));
        check.reached(peer, reached);
        reached.removeIf(
            stranger ->
                standings
                    .get(stranger)
                    .leftOutBy(round)
                    .filter(by -> !ours.contains(by))
                    .isEmpty());
        check.taken(reached);
      }
      MergeCheck.Outcome<String> outcome = check.outcome();
      standings.get(self).checked(outcome, round);
      Set<String> misfits = standings.get(self).misfits(outcome);
      if (!misfits.isEmpty()) {
        install(ours.stream().filter(peer -> !misfits.contains(peer)).toList());
        install(ours.stream().filter(misfits::contains).toList());
      } else if (outcome.leftOutBy().isEmpty()
          && outcome.open().stream().noneMatch(view -> view.getFirst().compareTo(self) < 0)
          && !outcome.open().isEmpty()) {
        Set<String> all = new LinkedHashSet<>(ours);
        outcome.open().forEach(all::addAll);
        install(List.copyOf(all));
      }
    }

    /** What heartbeats do to a view whose peers don't all hear each other. */
    private void part(List<String> view) {
      List<List<String>> cliques = Cliques.of(view, broken);
      if (cliques.size() > 1) {
        cliques.forEach(this::install);
      }
    }

    private void install(List<String> view) {
      changes++;
      for (String peer : view) {
        standings.get(peer).changed(!views.get(peer).containsAll(view));
        views.put(peer, view);
      }
    }

    private boolean isWhole(String one, String other) {
      return one.equals(other) || !broken.contains(Link.between(one, other));
    }
  }

  @Test
  void whereAllLinksAreWholeAllAreOne() {
    Peers peers = new Peers(Set.of(), new Random(1), "A", "BC", "DEF", "G");
    peers.round();
    peers.round();
    assertEquals("ABCDEFG", peers.inWords());
  }

  @Test
  void oneBrokenLinkLeavesOneOutHoweverItBegan() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      Set<Link<String>> broken = CliquesTest.links("AB");
      Peers peers = new Peers(broken, random, random(random, "ABCDEFG", broken));
      settle(peers, seed);
      assertTrue(
          Set.of("ACDEFG B", "A BCDEFG").contains(peers.inWords()), seed + ": " + peers.inWords());
    }
  }

  @Test
  void whateverIsBrokenItComesToRestAndAllInAViewReachEachOther() {
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      List<String> all = CliquesTest.letters("ABCDEFGH".substring(0, 2 + random.nextInt(7)));
      double share = random.nextDouble() / 2;
      Set<Link<String>> broken = new HashSet<>();
      for (Link<String> link : CliquesTest.pairs(all)) {
        if (random.nextDouble() < share) {
          broken.add(link);
        }
      }
      Peers peers = new Peers(broken, random, random(random, String.join("", all), broken));
      settle(peers, seed);
      List<List<String>> views = List.copyOf(peers.views());
      for (List<String> view : views) {
        assertTrue(isWhole(view, broken), "seed " + seed + ": " + peers.inWords());
        for (List<String> other : views) {
          List<String> both = Stream.concat(view.stream(), other.stream()).toList();
          assertTrue(
              view.equals(other)
                  || !isWhole(both, broken)
                  || peers.isLeftOut(view)
                  || peers.isLeftOut(other),
              "seed " + seed + ": " + peers.inWords());
        }
      }
    }
  }

  private static boolean isWhole(List<String> peers, Set<Link<String>> broken) {
    return CliquesTest.pairs(peers).stream().noneMatch(broken::contains);
  }

  private static void settle(Peers peers, int seed) {
    for (int i = 0; i < 100; i++) {
      peers.round();
    }
    int before = peers.changes;
    for (int i = 0; i < 30; i++) {
      peers.round();
    }
    assertEquals(before, peers.changes, "seed " + seed + " still changes: " + peers.inWords());
  }

  /** Some views to begin with, in each of which all reach each other. */
  private static String[] random(Random random, String letters, Set<Link<String>> broken) {
    List<String> all = new ArrayList<>(CliquesTest.letters(letters));
    Collections.shuffle(all, random);
    List<String> views = new ArrayList<>();
    while (!all.isEmpty()) {
      List<String> some = List.copyOf(all.subList(0, 1 + random.nextInt(all.size())));
      Cliques.of(some, broken).forEach(view -> views.add(String.join("", view)));
      all.removeAll(some);
    }
    return views.toArray(String[]::new);
  }
}
