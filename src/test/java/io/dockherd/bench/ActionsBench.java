package io.dockherd.bench;

import io.dockherd.lab.Lab;
import io.dockherd.lab.LabHost;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The actions door against the same calls made straight to the engines, in turns in one run: reads
 * at 1 and 16 connections, and sixty containers created and started.
 */
final class ActionsBench {
  private static final int LAB = 30;
  private static final int CONTAINERS = 50;
  private static final int BULK = 60;
  private static final int ROUNDS = 3;
  private static final long MILLIS = 3_000;
  private static final long WARMING_MILLIS = 30_000;
  private static final String LIST = "{\"action\":\"list-containers\",\"all\":true}";
  private static final String DOCUMENT =
      "{\"Image\":\"busybox\",\"Cmd\":[\"sleep\",\"1000\"],\"StopSignal\":\"SIGKILL\"}";

  private final Lab lab;

  private ActionsBench(Lab lab) {
    this.lab = lab;
  }

  public static void main(String[] arguments) throws Exception {
    try (BenchLab up = BenchLab.up(LAB, 3)) {
      ActionsBench bench = new ActionsBench(up.lab());
      bench.reads();
      bench.clear();
      bench.bulk();
    }
  }

  private void reads() throws Exception {
    List<JsonObject> made = create(CONTAINERS);
    start(made);
    String own = idOn(made, "host-1");
    String others = idOn(made, "host-2");
    warm(List.of(LIST, inspect(own), inspect(others)));
    System.out.printf(
        "## Reads, %d containers over three hosts, through the node of host 1%n%n", CONTAINERS);
    System.out.println(
        "| what | connections | node req/s | p50 µs | p99 µs | engine req/s | p50 µs | p99 µs | p50"
            + " ratio |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (int connections : new int[] {1, 16}) {
      String list = "/containers/json?all=1";
      compare("list-containers all", connections, LIST, list, 1);
      compare("inspect, own engine", connections, inspect(own), "/containers/" + own + "/json", 1);
      compare(
          "inspect, another's engine",
          connections,
          inspect(others),
          "/containers/" + others + "/json",
          2);
    }
    System.out.println();
  }

  /** What a node does here it has compiled before it is measured; an engine comes compiled. */
  private void warm(List<String> actions) throws Exception {
    for (String action : actions) {
      for (int connections : new int[] {1, 16}) {
        Load.run(this::door, connections, WARMING_MILLIS / 6, "/", action);
      }
    }
  }

  private Line door() throws IOException {
    return Line.tcp(lab.host(1).address(), LabHost.DOOR_PORT);
  }

  private void compare(String what, int connections, String action, String path, int engine)
      throws Exception {
    Load.Connect straight = () -> Line.unix(lab.host(engine).engineSocket());
    Load.run(this::door, connections, MILLIS / 2, "/", action);
    Load.run(straight, connections, MILLIS / 4, path, "");
    List<Load> nodes = new ArrayList<>();
    List<Load> engines = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      nodes.add(Load.run(this::door, connections, MILLIS, "/", action));
      engines.add(Load.run(straight, connections, MILLIS, path, ""));
    }
    Load through = median(nodes);
    Load direct = median(engines);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.2f |%n",
        what,
        connections,
        through.perSecond(),
        through.p50Micros(),
        through.p99Micros(),
        direct.perSecond(),
        direct.p50Micros(),
        direct.p99Micros(),
        through.p50Micros() / direct.p50Micros());
  }

  private static Load median(List<Load> loads) {
    return loads.stream()
        .sorted((a, b) -> Double.compare(a.p50Micros(), b.p50Micros()))
        .toList()
        .get(loads.size() / 2);
  }

  /** Sixty containers, created and started: through a node, and straight to the three engines. */
  private void bulk() throws Exception {
    double[] through = new double[ROUNDS];
    double[] direct = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      start(create(BULK));
      through[round] = (System.nanoTime() - begin) / 1e9;
      clear();
      begin = System.nanoTime();
      straight();
      direct[round] = (System.nanoTime() - begin) / 1e9;
      clear();
    }
    Rounds node = new Rounds(through);
    Rounds straight = new Rounds(direct);
    System.out.printf("## %d containers created and started over three hosts%n%n", BULK);
    System.out.println("| | median s | all rounds s |");
    System.out.println("| --- | --- | --- |");
    System.out.printf(Locale.ROOT, "| through a node | %.2f | %s |%n", node.median(), node);
    System.out.printf(
        Locale.ROOT, "| straight to the engines | %.2f | %s |%n", straight.median(), straight);
    System.out.printf(Locale.ROOT, "| ratio | %.2f | |%n%n", node.median() / straight.median());
  }

  private void straight() throws Exception {
    parallel(
        BULK,
        i -> {
          try (Line engine = Line.unix(lab.host(1 + i % 3).engineSocket())) {
            String id =
                new JsonObject(text(engine.call("POST", "/containers/create", DOCUMENT)))
                    .getString("Id");
            engine.call("POST", "/containers/" + id + "/start", "");
          }
          return null;
        });
  }

  private List<JsonObject> create(int count) throws IOException {
    JsonObject request =
        new JsonObject()
            .put("action", "create-container")
            .put("instances", count)
            .put("body", new JsonObject(DOCUMENT));
    JsonArray made = post(1, request).getJsonArray("containers");
    List<JsonObject> created = made.stream().map(JsonObject.class::cast).toList();
    for (JsonObject one : created) {
      if (one.getInteger("statusCode", 0) != 201) {
        throw new IOException("not created: " + one.encode());
      }
    }
    return created;
  }

  private void start(List<JsonObject> created) throws Exception {
    parallel(
        created.size(),
        i ->
            post(
                1 + i % 3,
                new JsonObject().put("action", "start-container").put("id", id(created.get(i)))));
  }

  private interface Step {
    Object take(int number) throws IOException;
  }

  private static void parallel(int count, Step step) throws Exception {
    List<Callable<Object>> work = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      work.add(() -> step.take(number));
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Object> done : threads.invokeAll(work)) {
        done.get();
      }
    }
  }

  private void clear() throws Exception {
    for (LabHost host : lab.hosts()) {
      try (Line engine = Line.unix(host.engineSocket())) {
        for (Object each : new JsonArray(text(engine.call("GET", "/containers/json?all=1", "")))) {
          String id = ((JsonObject) each).getString("Id");
          engine.call("DELETE", "/containers/" + id + "?force=1", "");
        }
      }
    }
  }

  private JsonObject post(int host, JsonObject request) throws IOException {
    try (Line door = Line.tcp(lab.host(host).address(), LabHost.DOOR_PORT)) {
      return new JsonObject(
          text(door.call("POST", "/", request.put("timeLimit", 120_000).encode())));
    }
  }

  private static String inspect(String id) {
    return new JsonObject().put("action", "inspect-container").put("id", id).encode();
  }

  private static String idOn(List<JsonObject> made, String node) {
    return id(
        made.stream()
            .filter(one -> one.getString("dockerInstance").equals(node))
            .findFirst()
            .orElseThrow());
  }

  private static String id(JsonObject created) {
    return created.getJsonObject("Response").getJsonObject("Body").getString("Id");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
  }
}
