package io.dockherd.herd.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Thorough;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to the process, what it answered for is on the disk. */
class RecordStoreCrashTest {
  private static final int KILLS = Thorough.or(7, 22);

  @TempDir Path directory;

  @Test
  void everyAnsweredWriteSurvivesAKillInMidWrite() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, Long> answered = new HashMap<>();
    for (int kill = 0; kill < KILLS; kill++) {
      Process writer = start(List.of(), random.nextInt(20_000));
      try (BufferedReader out = writer.inputReader()) {
        int lines = 1 + random.nextInt(100);
        String line = out.readLine();
        for (; line != null && lines > 0; lines--) {
          note(line, answered);
          line = out.readLine();
        }
        // Through the handle: Process.destroyForcibly would also close what it had still to say.
        writer.toHandle().destroyForcibly();
        for (; line != null; line = out.readLine()) {
          note(line, answered);
        }
        writer.waitFor();
      } finally {
        writer.destroyForcibly();
      }
      String run = "seed " + seed + ", kill " + kill;
      try (RecordStore store = RecordStore.open(directory)) {
        Map<String, byte[]> kept = store.load();
        answered.forEach(
            (key, number) ->
                assertTrue(StoreWriter.number(kept.get(key)) >= number, run + ", key " + key));
      }
    }
    assertEquals(StoreWriter.THREADS, answered.size());
  }

  @Test
  void aFullDiskRefusesTheWriteAndKeepsTheRest() throws Exception {
    // The shell's limit on a file's size, in units of 1 KB, stands for a disk that is full.
    Process writer = start(List.of("bash", "-c", "ulimit -f 200; exec \"$@\"", "-"), 5_000);
    Map<String, Long> answered = new HashMap<>();
    List<String> refused = new ArrayList<>();
    try (BufferedReader out = writer.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("refused")) {
          refused.add(line);
        } else {
          note(line, answered);
        }
      }
    } finally {
      writer.destroyForcibly();
    }
    assertEquals(StoreWriter.THREADS, refused.size());
    assertTrue(refused.getFirst().contains("nothing can be written"), refused.toString());
    try (RecordStore store = RecordStore.open(directory)) {
      Map<String, byte[]> kept = store.load();
      answered.forEach(
          (key, number) -> assertTrue(StoreWriter.number(kept.get(key)) >= number, key));
    }
  }

  /** A line the kill cut short was not answered for anybody. */
  private static void note(String line, Map<String, Long> answered) {
    String[] parts = line.split("=");
    if (parts.length == 2 && !parts[1].isEmpty()) {
      answered.merge(parts[0], Long.parseLong(parts[1]), Math::max);
    }
  }

  private Process start(List<String> before, int filler) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        Arrays.asList(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            StoreWriter.class.getName(),
            directory.toString(),
            Integer.toString(filler)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
