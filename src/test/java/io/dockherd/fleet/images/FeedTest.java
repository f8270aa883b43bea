package io.dockherd.fleet.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FeedTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int MANY = 500;

  private final AtomicInteger closed = new AtomicInteger();
  private final Feed feed = new Feed(closed::incrementAndGet);
  private final List<Integer> read = new CopyOnWriteArrayList<>();
  private final AtomicInteger written = new AtomicInteger();

  private void readWith(long demand) {
    feed.pause();
    feed.handler(line -> read.add(line.toJsonObject().getInteger("n")));
    feed.fetch(demand);
  }

  private Thread writeMany() {
    return Thread.ofVirtual()
        .start(
            () -> {
              for (int i = 0; i < MANY && feed.write(new JsonObject().put("n", i)); i++) {
                written.incrementAndGet();
              }
              feed.end();
            });
  }

  @Test
  void aWriterThatBreaksEndsItAndSaysSo() {
    List<String> lines = new CopyOnWriteArrayList<>();
    boolean[] isEnded = {false};
    feed.handler(line -> lines.add(line.toString().strip()));
    feed.endHandler(end -> isEnded[0] = true);
    feed.resume();
    feed.endAfter(
        () -> {
          feed.write(new JsonObject().put("n", 1));
          throw new IllegalStateException("broken");
        });
    assertEquals("{\"n\":1}", lines.getFirst());
    assertTrue(lines.getLast().contains("broken"), lines.getLast());
    assertTrue(isEnded[0]);
  }

  @Test
  void whoWritesFasterThanItIsReadWaits() throws Exception {
    boolean[] isEnded = {false};
    feed.endHandler(end -> isEnded[0] = true);
    readWith(10);
    Thread writer = writeMany();
    Await.until("ten are read", SOON, () -> read.size() == 10);
    Await.until("it waits", SOON, () -> writer.getState() == Thread.State.WAITING);
    assertTrue(written.get() < MANY, "and is not far ahead: " + written);
    assertEquals(10, read.size());
    feed.resume();
    writer.join(SOON);
    Await.until("all are read", SOON, () -> isEnded[0]);
    assertEquals(MANY, read.size());
    for (int i = 0; i < MANY; i++) {
      assertEquals(i, read.get(i));
    }
  }

  @Test
  void nobodyWaitsForAReaderWhoHasGone() throws Exception {
    readWith(1);
    Thread writer = writeMany();
    Await.until("it waits", SOON, () -> writer.getState() == Thread.State.WAITING);
    feed.close();
    feed.close();
    assertTrue(writer.join(SOON));
    assertFalse(feed.write(new JsonObject()));
    assertEquals(1, closed.get());
  }

  @Test
  void progressIsLeftOutForASlowReader() {
    readWith(0);
    for (int i = 0; i < MANY; i++) {
      feed.offer(new JsonObject().put("n", i));
    }
    feed.resume();
    assertTrue(read.size() > 10 && read.size() < MANY, read.size() + " of " + MANY);
  }
}
