package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.dockherd.system.apps.LabProjects.Told;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image is built on one node, and run on all. */
@OnLab
class BuildOnUpLabTest {
  private static final String COMPOSE =
      """
      services:
        web:
          build: {context: ., args: {PAGE: page, "constraint:node": "=host-2"}}
          ports: ["80"]
          deploy:
            replicas: 3
            placement: {max_replicas_per_node: 1}
            update_config: {parallelism: 3, order: stop-first}
      """;
  private static final String DOCKERFILE =
      """
      FROM busybox
      ARG PAGE
      STOPSIGNAL SIGKILL
      CMD ["httpd", "-f", "-p", "80", "-h", "/www"]
      COPY $PAGE /www/index.html
      """;

  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private Told up(LabHerd herd, LabProjects projects, String... more) {
    List<String> line = new java.util.ArrayList<>(List.of(more));
    line.addAll(List.of("--docker", "http://" + herd.dockerAddress(2) + "/"));
    return projects.up(1, folder.resolve("compose.yaml"), "built", line.toArray(String[]::new));
  }

  /** What all three say, which are on hosts of their own. */
  private static List<String> pages(LabProjects projects) {
    return projects.present("/built/web").stream()
        .map(one -> projects.page(one.getString("host"), port(one)))
        .toList();
  }

  private static int port(JsonObject instance) {
    return instance.getJsonArray("ports").getInteger(0);
  }

  @Test
  void allNodesRunWhatOneHasBuiltAndWhatIsBuiltAnewReplacesIt(LabHerd herd) throws IOException {
    write("compose.yaml", COMPOSE);
    write("Dockerfile", DOCKERFILE);
    write("page", "one");
    try (LabProjects projects = new LabProjects(herd)) {
      Told unbuilt = up(herd, projects);
      assertEquals(1, unbuilt.exitCode(), unbuilt.text());
      assertTrue(unbuilt.text().contains("no node has the image built-web"), unbuilt.text());

      up(herd, projects, "--build").wellDone();
      assertEquals(List.of("one", "one", "one"), pages(projects));

      String again = up(herd, projects, "--build").wellDone().text();
      assertTrue(again.contains("all is so already"), again);
      String unasked = up(herd, projects).wellDone().text();
      assertTrue(unasked.contains("all is so already"), unasked);

      write("page", "two");
      up(herd, projects, "--build").wellDone();
      assertEquals(List.of("two", "two", "two"), pages(projects));
      projects.down(3, "built");
    }
  }

  @Test
  void aBuildThatFailsIsToldAndNothingIsRun(LabHerd herd) throws IOException {
    write("compose.yaml", COMPOSE);
    write("Dockerfile", "FROM busybox\nRUN echo no cheese; exit 7\n");
    try (LabProjects projects = new LabProjects(herd)) {
      Told told = up(herd, projects, "--build");
      assertEquals(1, told.exitCode(), told.text());
      assertTrue(told.text().contains("no cheese"), told.text());
      assertTrue(told.text().contains("built-web could not be built: "), told.text());
      assertTrue(told.text().contains("returned a non-zero code: 7"), told.text());
      assertEquals("", projects.engines("ps", "-aq"));
    }
  }
}
