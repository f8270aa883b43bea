package io.dockherd.apps.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static Buffer frame(int stream, String text) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return Buffer.buffer()
        .appendByte((byte) stream)
        .appendBytes(new byte[3])
        .appendInt(bytes.length)
        .appendBytes(bytes);
  }

  private static List<String> read(Buffer whole, Random cuts) {
    List<String> lines = new ArrayList<>();
    LineReader reader =
        new LineReader(line -> lines.add((line.isError() ? "err " : "out ") + line.text()));
    int at = 0;
    while (at < whole.length()) {
      int end = Math.min(whole.length(), at + 1 + cuts.nextInt(9));
      reader.read(whole.getBuffer(at, end));
      at = end;
    }
    reader.end();
    return lines;
  }

  @Test
  void framesAreLinesHoweverTheyAreCut() {
    Buffer whole =
        frame(1, "one\ntw")
            .appendBuffer(frame(2, "bad\n"))
            .appendBuffer(frame(1, "o\r\n\nä"))
            .appendBuffer(frame(2, ""))
            .appendBuffer(frame(1, "öü"));
    for (int seed = 0; seed < 200; seed++) {
      assertEquals(
          List.of("out one", "err bad", "out two", "out ", "out äöü"),
          read(whole, new Random(seed)));
    }
  }

  @Test
  void aTerminalsOutputIsTakenAsItIs() {
    for (int seed = 0; seed < 50; seed++) {
      assertEquals(
          List.of("out hello", "out x"), read(Buffer.buffer("hello\r\nx"), new Random(seed)));
    }
    assertEquals(List.of("out a"), read(Buffer.buffer("a"), new Random(1)));
  }

  @Test
  void aLineWithoutEndIsGivenInPieces() {
    List<String> lines = read(frame(1, "x".repeat(200_000)), new Random(3));
    assertEquals(4, lines.size());
    assertEquals(200_000, lines.stream().mapToInt(line -> line.length() - 4).sum());
  }
}
