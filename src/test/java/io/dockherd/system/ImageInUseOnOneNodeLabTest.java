package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image is removed that a container of one node uses. */
@OnLab
class ImageInUseOnOneNodeLabTest {
  @TempDir private Path folder;

  @Test
  void theConflictIsToldAndWhatBecameOfItElsewhere(LabHerd herd) {
    ImageFiles.context(folder, "FROM busybox", "CMD [\"sleep\", \"1000\"]");
    ImageFiles.docker(herd, 1, "build", "-t", "used:1", folder.toString()).orFail();
    ImageFiles.docker(herd, 1, "pull", "used:1").orFail();
    Ask.docker(herd.host(2), "run", "-d", "--name", "user", "used:1");

    Invocation removed = ImageFiles.docker(herd, 3, "rmi", "used:1");
    assertEquals(1, removed.exitCode());
    assertTrue(removed.output().contains("conflict"), removed.output());
    assertTrue(removed.output().contains("(host-2)"), removed.output());
    assertTrue(removed.output().contains("removed from host-1, host-3"), removed.output());
    assertEquals("", ImageFiles.id(herd.host(1), "used:1"));
    assertNotEquals("", ImageFiles.id(herd.host(2), "used:1"));

    ImageFiles.docker(herd, 3, "rm", "-f", "user").orFail();
    ImageFiles.docker(herd, 3, "rmi", "used:1").orFail();
    assertEquals("", ImageFiles.id(herd.host(2), "used:1"));
  }
}
