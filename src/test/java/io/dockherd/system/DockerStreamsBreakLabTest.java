package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.dockherd.lab.OnLab;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One end of a docker command's stream goes: the other is told, and nobody else notices. */
@OnLab
class DockerStreamsBreakLabTest {
  private static final String ON_2 = "--env=constraint:node==host-2";
  private static final String ON_3 = "--env=constraint:node==host-3";
  private static final String TICK = "while true; do echo tick; sleep 1; done";

  /** Six for the silence to be noticed, the rest for a busy machine. */
  private static final Duration TOLD = Duration.ofSeconds(20);

  @Test
  void theCallerIsToldWhenTheContainersNodeIsKilled(LabHerd herd) {
    theCallerIsToldWhen(herd, LabHost::killNode);
  }

  @Test
  void theCallerIsToldWhenTheContainersNodeFallsSilent(LabHerd herd) {
    theCallerIsToldWhen(herd, LabHost::freezeNode);
  }

  @Test
  void theCallerIsToldWhenTheContainersHostIsCutOff(LabHerd herd) {
    theCallerIsToldWhen(herd, LabHost::linkDown);
  }

  private static void theCallerIsToldWhen(LabHerd herd, Consumer<LabHost> disaster) {
    DockerCli docker = DockerCli.at(herd.host(1));
    String doomed = docker.succeed("run", "-d", ON_3, "busybox", "sleep", "1000");
    String lucky = docker.succeed("run", "-d", ON_2, "busybox", "sleep", "1000");
    try (DockerCli.Running exec = docker.start("exec", "-i", doomed, "cat");
        DockerCli.Running logs = docker.start("logs", "-f", doomed);
        DockerCli.Running wait = docker.start("wait", doomed);
        DockerCli.Running other = docker.start("exec", "-i", lucky, "sh", "-c", TICK)) {
      exec.type("hello\n");
      exec.awaitText("hello");
      other.awaitText("tick");
      disaster.accept(herd.host(3));
      for (DockerCli.Running told : List.of(exec, logs, wait)) {
        told.await(TOLD);
      }
      int ticks = other.text().length();
      Await.until("the other goes on", DockerCli.LIMIT, () -> other.text().length() > ticks);
      assertTrue(other.isRunning());
    }
  }

  @Test
  void whatReadsAKilledCallersInputSeesItsEnd(LabHerd herd) {
    DockerCli docker = DockerCli.at(herd.host(1));
    String id = docker.succeed("run", "-d", ON_2, "busybox", "sleep", "1000");
    try (DockerCli.Running exec = docker.start("exec", "-i", id, "cat")) {
      exec.type("hello\n");
      exec.awaitText("hello");
      assertTrue(docker.succeed("top", id).contains("cat"));
      exec.kill();
      Await.until(
          "its command has ended",
          DockerCli.LIMIT,
          () -> !docker.succeed("top", id).contains("cat"));
    }
  }
}
