package io.dockherd.bench;

import io.dockherd.lab.Lab;
import io.dockherd.lab.LabHost;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long it takes until thirty copies run over three hosts, and then sixty: an app of the herd, a
 * service of the engines' own swarm mode, and the same containers made straight and in parallel at
 * the three engines, which is the limit.
 */
final class RolloutBench {
  private static final int LAB = 32;
  private static final int HALF = 30;
  private static final int WHOLE = 60;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Set<Integer> ALL = Set.of(1, 2, 3);
  private static final String DOCUMENT =
      "{\"Image\":\"busybox\",\"Cmd\":[\"sleep\",\"100000\"],\"StopSignal\":\"SIGKILL\"}";

  private final Lab lab;
  private final int rounds;

  private RolloutBench(Lab lab, int rounds) {
    this.lab = lab;
    this.rounds = rounds;
  }

  /** {@code RolloutBench [rounds]}. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
    try (BenchLab bench = BenchLab.up(LAB, 3)) {
      new RolloutBench(bench.lab(), rounds).measure();
    }
  }

  private void measure() throws Exception {
    Orchestrator herd = new Orchestrator.Herd(lab);
    Orchestrator swarm = new Orchestrator.Swarm(lab);
    double[][] seconds = new double[3][rounds];
    for (int round = 0; round < rounds; round++) {
      seconds[0][round] = straight();
      seconds[1][round] = roll(herd);
      seconds[2][round] = roll(swarm);
    }
    double limit = new Rounds(seconds[0]).median();
    System.out.printf("## %d copies over three hosts, then %d%n%n", HALF, WHOLE);
    System.out.println("| by | all rounds s | to the limit |");
    System.out.println("| --- | --- | --- |");
    row("straight to the engines", new Rounds(seconds[0]), limit);
    row(herd.name(), new Rounds(seconds[1]), limit);
    row(swarm.name(), new Rounds(seconds[2]), limit);
  }

  private void row(String name, Rounds rounds, double limit) {
    System.out.printf(Locale.ROOT, "| %s | %s | %.2f |%n", name, rounds, rounds.median() / limit);
  }

  private double roll(Orchestrator orchestrator) throws IOException {
    double seconds = 0;
    for (int copies : new int[] {HALF, WHOLE}) {
      long begin = System.nanoTime();
      orchestrator.want(copies);
      orchestrator.secondsUntil(copies, lab, ALL, LIMIT);
      seconds += (System.nanoTime() - begin) / 1e9;
    }
    orchestrator.clear();
    return seconds;
  }

  private double straight() throws InterruptedException, ExecutionException, IOException {
    long begin = System.nanoTime();
    List<Future<String>> made = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < WHOLE; i++) {
        int host = 1 + i % 3;
        made.add(threads.submit(() -> make(host)));
      }
      for (Future<String> each : made) {
        each.get();
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    for (LabHost host : lab.hosts()) {
      try (Line engine = Line.unix(host.engineSocket())) {
        byte[] listed = engine.call("GET", "/containers/json?all=1", "");
        for (Object each : new JsonArray(new String(listed, StandardCharsets.UTF_8))) {
          engine.call(
              "DELETE", "/containers/" + ((JsonObject) each).getString("Id") + "?force=1", "");
        }
      }
    }
    return seconds;
  }

  private String make(int host) throws IOException {
    try (Line engine = Line.unix(lab.host(host).engineSocket())) {
      byte[] answer = engine.call("POST", "/containers/create", DOCUMENT);
      String id = new JsonObject(new String(answer, StandardCharsets.UTF_8)).getString("Id");
      engine.call("POST", "/containers/" + id + "/start", "");
      return id;
    }
  }
}
