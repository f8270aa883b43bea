package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docker-compose 1.29 with a project of two services, every command through another node. */
@OnLab
class ComposeFromAnyNodeLabTest {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String PROJECT =
      """
      version: "2.4"
      services:
        web:
          image: busybox
          network_mode: bridge
          command: sh -c 'echo web speaks; exec sleep 1000'
          stop_signal: SIGKILL
          environment:
            COLOUR: green
        worker:
          image: busybox
          network_mode: bridge
          command: sh -c 'echo worker speaks; exec sleep 1000'
          stop_signal: SIGKILL
          depends_on: [web]
      """;

  private static final String WITH_NETWORK_AND_VOLUME =
      """
      version: "2.4"
      services:
        web:
          image: busybox
          command: httpd -f -p 80 -h /www
          stop_signal: SIGKILL
          networks: [front]
          volumes: ["pages:/www"]
        caller:
          image: busybox
          command: sleep 1000
          stop_signal: SIGKILL
          networks: [front]
          volumes: ["pages:/pages"]
      networks:
        front: {}
      volumes:
        pages: {}
      """;

  private static final String WRITE_AND_ASK =
      "echo hello > /pages/index.html && wget -q -O - http://web/";

  @TempDir private Path folder;

  @Test
  void aProjectComesUpWorksGrowsAndGoesAway(LabHerd herd) throws IOException {
    Files.writeString(folder.resolve("docker-compose.yml"), PROJECT);
    compose(herd, 1, "up", "-d");
    assertEquals(Set.of("shop_web_1", "shop_worker_1"), names(herd, 2));
    String listed = compose(herd, 3, "ps");
    assertEquals(2, listed.lines().filter(line -> line.contains(" Up ")).count(), listed);

    Await.until(
        "both are heard",
        LIMIT,
        () -> {
          String logs = compose(herd, 2, "logs", "--no-color");
          return logs.contains("web speaks") && logs.contains("worker speaks");
        });
    assertEquals(
        "green", compose(herd, 3, "exec", "-T", "web", "sh", "-c", "echo $COLOUR").strip());
    assertEquals(7, attempt(herd, 1, "exec", "-T", "worker", "sh", "-c", "exit 7").exitCode());

    compose(herd, 2, "up", "-d", "--scale", "worker=4");
    assertEquals(5, names(herd, 1).size());
    assertTrue(
        hostsInUse(herd) > 1, "five containers of one project are spread over more than one host");
    compose(herd, 3, "up", "-d", "--scale", "worker=1");
    assertEquals(Set.of("shop_web_1", "shop_worker_1"), names(herd, 1));

    compose(herd, 1, "restart", "-t", "1", "web");
    compose(herd, 2, "stop", "worker");
    assertEquals(Set.of("shop_web_1"), running(herd, 3));
    compose(herd, 3, "start", "worker");
    compose(herd, 2, "down");
    assertEquals(Set.of(), names(herd, 1));
  }

  @Test
  void aChangedServiceIsMadeAnewAndTheOtherLeftAlone(LabHerd herd) throws IOException {
    Path file = Files.writeString(folder.resolve("docker-compose.yml"), PROJECT);
    compose(herd, 1, "up", "-d");
    String worker = herd.docker(1, "ps", "-q", "-f", "name=worker").orFail().output();
    Files.writeString(file, PROJECT.replace("green", "blue"));
    compose(herd, 2, "up", "-d");
    assertEquals("blue", compose(herd, 3, "exec", "-T", "web", "sh", "-c", "echo $COLOUR").strip());
    assertEquals(worker, herd.docker(3, "ps", "-q", "-f", "name=worker").orFail().output());
    assertEquals(Set.of("shop_web_1", "shop_worker_1"), names(herd, 1));
  }

  @Test
  void servicesOnOneHostShareAVolumeAndReachEachOtherByName(LabHerd herd) throws IOException {
    Files.writeString(folder.resolve("docker-compose.yml"), WITH_NETWORK_AND_VOLUME);
    compose(herd, 1, "up", "-d");
    assertEquals(2, names(herd, 2).size());
    assertEquals(1, hostsInUse(herd), "who shares a volume is where it is");
    Await.until(
        "the web server serves, by its service's name, what the other wrote into the volume",
        LIMIT,
        () ->
            attempt(herd, 3, "exec", "-T", "caller", "sh", "-c", WRITE_AND_ASK)
                .output()
                .equals("hello\n"));
    String listed = compose(herd, 2, "ps");
    assertEquals(2, listed.lines().filter(line -> line.contains(" Up ")).count(), listed);
    compose(herd, 3, "down", "-v");
    assertEquals(Set.of(), names(herd, 1));
    for (int host = 1; host <= 3; host++) {
      assertEquals("", herd.docker(host, "volume", "ls", "-q").orFail().output());
      assertEquals(
          "", herd.docker(host, "network", "ls", "-q", "-f", "type=custom").orFail().output());
    }
  }

  private String compose(LabHerd herd, int host, String... arguments) {
    return attempt(herd, host, arguments).orFail().output();
  }

  private Invocation attempt(LabHerd herd, int host, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "docker-compose",
                "--host",
                "tcp://" + herd.dockerAddress(host),
                "--file",
                folder.resolve("docker-compose.yml").toString(),
                "--project-name",
                "shop"));
    command.addAll(List.of(arguments));
    return Invocation.of(LIMIT, command);
  }

  private static Set<String> names(LabHerd herd, int host) {
    return lines(herd.docker(host, "ps", "-a", "--format", "{{.Names}}"));
  }

  private static Set<String> running(LabHerd herd, int host) {
    return lines(herd.docker(host, "ps", "--format", "{{.Names}}"));
  }

  /** Lists show a name plain first, then with its node. */
  private static Set<String> lines(Invocation listed) {
    Set<String> lines = new TreeSet<>();
    listed.orFail().output().lines().forEach(line -> lines.add(line.split(",")[0]));
    return lines;
  }

  private static long hostsInUse(LabHerd herd) {
    return IntStream.rangeClosed(1, 3).filter(host -> !herd.containersOn(host).isEmpty()).count();
  }
}
