package io.dockherd.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class PullProgressTest {
  private static final String LINES =
      "{\"status\":\"Pulling from library/x\",\"id\":\"latest\"}\r\n"
          + "{\"status\":\"Already exists\",\"id\":\"a1\"}\r\n"
          + "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":1},\"id\":\"b2\"}\r\n"
          + "not JSON at all\r\n"
          + "{\"status\":\"Pull complete\",\"id\":\"b2\"}\r\n"
          + "{\"status\":\"Waiting\",\"id\":\"ü3\"}\r\n";

  @Test
  void countsLayersHoweverTheChunksAreCut() {
    Buffer whole = Buffer.buffer(LINES);
    for (int size = 1; size <= whole.length(); size++) {
      PullProgress progress = new PullProgress();
      for (int at = 0; at < whole.length(); at += size) {
        progress.read(whole.getBuffer(at, Math.min(whole.length(), at + size)));
      }
      assertEquals("2 of 3 layers", progress.words(), "in pieces of " + size);
      assertEquals("", progress.error());
    }
  }

  @Test
  void anErrorAfterAGoodHeadIsAnError() {
    PullProgress progress = new PullProgress();
    progress.read(Buffer.buffer(LINES + "{\"error\":\"manifest unknown\"}\n"));
    assertEquals("manifest unknown", progress.error());
  }
}
