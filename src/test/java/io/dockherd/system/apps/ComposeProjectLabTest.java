package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.cli.Program;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Compose files as people publish them, on real engines, by the command line alone. */
@OnLab
class ComposeProjectLabTest {
  private static final Path EXAMPLES = Path.of("src/test/resources/compose/examples");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<Runnable> ends = new ArrayList<>();

  /** What a command printed, and how it ended. */
  private record Told(int exitCode, String text) {
    Told wellDone() {
      assertEquals(0, exitCode, text);
      return this;
    }
  }

  private static Told dockherd(LabHerd herd, int host, String... line) {
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

  private Told up(LabHerd herd, int host, String example, String project, String... more) {
    ends.addFirst(() -> dockherd(herd, 1, "down", project, "--volumes", "--force"));
    List<String> line = new ArrayList<>(List.of("up", "--yes", "--timeout", "90"));
    line.addAll(List.of("-f", EXAMPLES.resolve(example).toString(), "-p", project));
    line.addAll(List.of(more));
    return dockherd(herd, host, line.toArray(String[]::new));
  }

  @AfterEach
  void down() {
    ends.forEach(Runnable::run);
  }

  private static JsonArray present(LabHerd herd, String app) {
    JsonObject all = new JsonObject(dockherd(herd, 2, "ps", app, "--json").wellDone().text());
    return all.getJsonArray("apps").getJsonObject(0).getJsonArray("present");
  }

  private static String at(String host, int port, String path) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://" + host + ":" + port + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String engines(LabHerd herd, String... command) {
    StringBuilder all = new StringBuilder();
    for (int host = 1; host <= 3; host++) {
      String engine = "unix://" + herd.host(host).engineSocket();
      all.append(
          Invocation.run(
              Stream.concat(Stream.of("docker", "-H", engine), Stream.of(command))
                  .toArray(String[]::new)));
    }
    return all.toString();
  }

  @Test
  void itComesUpIsSeenThroughDockersDoorAndGoesWithoutATrace(LabHerd herd) {
    up(herd, 1, "blog-and-database.yaml", "blog").wellDone();
    JsonObject web = present(herd, "/blog/wordpress").getJsonObject(0);
    assertEquals("hello\n", at(web.getString("host"), 8081, "/"));
    String listed =
        herd.docker(
                3,
                "ps",
                "--filter",
                "label=com.docker.compose.project=blog",
                "--format",
                "{{.Names}}")
            .output();
    assertTrue(listed.contains("blog-db-1"), listed);
    assertTrue(listed.contains("blog-wordpress-1"), listed);
    String secret = herd.docker(2, "exec", "blog-db-1", "cat", "/run/secrets/db_password").output();
    assertEquals("swordfish", secret.strip());
    dockherd(herd, 3, "down", "blog", "--volumes").wellDone();
    String label = "label=com.docker.compose.project=blog";
    assertEquals("", engines(herd, "ps", "-aq", "--filter", label));
    assertEquals("", engines(herd, "volume", "ls", "-q", "--filter", label));
    assertEquals("", engines(herd, "network", "ls", "-q", "--filter", label));
  }

  @Test
  void whatDependsComesAfterWhatItNeedsWhicheverNodesTheyAreOn(LabHerd herd) {
    Told told = up(herd, 2, "api-with-migration.yaml", "api").wellDone();
    int migrated = told.text().indexOf("/api/migrate #1");
    int served = told.text().indexOf("/api/api #1");
    assertTrue(migrated >= 0 && served > migrated, told.text());
    String logs = dockherd(herd, 1, "logs", "api", "--tail", "5").wellDone().text();
    assertTrue(
        logs.contains("migrated") || told.text().contains("migrate #1"), "what it wrote: " + logs);
  }

  @Test
  void theFirstFormOfComposeFilesIsAPodInOneNetwork(LabHerd herd) {
    up(herd, 1, "classic-pod.yaml", "classic", "--pod").wellDone();
    JsonObject one = present(herd, "/classic").getJsonObject(0);
    assertEquals(3, one.getJsonObject("containers").size(), one::encode);
    Await.until(
        "the pod answers at its port",
        LIMIT,
        () -> at(one.getString("host"), 5000, "/hosts").contains("redis"));
    assertEquals(
        "baseC\nredis\nweb",
        engines(herd, "ps", "--format", "{{.Names}}")
            .lines()
            .sorted()
            .reduce((a, b) -> a + "\n" + b)
            .orElse(""));
  }

  @Test
  void sharersOfANetworkAreTogetherAndAnAppIsScaledAndRestarted(LabHerd herd) {
    up(herd, 1, "through-a-tunnel.yaml", "tunnel").wellDone();
    JsonObject one = present(herd, "/tunnel/tunnel").getJsonObject(0);
    assertEquals(3, one.getJsonObject("containers").size(), one::encode);
    Await.until(
        "the client answers at the tunnel's port",
        LIMIT,
        () -> !at(one.getString("host"), 8085, "/hostname").contains("Exception"));
    up(herd, 3, "rolling-web.yaml", "rolling").wellDone();
    assertEquals(3, present(herd, "/rolling/web").size());
    dockherd(herd, 2, "scale", "rolling/web=4").wellDone();
    Await.until("there are four", LIMIT, () -> present(herd, "/rolling/web").size() == 4);
    assertTrue(
        up(herd, 1, "rolling-web.yaml", "rolling", "--force")
            .wellDone()
            .text()
            .contains("/rolling/web"));
    assertEquals(3, present(herd, "/rolling/web").size());
  }
}
