package io.dockherd.bench;

import io.dockherd.Await;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.Lab;
import io.dockherd.lab.LabHost;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The Docker door against the same calls made straight to an engine, in turns in one run: lists and
 * inspects at 1 and 16 connections, and what the docker command takes for runs, files and logs.
 */
final class DockerBench {
  private static final int LAB = 31;
  private static final int HOSTS = 3;
  private static final String LIST = "/containers/json?all=1";
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Lab lab;
  private final BenchFlags flags;

  private DockerBench(Lab lab, BenchFlags flags) {
    this.lab = lab;
    this.flags = flags;
  }

  public static void main(String[] arguments) throws Exception {
    BenchFlags flags = BenchFlags.parse(arguments);
    Path folder = Files.createTempDirectory("dockherd-bench");
    try (BenchLab up = BenchLab.up(LAB, HOSTS)) {
      DockerBench bench = new DockerBench(up.lab(), flags);
      bench.fill();
      bench.warm();
      bench.calls();
      bench.commands(folder);
      bench.memory();
    } finally {
      try (Stream<Path> left = Files.walk(folder)) {
        for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** Containers that are made and not started: what a list costs does not depend on it. */
  private void fill() throws Exception {
    for (LabHost host : lab.hosts()) {
      try (Line engine = Line.unix(host.engineSocket())) {
        for (int i = 0; i < flags.containers() / HOSTS - 1; i++) {
          engine.call("POST", "/containers/create", "{\"Image\":\"busybox\",\"Cmd\":[\"true\"]}");
        }
      }
      // The one that files are copied to and whose lines are read.
      straight(
          number(host),
          "run",
          "--name",
          "on-" + number(host),
          "busybox",
          "sh",
          "-c",
          "seq 1 " + flags.lines());
    }
    int count = flags.containers() / HOSTS * HOSTS;
    try (Line node = door()) {
      Await.until("the herd knows of all containers", LIMIT, () -> listed(node) == count);
    }
  }

  private static int listed(Line node) {
    try {
      return new JsonArray(text(node.call("GET", LIST, ""))).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(LabHost host) {
    return Integer.parseInt(host.name().substring("host-".length()));
  }

  /** What a node does here it has compiled before it is measured; an engine comes compiled. */
  private void warm() throws Exception {
    for (String path : List.of(LIST, inspect(1), inspect(2))) {
      for (int connections : new int[] {1, 16}) {
        Load.run(this::door, connections, flags.warming() / 6, path, "");
      }
    }
    repeat(() -> through("run", "--rm", "busybox", "true"));
  }

  private Line door() throws IOException {
    return Line.tcp(lab.host(1).address(), LabHost.DOCKER_PORT);
  }

  private static String inspect(int host) {
    return "/containers/on-" + host + "/json";
  }

  private void calls() throws Exception {
    System.out.printf(
        "## Calls: %d containers over three hosts through the node of host 1; an engine has %d%n%n",
        flags.containers(), flags.containers() / HOSTS);
    System.out.println(
        "| call | connections | node req/s | p50 µs | p99 µs | engine req/s | p50 µs | p99 µs |"
            + " req/s ratio | p50 ratio | aim |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    compare("list", 1, LIST, 1, "");
    compare("list", 16, LIST, 1, "req/s ≥ 5");
    compare("inspect, own engine", 1, inspect(1), 1, "p50 ≤ 1.5");
    compare("inspect, another's engine", 1, inspect(2), 2, "p50 ≤ 2");
    System.out.println();
  }

  private void compare(String what, int connections, String path, int engine, String aim)
      throws Exception {
    Load.Connect straight = () -> Line.unix(lab.host(engine).engineSocket());
    Load.run(this::door, connections, flags.millis() / 2, path, "");
    Load.run(straight, connections, flags.millis() / 4, path, "");
    List<Load> nodes = new ArrayList<>();
    List<Load> engines = new ArrayList<>();
    for (int round = 0; round < flags.rounds(); round++) {
      nodes.add(Load.run(this::door, connections, flags.millis(), path, ""));
      engines.add(Load.run(straight, connections, flags.millis(), path, ""));
    }
    Load through = median(nodes);
    Load direct = median(engines);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.2f | %.2f | %s |%n",
        what,
        connections,
        through.perSecond(),
        through.p50Micros(),
        through.p99Micros(),
        direct.perSecond(),
        direct.p50Micros(),
        direct.p99Micros(),
        through.perSecond() / direct.perSecond(),
        through.p50Micros() / direct.p50Micros(),
        aim);
  }

  private static Load median(List<Load> loads) {
    return loads.stream()
        .sorted(Comparator.comparingDouble(Load::p50Micros))
        .toList()
        .get(loads.size() / 2);
  }

  private void commands(Path folder) throws IOException {
    System.out.printf("## The docker command, medians of %d%n%n", flags.rounds());
    System.out.println("| command | through the node, s | straight, s | time ratio | aim |");
    System.out.println("| --- | --- | --- | --- | --- |");
    alternate(
        flags.runs() + " × run --rm busybox true",
        "≤ 1.10",
        () -> repeat(() -> through("run", "--rm", "busybox", "true")),
        () -> repeat(() -> straight(1, "run", "--rm", "busybox", "true")));
    String in = random(folder.resolve("in")).toString();
    String out = folder.resolve("out").toString();
    for (int host = 1; host <= 2; host++) {
      int on = host;
      String name = "on-" + host;
      String whose = host == 1 ? ", own engine" : ", another's engine";
      alternate(
          "cp " + flags.megabytes() + " MB in" + whose,
          "≤ 1.11",
          () -> through("cp", in, name + ":/file"),
          () -> straight(on, "cp", in, name + ":/file"));
      alternate(
          "cp " + flags.megabytes() + " MB out" + whose,
          "≤ 1.11",
          () -> through("cp", name + ":/file", out),
          () -> straight(on, "cp", name + ":/file", out));
      alternate(
          "logs, " + flags.lines() + " lines" + whose,
          "≤ 1.11",
          () -> through("logs", name),
          () -> straight(on, "logs", name));
    }
    System.out.println();
  }

  private void repeat(Runnable work) {
    for (int i = 0; i < flags.runs(); i++) {
      work.run();
    }
  }

  private void alternate(String what, String aim, Runnable through, Runnable straight) {
    double[] nodes = new double[flags.rounds()];
    double[] engines = new double[flags.rounds()];
    through.run();
    straight.run();
    for (int round = 0; round < flags.rounds(); round++) {
      nodes[round] = seconds(through);
      engines[round] = seconds(straight);
    }
    double node = new Rounds(nodes).median();
    double engine = new Rounds(engines).median();
    System.out.printf(
        Locale.ROOT, "| %s | %.3f | %.3f | %.2f | %s |%n", what, node, engine, node / engine, aim);
  }

  private static double seconds(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e9;
  }

  private void through(String... arguments) {
    docker("tcp://" + lab.host(1).address() + ":" + LabHost.DOCKER_PORT, arguments);
  }

  private void straight(int host, String... arguments) {
    docker("unix://" + lab.host(host).engineSocket(), arguments);
  }

  private static void docker(String host, String... arguments) {
    List<String> command =
        Stream.concat(Stream.of("docker", "--host", host), Stream.of(arguments)).toList();
    Invocation.of(LIMIT, command).orFail();
  }

  /** Nothing that could be packed smaller. */
  private Path random(Path file) throws IOException {
    byte[] megabyte = new byte[1 << 20];
    Random random = new Random(1);
    try (OutputStream bytes = Files.newOutputStream(file)) {
      for (int i = 0; i < flags.megabytes(); i++) {
        random.nextBytes(megabyte);
        bytes.write(megabyte);
      }
    }
    return file;
  }

  private void memory() throws IOException {
    System.out.println("## Resident memory after all this");
    System.out.println();
    System.out.println("| node | RSS, MB |");
    System.out.println("| --- | --- |");
    for (LabHost host : lab.hosts()) {
      Path status = Path.of("/proc", String.valueOf(host.nodePid().orElseThrow()), "status");
      String resident =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .findFirst()
              .orElseThrow();
      long kilobytes = Long.parseLong(resident.replaceAll("\\D", ""));
      System.out.printf("| %s | %d |%n", host.name(), kilobytes / 1024);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
