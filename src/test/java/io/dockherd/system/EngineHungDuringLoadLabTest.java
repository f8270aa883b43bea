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

/** An engine takes the connection, but nothing of what is loaded. */
@OnLab
class EngineHungDuringLoadLabTest {
  @TempDir private Path folder;

  @Test
  void theOthersLoadAndTheOneIsNamed(LabHerd herd) {
    Path saved = ImageFiles.saved(herd.host(1), folder, "big:1", 30);
    herd.host(2).freezeEngine();
    Invocation loaded = ImageFiles.docker(herd, 1, "load", "-i", saved.toString());
    assertEquals(1, loaded.exitCode(), loaded.output());
    assertTrue(loaded.output().contains("host-1: Loaded image: big:1"), loaded.output());
    assertTrue(loaded.output().contains("load: done at 2 of 3 nodes"), loaded.output());
    assertTrue(loaded.output().contains("(host-2)"), loaded.output());
    assertNotEquals("", ImageFiles.id(herd.host(1), "big:1"));
    assertNotEquals("", ImageFiles.id(herd.host(3), "big:1"));
    herd.host(2).thawEngine();
  }
}
