package io.dockherd.bench;

import io.dockherd.scheduling.Contents;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.Filters;
import io.dockherd.scheduling.Needs;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.PortClaim;
import io.dockherd.scheduling.Rule;
import io.dockherd.scheduling.Scheduler;
import io.dockherd.scheduling.Strategy;
import io.dockherd.scheduling.Tenant;
import io.dockherd.scheduling.expressions.Expression;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Places 10,000 containers one after the other, each counted before the next, over 1,000 nodes that
 * carry ten others each. Pure computing: no engine, no network. Prints a table row for each kind of
 * request.
 */
public final class PlacementBench {
  private static final int NODES = 1000;
  private static final int PLACEMENTS = 10_000;
  private static final int TENANTS = 10;
  private static final long GIB = 1L << 30;

  /** CPU time, not the clock on the wall: other work on the machine does not count. */
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  private PlacementBench() {}

  /** Runs it. */
  public static void main(String[] arguments) {
    System.out.println("| request | strategy | placed | CPU s | p50 µs | p99 µs |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    for (String strategy : Strategy.NAMES) {
      run("nothing in particular", strategy, demand(Needs.NONE, List.of(), List.of()));
    }
    Needs room = new Needs(GIB / 4, 100_000_000L, List.of());
    run("memory and CPUs", "spread", demand(room, List.of(), List.of()));
    run("memory and CPUs", "binpack", demand(room, List.of(), List.of()));
    run(
        "a constraint, an affinity, two wishes",
        "spread",
        demand(
            room,
            List.of(constraint("zone==/^[abc]$/"), affinity("app!=shop*")),
            List.of(constraint("disk==~ssd"), affinity("image==~redis*"))));
    Needs port = new Needs(0, 0, List.of(PortClaim.published("", 80, "tcp")));
    run("a port", "spread", demand(port, List.of(), List.of()));
  }

  private static void run(String what, String strategy, Demand demand) {
    for (int warming = 0; warming < 3; warming++) {
      place(strategy, demand, new long[PLACEMENTS / 10]);
    }
    long began = CLOCK.getCurrentThreadCpuTime();
    long[] nanos = new long[PLACEMENTS];
    int placed = place(strategy, demand, nanos);
    double seconds = (CLOCK.getCurrentThreadCpuTime() - began) / 1e9;
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %d | %.2f | %d | %d |%n",
        what,
        strategy,
        placed,
        seconds,
        nanos[nanos.length / 2] / 1000,
        nanos[nanos.length * 99 / 100] / 1000);
  }

  /**
   * How many found a place.
   *
   * @param nanos takes how long each took
   */
  private static int place(String strategy, Demand demand, long[] nanos) {
    Scheduler scheduler =
        new Scheduler(Filters.of(Filters.names(), 0.05), Strategy.named(strategy), new Random(42));
    List<NodeLoad> nodes = nodes();
    Map<String, Integer> positions = new HashMap<>();
    IntStream.range(0, NODES).forEach(i -> positions.put(nodes.get(i).node(), i));
    int placed = 0;
    for (int i = 0; i < nanos.length; i++) {
      long began = CLOCK.getCurrentThreadCpuTime();
      List<String> places = scheduler.place(demand, 1, nodes).nodes();
      if (!places.isEmpty()) {
        int at = positions.get(places.getFirst());
        nodes.set(at, nodes.get(at).plus(demand));
        placed++;
      }
      nanos[i] = CLOCK.getCurrentThreadCpuTime() - began;
    }
    return placed;
  }

  private static List<NodeLoad> nodes() {
    Random random = new Random(7);
    List<NodeLoad> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      List<Tenant> tenants = new ArrayList<>();
      for (int j = 0; j < TENANTS; j++) {
        Needs needs =
            new Needs(GIB / 8, 50_000_000L, List.of(PortClaim.published("", 8000 + j, "tcp")));
        tenants.add(
            new Tenant(
                String.format(Locale.ROOT, "%064x", i * TENANTS + j),
                List.of("c" + i + "-" + j),
                Map.of("app", "app" + random.nextInt(50), "tier", "t" + j),
                needs,
                j == 0));
      }
      Contents contents =
          Contents.of(tenants, Set.of("busybox:latest", "busybox"), Set.of("data" + i), Set.of());
      Map<String, String> labels =
          Map.of("zone", String.valueOf((char) ('a' + i % 5)), "disk", i % 3 == 0 ? "ssd" : "hdd");
      nodes.add(
          new NodeLoad(
              String.format(Locale.ROOT, "node-%04d", i),
              "ID:" + i,
              "",
              TENANTS,
              0,
              16,
              random.nextDouble(),
              64 * GIB,
              (40 + random.nextInt(20)) * GIB,
              labels,
              contents));
    }
    return nodes;
  }

  private static Demand demand(Needs needs, List<Rule> rules, List<Rule> wishes) {
    Tenant newcomer = new Tenant("", List.of(), Map.of("app", "new"), needs, false);
    return new Demand("a container", 0, newcomer, rules, wishes, Set.of());
  }

  private static Rule constraint(String text) {
    return new Rule.Constraint(Expression.parse(text));
  }

  private static Rule affinity(String text) {
    return new Rule.Affinity(Expression.parse(text));
  }
}
