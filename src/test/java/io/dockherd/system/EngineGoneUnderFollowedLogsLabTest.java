package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who follows a container's output is told when there can be no more, and not that it was all. */
@OnLab
class EngineGoneUnderFollowedLogsLabTest {
  private static final Duration SOON = Duration.ofSeconds(15);

  @Test
  void itsEngineIsKilled(LabHerd herd, @TempDir Path folder) throws Exception {
    Process following = follow(herd, folder);
    herd.host(3).killEngine();
    assertToldOfTheBreak(following, folder);
  }

  @Test
  void itsNodeIsKilled(LabHerd herd, @TempDir Path folder) throws Exception {
    Process following = follow(herd, folder);
    herd.host(3).killNode();
    assertToldOfTheBreak(following, folder);
  }

  private static Process follow(LabHerd herd, Path folder) throws IOException {
    Ask.docker(
        herd.host(3), "run", "-d", "--name", "web", "busybox", "sh", "-c", "echo hi; sleep 1000");
    Process following =
        new ProcessBuilder(
                "docker", "--host", "tcp://" + herd.dockerAddress(1), "logs", "-f", "web")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    Await.until("it follows", SOON, () -> read(folder).contains("hi"));
    assertTrue(following.isAlive());
    return following;
  }

  private static void assertToldOfTheBreak(Process following, Path folder)
      throws InterruptedException {
    try {
      assertTrue(following.waitFor(SOON.toSeconds(), TimeUnit.SECONDS), "it still follows");
      assertNotEquals(0, following.exitValue(), read(folder));
    } finally {
      following.destroyForcibly();
    }
  }

  private static String read(Path folder) {
    try {
      return Files.readString(folder.resolve("out"));
    } catch (IOException e) {
      return "";
    }
  }
}
