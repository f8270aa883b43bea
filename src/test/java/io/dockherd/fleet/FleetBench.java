package io.dockherd.fleet;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.HttpEngine;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures what the fleet costs against the same calls made straight to the engines while nobody
 * watches them: creating and starting sixty containers over three hosts, and listing them.
 */
final class FleetBench {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int COUNT = 60;

  private FleetBench() {}

  /** Argument: how many rounds. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    try (RealFleets fleets = new RealFleets(3)) {
      List<Engine> straight = new ArrayList<>();
      fleets.engines.forEach(
          real ->
              straight.add(HttpEngine.at(fleets.vertx, real.address(), EngineSettings.defaults())));
      List<Double> direct = new ArrayList<>();
      List<Double> fleet = new ArrayList<>();
      measure("direct", rounds, straight, direct, () -> direct(straight));
      fleets.join();
      HerdFleet first = fleets.fleets.getFirst();
      measure("warm-up", 1, straight, new ArrayList<>(), () -> fleet(first));
      measure("fleet", rounds, straight, fleet, () -> fleet(first));
      first.create(new CreateOrder("", document(), false, LIMIT), COUNT);
      list(first, straight.getFirst());
      clear(straight);
      fleets.part();
      measure("direct", rounds, straight, direct, () -> direct(straight));
      System.out.printf(
          "create and start %d, medians: direct %.2f s, fleet %.2f s, ratio %.2f%n",
          COUNT, median(direct), median(fleet), median(fleet) / median(direct));
      straight.forEach(Engine::close);
    }
    System.exit(0);
  }

  private static void measure(
      String what, int rounds, List<Engine> engines, List<Double> times, Work work)
      throws Exception {
    for (int round = 0; round < rounds; round++) {
      times.add(seconds(work));
      System.out.printf("   %s %.2f s%n", what, times.getLast());
      clear(engines);
    }
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static JsonObject document() {
    return new JsonObject()
        .put("Image", "busybox")
        .put("Cmd", new JsonArray().add("sleep").add("600"))
        .put("HostConfig", new JsonObject().put("NetworkMode", "none"));
  }

  private static void direct(List<Engine> engines) throws Exception {
    inParallel(
        i -> {
          Engine engine = engines.get(i % engines.size());
          String id =
              ok(engine.call(EngineRequest.post(LIMIT, "containers", "create").json(document())))
                  .body()
                  .toJsonObject()
                  .getString("Id");
          ok(engine.call(EngineRequest.post(LIMIT, "containers", id, "start")));
        });
  }

  private static void fleet(HerdFleet fleet) throws Exception {
    List<Creation> made = fleet.create(new CreateOrder("", document(), false, LIMIT), COUNT);
    inParallel(
        i -> {
          String id = ((Creation.Created) made.get(i)).id();
          Fleet.Located located = fleet.locate(id, LIMIT);
          ok(located.host().call(EngineRequest.post(LIMIT, "containers", id, "start")));
        });
  }

  private interface Numbered {
    void run(int number);
  }

  private static void inParallel(Numbered work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        int number = i;
        all.add(threads.submit(() -> work.run(number)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static void clear(List<Engine> engines) throws Exception {
    for (Engine engine : engines) {
      JsonArray list =
          ok(engine.call(EngineRequest.get(LIMIT, "containers", "json").query("all", 1)))
              .body()
              .toJsonArray();
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        list.forEach(
            entry ->
                threads.submit(
                    () ->
                        engine.call(
                            EngineRequest.delete(
                                    LIMIT, "containers", ((JsonObject) entry).getString("Id"))
                                .query("force", 1))));
      }
    }
  }

  private static void list(HerdFleet fleet, Engine engine) {
    EngineRequest request = EngineRequest.get(LIMIT, "containers", "json").query("all", 1);
    for (int round = 0; round < 3; round++) {
      long[] direct = times(() -> engine.call(request));
      long[] facts = times(() -> fleet.hosts().forEach(h -> fleet.containersJson(h.node())));
      System.out.printf(
          "   list   one engine's own 20: p50 %.0f us p99 %.0f us   all 60 from facts: p50 %.0f us"
              + " p99 %.0f us%n",
          direct[500] / 1e3, direct[990] / 1e3, facts[500] / 1e3, facts[990] / 1e3);
    }
  }

  private static long[] times(Runnable call) {
    long[] times = new long[1000];
    for (int i = 0; i < times.length; i++) {
      long start = System.nanoTime();
      call.run();
      times[i] = System.nanoTime() - start;
    }
    Arrays.sort(times);
    return times;
  }

  private static EngineResponse ok(EngineResponse response) {
    if (!response.isSuccess()) {
      throw new IllegalStateException(response.status() + " " + response.message());
    }
    return response;
  }
}
