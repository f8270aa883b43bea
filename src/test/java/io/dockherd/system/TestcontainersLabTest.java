package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Testcontainers as it comes, but for its reaper, whose image a lab can't pull. */
@OnLab
class TestcontainersLabTest {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @Test
  void containersOfATestRunOnTheHerd(LabHerd herd, @TempDir Path home) {
    Invocation ran =
        Invocation.of(
            LIMIT,
            List.of(
                "env",
                "DOCKER_HOST=tcp://" + herd.dockerAddress(1),
                "TESTCONTAINERS_RYUK_DISABLED=true",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + home,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ContainersOfATest.class.getName()));
    String output = ran.orFail().output();
    for (String line :
        List.of(
            "page hello",
            "node host-2",
            "logs up",
            "exec hello",
            "published at " + herd.host(2).address(),
            "all gone")) {
      assertTrue(output.lines().anyMatch(line::equals), output);
    }
    assertEquals(0, herd.containersOn(1).size() + herd.containersOn(2).size());
  }
}
