package io.dockherd.cli.training;

import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.SecretFile;
import io.dockherd.node.Node;
import io.dockherd.node.Settings;
import io.dockherd.node.SettingsReader;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Two nodes that join each other on loopback, are asked a few things, do over and over what nodes
 * do most ({@link Drill}), and leave.
 */
public final class TrainingHerd {
  private static final List<String> QUESTIONS =
      List.of(
          "{\"action\":\"list-nodes\"}",
          "{\"action\":\"create-container\",\"image\":\"busybox\",\"instances\":2}",
          "{\"action\":\"start-container\",\"id\":\"trained-a\"}",
          "{\"action\":\"list-images\"}",
          "{\"action\":\"nothing-known\"}",
          "{");

  private static final Duration MEETING_LIMIT = Duration.ofSeconds(10);

  private final Path folder;

  private TrainingHerd(Path folder) {
    this.folder = folder;
  }

  /** Goes through it once. */
  public static void goThrough() throws IOException {
    Path folder = Files.createTempDirectory("dockherd-train");
    try {
      new TrainingHerd(folder).meetAndAnswer();
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void meetAndAnswer() throws IOException {
    Path key = folder.resolve("herd.key");
    SecretFile.create(key, HerdKey.create(Instant.now(), Duration.ofDays(1)).toPem());
    int first = freePort();
    int second = freePort();
    String discovery = "nodes://127.0.0.1:" + first + ",127.0.0.1:" + second;
    int door = freePort();
    int docker = freePort();
    TrainingContainer own = TrainingContainer.of("a");
    TrainingContainer others = TrainingContainer.of("b");
    Vertx vertx = Vertx.vertx();
    try (TrainingEngine _ = TrainingEngine.open(vertx, own, socket("a"));
        TrainingEngine _ = TrainingEngine.open(vertx, others, socket("b"));
        Node _ = Node.start(settings("a", first, door, docker, discovery, key), gone -> {});
        Node _ =
            Node.start(settings("b", second, freePort(), freePort(), discovery, key), gone -> {})) {
      awaitMeeting(door);
      QUESTIONS.forEach(question -> ask(door, question));
      Drill.all(door, docker, List.of(own, others)).forEach(TrainingHerd::run);
    } finally {
      vertx.close().await();
    }
  }

  private Settings settings(
      String name, int groupPort, int doorPort, int dockerPort, String discovery, Path key) {
    JsonObject file =
        new JsonObject()
            .put("name", name)
            .put("address", "127.0.0.1")
            .put("groupPort", groupPort)
            .put("busPort", 0)
            .put("relayPort", 0)
            .put("restServicePort", doorPort)
            .put("dockerListen", "tcp://127.0.0.1:" + dockerPort)
            .put("discovery", discovery)
            .put("keyFile", key.toString())
            .put("dataDir", folder.resolve("records-" + name).toString())
            .put("engine", "unix://" + socket(name));
    return SettingsReader.read(Map.of(), Map.of(), file);
  }

  private Path socket(String name) {
    return folder.resolve(name + ".sock");
  }

  private void awaitMeeting(int door) {
    long end = System.nanoTime() + MEETING_LIMIT.toNanos();
    while (System.nanoTime() < end && !ask(door, QUESTIONS.getFirst()).contains("\"b\"")) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static String ask(int door, String question) {
    try (TrainingCaller caller = new TrainingCaller(door)) {
      return caller.call("POST", "/", question);
    } catch (IOException e) {
      System.err.println(question + ": " + e); // Into the log of the training; it goes on.
      return "";
    }
  }

  private static void run(Drill drill) {
    try {
      drill.run();
    } catch (IOException e) {
      System.err.println(drill.method() + " " + drill.path() + ": " + e); // As above.
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
