package io.dockherd.system.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The file compose-executor came with, in whole: of the first form, one service built, one network
 * for all, by a key that is no more and that engines refuse together with links.
 */
@OnLab
class SeedPodLabTest {
  private static final String FILE = "seed-pod/docker-compose.yml";

  private static String dockerDoor(LabHerd herd, int host) {
    return "http://" + herd.dockerAddress(host) + "/";
  }

  @Test
  void asOnePodItIsBuiltAndSharesOneNetwork(LabHerd herd) throws IOException {
    ExampleImages.make(herd);
    try (LabProjects projects = new LabProjects(herd)) {
      projects.up(2, FILE, "seed", "--pod", "--build", "--docker", dockerDoor(herd, 3)).wellDone();
      checkPod(projects, "/seed");
      assertTrue(
          projects.up(1, FILE, "seed", "--pod").wellDone().text().contains("all is so already"));
      projects.down(3, "seed");
    }
  }

  @Test
  void asAProjectItIsOneAppForItsServicesShareANetwork(LabHerd herd) throws IOException {
    ExampleImages.make(herd);
    try (LabProjects projects = new LabProjects(herd)) {
      projects.up(1, FILE, "seed", "--build", "--docker", dockerDoor(herd, 1)).wellDone();
      checkPod(projects, "/seed/baseC");
      projects.down(2, "seed");
    }
  }

  private static void checkPod(LabProjects projects, String app) throws IOException {
    List<JsonObject> present = projects.present(app);
    assertEquals(1, present.size());
    assertEquals(3, present.getFirst().getJsonObject("containers").size());
    String host = present.getFirst().getString("host");
    String file = Files.readString(Path.of(LabProjects.example(FILE))).strip();
    assertEquals(file, projects.page(host, 5000, "/docker-compose.yml"));
    assertEquals("centurylink/wetty-cli", projects.page(host, 8000));
    assertEquals("redis", projects.in("web", "wget -qO- http://redis:6379/"));
    String base = projects.inspect("baseC", "{{.Id}}");
    for (String guest : List.of("web", "redis")) {
      assertEquals("container:" + base, projects.inspect(guest, "{{.HostConfig.NetworkMode}}"));
    }
    String owner = projects.in("baseC", "netstat -lnt");
    for (String port : List.of(":5000 ", ":3000 ", ":6379 ")) {
      assertTrue(owner.contains(port), owner);
    }
  }
}
