package io.dockherd.system.apps;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Breaks hosts, engines, nodes and cables of a lab, one after the other, and mends some of what it
 * broke: what it does next follows from its seed alone. Remembers what it did.
 */
final class Nemesis {
  private static final int MOST_BROKEN = 3;
  private static final double MENDS = 0.45;

  /** A link that is silent five times is left out for minutes: that is another test's. */
  private static final int MOST_SILENCES = 4;

  private final LabHerd herd;
  private final int hosts;
  private final SplittableRandom random;
  private final long beganNanos = System.nanoTime();
  private final List<String> deeds = new ArrayList<>();
  private final Map<Integer, Sickness> sick = new TreeMap<>();
  private final TreeSet<Cut> cuts = new TreeSet<>();

  /** How often each host has been silent since its node was started. */
  private final Map<Integer, Integer> silences = new TreeMap<>();

  /** What may be wrong with a host; only one thing at a time. */
  private enum Sickness {
    NODE_KILLED("kills the node of", LabHost::killNode, host -> {}),
    NODE_FROZEN("freezes the node of", LabHost::freezeNode, LabHost::thawNode),
    ENGINE_KILLED("kills the engine of", LabHost::killEngine, LabHost::startEngine),
    ENGINE_FROZEN("freezes the engine of", LabHost::freezeEngine, LabHost::thawEngine),
    SWITCHED_OFF("switches off", LabHost::kill, LabHost::boot),
    CABLE_OUT("pulls the cable of", LabHost::linkDown, LabHost::linkUp);

    private final String deed;
    private final Consumer<LabHost> breaking;
    private final Consumer<LabHost> mending;

    Sickness(String deed, Consumer<LabHost> breaking, Consumer<LabHost> mending) {
      this.deed = deed;
      this.breaking = breaking;
      this.mending = mending;
    }

    /** Whether the node lives, and nobody hears it. */
    boolean isSilence() {
      return this == NODE_FROZEN || this == CABLE_OUT;
    }

    /** Whether the node is another one afterwards. */
    boolean isEndOfNode() {
      return this == NODE_KILLED || this == SWITCHED_OFF;
    }
  }

  /** What {@code from} sends does not reach {@code to}. */
  private record Cut(int from, int to) implements Comparable<Cut> {
    @Override
    public int compareTo(Cut other) {
      return from != other.from ? from - other.from : to - other.to;
    }
  }

  Nemesis(LabHerd herd, long seed) {
    this.herd = herd;
    this.hosts = herd.lab().hosts().size();
    this.random = new SplittableRandom(seed);
  }

  /** How long it waits until it strikes again. */
  Duration pause() {
    return Duration.ofMillis(random.nextInt(300, 3500));
  }

  /** Breaks something, or mends something. */
  void strike() {
    int broken = sick.size() + cuts.size();
    boolean isToMend = broken >= MOST_BROKEN || broken > 0 && random.nextDouble() < MENDS;
    if (isToMend) {
      mend(random.nextInt(broken));
    } else if (random.nextInt(3) == 0) {
      cut();
    } else {
      sicken();
    }
  }

  private void sicken() {
    List<Integer> well =
        IntStream.rangeClosed(1, hosts).filter(host -> !sick.containsKey(host)).boxed().toList();
    int host = well.get(random.nextInt(well.size()));
    Sickness drawn = Sickness.values()[random.nextInt(Sickness.values().length)];
    Sickness what = drawn.isSilence() && !maySilence(host) ? Sickness.NODE_KILLED : drawn;
    if (what.isSilence()) {
      silences.merge(host, 1, Integer::sum);
    } else if (what.isEndOfNode()) {
      silences.remove(host);
    }
    note(what.deed + " host " + host);
    sick.put(host, what);
    what.breaking.accept(herd.host(host));
  }

  /** Whether no link has been silent too often if these hosts are once more. */
  private boolean maySilence(Integer... those) {
    int[] most =
        IntStream.rangeClosed(1, hosts)
            .map(host -> silences.getOrDefault(host, 0) + (List.of(those).contains(host) ? 1 : 0))
            .sorted()
            .toArray();
    return most[hosts - 1] + most[hosts - 2] <= MOST_SILENCES;
  }

  private void cut() {
    int from = random.nextInt(1, hosts + 1);
    int to = 1 + (from - 1 + random.nextInt(1, hosts)) % hosts;
    boolean isOneWay = random.nextInt(3) == 0;
    if (!maySilence(from, to)) {
      return;
    }
    silences.merge(from, 1, Integer::sum);
    silences.merge(to, 1, Integer::sum);
    note((isOneWay ? "deafens host " + to + " to " : "cuts host " + to + " from ") + from);
    herd.lab().cutOneWay(from, to);
    cuts.add(new Cut(from, to));
    if (!isOneWay) {
      herd.lab().cutOneWay(to, from);
      cuts.add(new Cut(to, from));
    }
  }

  private void mend(int which) {
    if (which < sick.size()) {
      mendHost(List.copyOf(sick.keySet()).get(which));
    } else {
      Cut cut = List.copyOf(cuts).get(which - sick.size());
      note("heals the line between " + cut.from + " and " + cut.to);
      herd.lab().heal(cut.from, cut.to);
      cuts.removeIf(it -> it.equals(cut) || it.from == cut.to && it.to == cut.from);
    }
  }

  private void mendHost(int number) {
    Sickness what = sick.remove(number);
    LabHost host = herd.host(number);
    note("mends host " + number + " (" + what + ")");
    what.mending.accept(host);
    host.startNodeAgain();
  }

  /** Mends all, the cables last. */
  void mendAll(Duration limit) {
    note("mends all");
    sick.forEach(
        (number, what) -> {
          if (what != Sickness.CABLE_OUT) {
            what.mending.accept(herd.host(number));
          }
        });
    herd.lab().hosts().forEach(LabHost::startNodeAgain);
    IntStream.rangeClosed(1, hosts)
        .filter(host -> sick.get(host) != Sickness.CABLE_OUT)
        .forEach(host -> herd.host(host).awaitNode(limit));
    herd.lab().healAll();
    sick.clear();
    cuts.clear();
    note("all is mended");
  }

  private void note(String deed) {
    long millis = Duration.ofNanos(System.nanoTime() - beganNanos).toMillis();
    deeds.add("%7.2f s: %s".formatted(millis / 1000.0, deed));
  }

  /** All it did, a line for each thing. */
  String deeds() {
    return deeds.stream().collect(Collectors.joining("\n"));
  }
}
