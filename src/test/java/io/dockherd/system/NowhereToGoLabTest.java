package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Containers that fit nowhere, and such that fit in one place only. */
@OnLab
class NowhereToGoLabTest {
  @Test
  void aConstraintNobodyMeetsIsAnsweredForEachNode(LabHerd herd) {
    Invocation nowhere =
        herd.docker(1, "run", "-d", "-e", "constraint:node==host-9", "busybox", "true");
    assertFalse(nowhere.succeeded());
    assertTrue(
        nowhere
            .output()
            .contains(
                "Unable to find a node that satisfies the following conditions \n"
                    + "[available container slots]\n"
                    + "[node==host-9]\n"
                    + "host-1: is not what node==host-9 asks for\n"
                    + "host-2: is not what node==host-9 asks for\n"
                    + "host-3: is not what node==host-9 asks for"),
        nowhere.output());
  }

  @Test
  void aConstraintIsMetWhicheverNodeIsAsked(LabHerd herd) {
    for (int asked = 1; asked <= 3; asked++) {
      herd.docker(
              asked,
              "run",
              "-d",
              "--name",
              "c" + asked,
              "-e",
              "constraint:node==host-2",
              "-e",
              "A=b",
              "busybox",
              "true")
          .orFail();
    }
    assertEquals(3, herd.containersOn(2).size());
    String environment =
        herd.docker(1, "inspect", "--format", "{{.Config.Env}}", "c2").orFail().output();
    assertTrue(environment.contains("A=b"), environment);
    assertFalse(environment.contains("constraint"), environment);
  }

  @Test
  void aContainerGoesWhereTheVolumeIsThatItNames(LabHerd herd) {
    Ask.docker(herd.host(2), "volume", "create", "data");
    // Made past every node: the event that tells of it takes its time.
    Await.until(
        "all know of it",
        Duration.ofSeconds(30),
        () ->
            IntStream.rangeClosed(1, 3)
                .allMatch(i -> herd.docker(i, "volume", "ls", "-q").output().contains("data")));
    for (int i = 1; i <= 3; i++) {
      herd.docker(i, "run", "-d", "-v", "data:/d", "busybox", "touch", "/d/x" + i).orFail();
    }
    assertEquals(3, herd.containersOn(2).size());
  }

  @Test
  void aMissingImageIsToldAsDockerTellsIt(LabHerd herd) {
    Invocation missing = herd.docker(1, "create", "--pull", "never", "nowhere:1");
    assertFalse(missing.succeeded());
    assertTrue(missing.output().contains("No such image: nowhere:1"), missing.output());
  }

  @Test
  void anImageOnOneHostOnlyIsFoundThere(LabHerd herd) {
    Ask.docker(herd.host(3), "tag", "busybox", "special:1");
    try {
      Await.until(
          "all know of it",
          Duration.ofSeconds(30),
          () ->
              IntStream.rangeClosed(1, 3)
                  .allMatch(i -> herd.docker(i, "images", "special").output().contains("special")));
      for (int i = 1; i <= 3; i++) {
        herd.docker(i, "run", "-d", "special:1", "true").orFail();
      }
      assertEquals(3, herd.containersOn(3).size(), () -> herd.docker(1, "ps", "--all").output());
    } finally {
      Ask.docker(herd.host(3), "rmi", "-f", "special:1");
    }
  }
}
