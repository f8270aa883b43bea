package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.dockherd.system.apps.LabProjects.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project's life by the command line, from node to node: what people do with one that is up. */
@OnLab
class ComposeProjectLabTest {
  private static final String WEB =
      """
      services:
        web:
          image: busybox
          command: httpd -f -p 80 -h /etc
          stop_signal: SIGKILL
          ports: ["80"]
          environment: {VERSION: "%s"}
          deploy:
            replicas: 3
            update_config: {order: start-first, failure_action: rollback, monitor: 1s}
          x-dockherd:
            backoff: {first: 100ms, longest: 2s}
            checks: [{kind: http, port: 80, path: /%s, grace: 3s, interval: 1s, failures: 3}]
      """;

  @TempDir private Path folder;
  private LabProjects projects;

  @AfterEach
  void close() {
    projects.close();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("compose.yaml"), text);
  }

  @Test
  void anAppIsScaledAndChangedAndTakenBack(LabHerd herd) throws IOException {
    projects = new LabProjects(herd);
    projects.up(3, file(WEB.formatted("1", "hostname")), "rolling").wellDone();
    assertEquals(3, projects.present("/rolling/web").size());
    projects.dockherd(2, "scale", "rolling/web=4").wellDone();
    Await.until(
        "there are four", LabProjects.LIMIT, () -> projects.present("/rolling/web").size() == 4);
    Told changed = projects.up(1, file(WEB.formatted("2", "hostname")), "rolling", "--force");
    assertTrue(changed.wellDone().text().contains("/rolling/web"), changed.text());
    assertEquals(3, projects.present("/rolling/web").size());
    String stable = projects.app("/rolling/web").getString("revision");
    Told bad = projects.up(2, file(WEB.formatted("3", "not-there")), "rolling");
    assertEquals(1, bad.exitCode(), bad.text());
    assertTrue(bad.text().contains("it is revision " + stable + " again"), bad.text());
    assertTrue(bad.text().contains("health check"), bad.text());
    Await.until(
        "the old ones are three again",
        LabProjects.LIMIT,
        () -> projects.app("/rolling/web").getInteger("healthy") == 3);
  }

  @Test
  void whatNeverComesUpIsToldWithItsLastWords(LabHerd herd) throws IOException {
    projects = new LabProjects(herd);
    Path file =
        file(
            """
            services:
              good: {image: busybox, command: sleep 100000, stop_signal: SIGKILL}
              bad: {image: busybox, command: sh -c 'echo out of cheese; exit 3'}
              waits: {image: busybox, command: sleep 100000, depends_on: [bad]}
            x-dockherd: {backoff: {first: 100ms, longest: 1s}}
            """);
    Told told = projects.up(1, file, "bad");
    assertEquals(1, told.exitCode(), told.text());
    assertTrue(
        told.text()
            .matches(
                "(?s).*/bad/bad could not be rolled out: \\d+ instances failed\\n"
                    + "  on host-\\d: container \\S+ ended with code 3\\n"
                    + "  \\| out of cheese\\n.*"),
        told.text());
    assertEquals(1, projects.app("/bad/good").getInteger("running"));
  }
}
