package io.dockherd.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.lab.LabHerd;
import io.dockherd.lab.OnLab;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node dies while an image is being loaded at all of them. */
@OnLab
class NodeKilledDuringLoadLabTest {
  private static final int HALF = 15 << 20;

  @TempDir private Path folder;

  @Test
  void theOthersLoadAndTheOneIsNamed(LabHerd herd) throws Exception {
    byte[] saved = Files.readAllBytes(ImageFiles.saved(herd.host(1), folder, "big:1", 30));
    Process load =
        new ProcessBuilder("docker", "-H", "tcp://" + herd.dockerAddress(1), "load")
            .redirectErrorStream(true)
            .start();
    try (OutputStream input = load.getOutputStream()) {
      // More than all buffers on the way hold: when it is taken, every engine has begun.
      input.write(saved, 0, HALF);
      input.flush();
      herd.host(3).killNode();
      input.write(saved, HALF, saved.length - HALF);
    }
    String told = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(load.waitFor(1, TimeUnit.MINUTES));
    assertEquals(1, load.exitValue(), told);
    assertTrue(told.contains("load: done at 2 of 3 nodes"), told);
    assertTrue(told.contains("(host-3)"), told);
    assertNotEquals("", ImageFiles.id(herd.host(1), "big:1"));
    assertNotEquals("", ImageFiles.id(herd.host(2), "big:1"));
  }
}
