package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.cli.Program;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compose projects of a herd in a lab, as a person deals with them: by the command line, and by
 * Docker's own through any node's Docker door. Those that are still up are taken down in the end.
 */
final class LabProjects implements AutoCloseable {
  /** Long enough for a herd on two busy cores to do whatever it does in a test. */
  static final Duration LIMIT = Duration.ofSeconds(90);

  private static final Path EXAMPLES = Path.of("src/test/resources/compose/examples");

  private final LabHerd herd;
  private final Set<String> up = new LinkedHashSet<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  LabProjects(LabHerd herd) {
    this.herd = herd;
  }

  /** What a command printed, and how it ended. */
  record Told(int exitCode, String text) {
    Told wellDone() {
      assertEquals(0, exitCode, text);
      return this;
    }
  }

  /** Runs a command at a host's door. */
  Told dockherd(int host, String... line) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      System.setErr(captured);
      String door = "http://" + herd.host(host).address() + ":" + LabHost.DOOR_PORT + "/";
      String[] all =
          Stream.concat(Arrays.stream(line), Stream.of("--door", door)).toArray(String[]::new);
      return new Told(Program.run(all), bytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** Has an example run as that project. */
  Told up(int host, String example, String project, String... more) {
    return up(host, EXAMPLES.resolve(example), project, more);
  }

  /** Has a file run as that project. */
  Told up(int host, Path file, String project, String... more) {
    up.add(project);
    List<String> line = new ArrayList<>(List.of("up", "--yes"));
    line.addAll(List.of("--timeout", Long.toString(LIMIT.toSeconds())));
    line.addAll(List.of("-f", file.toString(), "-p", project));
    line.addAll(List.of(more));
    return dockherd(host, line.toArray(String[]::new));
  }

  /** An example's file. */
  static String example(String file) {
    return EXAMPLES.resolve(file).toString();
  }

  /** Takes a project down with all it has, and holds that nothing is left on any engine. */
  void down(int host, String project) {
    up.remove(project);
    dockherd(host, "down", project, "--volumes").wellDone();
    String label = "label=com.docker.compose.project=" + project;
    assertEquals("", engines("ps", "-aq", "--filter", label));
    assertEquals("", engines("volume", "ls", "-q", "--filter", label));
    assertEquals("", engines("network", "ls", "-q", "--filter", label));
  }

  /** What the engines of all hosts say to a docker command, asked straight. */
  String engines(String... command) {
    StringBuilder all = new StringBuilder();
    for (LabHost host : herd.lab().hosts()) {
      String engine = "unix://" + host.engineSocket();
      all.append(
          Invocation.run(
              Stream.concat(Stream.of("docker", "-H", engine), Stream.of(command))
                  .toArray(String[]::new)));
    }
    return all.toString();
  }

  /** Service → how many containers of it run, as Docker's list has it. */
  SortedMap<String, Integer> running(String project) {
    SortedMap<String, Integer> services = new TreeMap<>();
    docker(
            "ps",
            "--filter",
            "label=com.docker.compose.project=" + project,
            "--format",
            "{{.Label \"com.docker.compose.service\"}}")
        .lines()
        .forEach(service -> services.merge(service, 1, Integer::sum));
    return services;
  }

  /** An app as the door shows it. */
  JsonObject app(String path) {
    JsonObject all = new JsonObject(dockherd(2, "ps", path, "--json").wellDone().text());
    return all.getJsonArray("apps").getJsonObject(0);
  }

  /** Its instances. */
  List<JsonObject> present(String path) {
    JsonArray all = app(path).getJsonArray("present");
    return all.stream().map(JsonObject.class::cast).toList();
  }

  /** The address of the host its first instance is on. */
  String host(String path) {
    return present(path).getFirst().getString("host");
  }

  /** What a page says; why not, if it can't be read. */
  String page(String host, int port) {
    return page(host, port, "/");
  }

  /** The same of a path. */
  String page(String host, int port, String path) {
    try {
      URI uri = URI.create("http://" + host + ":" + port + path);
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
      return http.send(request, BodyHandlers.ofString()).body().strip();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What a docker command through a node's Docker door prints. */
  String docker(String... command) {
    return herd.docker(3, command).orFail().output().strip();
  }

  /** What a command in a container prints. */
  String in(String container, String command) {
    return docker("exec", container, "sh", "-c", command);
  }

  /** Something of what is to be known of a container. */
  String inspect(String container, String format) {
    return docker("inspect", "--format", format, container);
  }

  /** The herd they are on. */
  LabHerd herd() {
    return herd;
  }

  @Override
  public void close() {
    List.copyOf(up).forEach(project -> dockherd(1, "down", project, "--volumes", "--force"));
    http.close();
  }
}
