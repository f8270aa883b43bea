package io.dockherd.system;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** {@code docker events} at a node's door, followed while a test does things. */
final class FollowedEvents implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Process process;
  private final List<JsonObject> all = new CopyOnWriteArrayList<>();

  private FollowedEvents(Process process) {
    this.process = process;
  }

  /**
   * Follows with these arguments; returns when the door tells events. The command says nothing when
   * it stands: a volume is made over and over on its own node until it is told of.
   */
  static FollowedEvents at(LabHerd herd, int host, String... arguments) {
    FollowedEvents followed = start(herd, host, arguments);
    String probe = "probe-" + System.nanoTime();
    Await.until(
        "the stream stands",
        LIMIT,
        () -> {
          Ask.docker(herd.host(host), "volume", "create", probe);
          Ask.docker(herd.host(host), "volume", "rm", probe);
          return followed.has(event -> id(event).equals(probe));
        });
    return followed;
  }

  /** The same without waiting for anything. */
  static FollowedEvents start(LabHerd herd, int host, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "docker", "-H", "tcp://" + herd.dockerAddress(host), "events", "--format", "json"));
    command.addAll(List.of(arguments));
    try {
      FollowedEvents followed =
          new FollowedEvents(
              new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
      Thread.ofVirtual().start(followed::read);
      return followed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.add(new JsonObject(line));
      }
    } catch (IOException e) {
      // The command was ended.
      all.removeIf(event -> event.isEmpty());
    }
  }

  static String id(JsonObject event) {
    return event.getJsonObject("Actor").getString("ID");
  }

  /** A container's name, or whatever the event is about. */
  static String name(JsonObject event) {
    return attribute(event, "name");
  }

  static String node(JsonObject event) {
    return attribute(event, "node.name");
  }

  private static String attribute(JsonObject event, String key) {
    return event.getJsonObject("Actor").getJsonObject("Attributes").getString(key, "");
  }

  /** Whether that happened to something of that name, or id. */
  static Predicate<JsonObject> happened(String action, String name) {
    return event ->
        event.getString("Action").equals(action)
            && (name(event).equals(name) || id(event).equals(name));
  }

  boolean has(Predicate<JsonObject> which) {
    return all.stream().anyMatch(which);
  }

  List<JsonObject> all() {
    return List.copyOf(all);
  }

  List<JsonObject> all(Predicate<JsonObject> which) {
    return all.stream().filter(which).toList();
  }

  JsonObject await(String what, Predicate<JsonObject> which) {
    try {
      Await.until(what + " is told", LIMIT, () -> has(which));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; told was " + summary(), e);
    }
    return all(which).getFirst();
  }

  /** Without the probes. */
  private List<String> summary() {
    return all.stream()
        .filter(event -> !id(event).startsWith("probe-"))
        .map(event -> event.getString("Action") + " " + name(event) + " on " + node(event))
        .toList();
  }

  /** Returns when the command ends by itself. */
  void awaitEnd() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("docker events does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
  }
}
