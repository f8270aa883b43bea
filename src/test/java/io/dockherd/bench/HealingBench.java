package io.dockherd.bench;

import io.dockherd.lab.Lab;
import io.dockherd.lab.LabHost;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * How long it takes until all copies run again after a host is lost: everything on it killed, or
 * its cable pulled. The herd and the engines' own swarm mode in turns, on the same three hosts.
 */
final class HealingBench {
  private static final int LAB = 31;
  private static final int COPIES = 6;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Set<Integer> ALL = Set.of(1, 2, 3);
  private static final Set<Integer> LEFT = Set.of(1, 2);

  private enum Loss {
    KILLED("everything on a host killed"),
    CUT("a host's cable pulled");

    private final String words;

    Loss(String words) {
      this.words = words;
    }
  }

  private final Lab lab;
  private final int rounds;

  private HealingBench(Lab lab, int rounds) {
    this.lab = lab;
    this.rounds = rounds;
  }

  /** {@code HealingBench [rounds]}. */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
    try (BenchLab bench = BenchLab.up(LAB, 3)) {
      new HealingBench(bench.lab(), rounds).measure();
    }
  }

  private void measure() throws IOException {
    Orchestrator herd = new Orchestrator.Herd(lab);
    Orchestrator swarm = new Orchestrator.Swarm(lab);
    System.out.printf("## %d copies over three hosts, one host lost%n%n", COPIES);
    System.out.println("| loss | Dockherd s | swarm mode s | ratio |");
    System.out.println("| --- | --- | --- | --- |");
    for (Loss loss : Loss.values()) {
      double[] ours = new double[rounds];
      double[] theirs = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        ours[round] = lose(loss, herd);
        theirs[round] = lose(loss, swarm);
      }
      Rounds herds = new Rounds(ours);
      Rounds swarms = new Rounds(theirs);
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %.2f |%n",
          loss.words,
          herds,
          swarms,
          herds.median() / swarms.median());
    }
  }

  private double lose(Loss loss, Orchestrator orchestrator) throws IOException {
    orchestrator.want(COPIES);
    orchestrator.secondsUntil(COPIES, lab, ALL, LIMIT);
    LabHost lost = lab.host(3);
    switch (loss) {
      case KILLED -> lost.kill();
      case CUT -> lost.linkDown();
    }
    double seconds = orchestrator.secondsUntil(COPIES, lab, LEFT, LIMIT);
    switch (loss) {
      case KILLED -> lost.boot();
      case CUT -> lost.linkUp();
    }
    lost.startNode();
    lost.awaitNode(Duration.ofSeconds(60));
    orchestrator.clear();
    return seconds;
  }
}
