package io.dockherd.herd.records;

import io.dockherd.failure.Refused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A process that saves without end, from several threads, and prints {@code key=number} for each
 * write that was answered. Ends when a write is refused, saying so.
 */
final class StoreWriter {
  static final int THREADS = 4;

  private StoreWriter() {}

  public static void main(String[] args) throws InterruptedException {
    RecordStore store = RecordStore.open(Path.of(args[0]));
    int filler = Integer.parseInt(args[1]);
    Map<String, Long> numbers = new ConcurrentHashMap<>();
    store.load().forEach((key, value) -> numbers.put(key, number(value)));
    for (int i = 0; i < THREADS; i++) {
      String key = "k" + i;
      Thread.ofPlatform()
          .start(
              () -> {
                while (true) {
                  long next = numbers.merge(key, 1L, Long::sum);
                  try {
                    store.save(List.of(key), k -> Optional.of(value(numbers.get(k), filler)));
                  } catch (Refused e) {
                    say("refused " + key + "=" + next + " " + e.getMessage());
                    return;
                  }
                  say(key + "=" + next);
                }
              });
    }
  }

  static byte[] value(long number, int filler) {
    return (number + " " + "x".repeat(filler)).getBytes(StandardCharsets.UTF_8);
  }

  static long number(byte[] value) {
    return Long.parseLong(new String(value, StandardCharsets.UTF_8).split(" ")[0]);
  }

  /** In one write, so that a line is never half there unless it is the last. */
  private static synchronized void say(String line) {
    System.out.write((line + "\n").getBytes(StandardCharsets.UTF_8), 0, line.length() + 1);
    System.out.flush();
  }
}
