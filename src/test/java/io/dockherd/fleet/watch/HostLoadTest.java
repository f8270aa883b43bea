package io.dockherd.fleet.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLoadTest {
  private static final long MIB = 1 << 20;

  @TempDir Path proc;

  @Test
  void readsWhatTheKernelSays() throws IOException {
    Files.writeString(proc.resolve("loadavg"), "0.52 0.40 0.31 1/234 5678\n");
    Files.writeString(
        proc.resolve("meminfo"),
        "MemTotal:        8192 kB\nMemFree:          100 kB\nMemAvailable:    4096 kB\n");
    HostLoad load = HostLoad.read(proc).orElseThrow();
    assertEquals(new HostLoad(0.52, 0.40, 8 * MIB, 4 * MIB), load);
    assertEquals(load, HostLoad.of(new JsonObject(load.json().encode())));
  }

  @Test
  void aHostWithoutProcIsNotKnown() throws IOException {
    assertEquals(Optional.empty(), HostLoad.read(proc.resolve("none")));
    Files.writeString(proc.resolve("loadavg"), "rubbish");
    Files.writeString(proc.resolve("meminfo"), "");
    assertEquals(Optional.empty(), HostLoad.read(proc));
  }

  @Test
  void onlyWhatASchedulerWouldCareAboutIsNotable() {
    HostLoad before = new HostLoad(1, 1, 1000 * MIB, 500 * MIB);
    assertFalse(new HostLoad(1.4, 2, 1000 * MIB, 460 * MIB).differsNotablyFrom(before));
    assertTrue(new HostLoad(1.6, 1, 1000 * MIB, 500 * MIB).differsNotablyFrom(before));
    assertTrue(new HostLoad(1, 1, 1000 * MIB, 440 * MIB).differsNotablyFrom(before));
  }
}
