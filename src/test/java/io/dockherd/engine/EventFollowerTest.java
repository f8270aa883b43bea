package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The event stream of an engine that breaks off, repeats itself, hangs or talks rubbish. */
class EventFollowerTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long NANOS = 1_800_000_000_000_000_000L;
  private static final Instant SINCE = Instant.ofEpochSecond(1_799_999_999L);

  private final Vertx vertx = Vertx.vertx();
  private final Notes notes = new Notes();
  private FakeEngine fake;

  /** Long enough for a busy machine; tests of engines that hang can't wait for so long. */
  private Duration probeLimit = Duration.ofSeconds(10);

  private Engine engine;
  private EventFeed feed;

  /** Notes what a listener is told. */
  private static final class Notes implements EngineEventListener {
    final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    public void onConnected() {
      told.add("connected");
    }

    @Override
    public void onEvent(EngineEvent event) {
      told.add(event.action() + " " + event.id());
    }

    @Override
    public void onLost(String reason) {
      told.add("lost");
    }
  }

  private void follow(FakeEngine.Script script) {
    follow(script, notes, 1 << 20);
  }

  private void follow(FakeEngine.Script script, EngineEventListener listener, int limitBytes) {
    fake = new FakeEngine(script);
    EngineSettings defaults = EngineSettings.defaults();
    EngineSettings quick =
        new EngineSettings(
            defaults.connectLimit(),
            probeLimit,
            8,
            8,
            8,
            8,
            8,
            defaults.idleLimit(),
            defaults.bodyLimitBytes(),
            new EngineSettings.Events(
                Duration.ofMillis(100),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                limitBytes));
    engine = HttpEngine.at(vertx, fake.address(), quick);
    feed = engine.follow(SINCE, listener);
  }

  @AfterEach
  void stop() {
    feed.close();
    engine.close();
    fake.close();
    vertx.close().await();
  }

  private static String event(long timeNanos, String id) {
    return ("{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"%s\"},"
            + "\"time\":%d,\"timeNano\":%d}\n")
        .formatted(id, timeNanos / 1_000_000_000, timeNanos);
  }

  private static void head(FakeEngine.Connection connection) throws IOException {
    connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  }

  private void awaitTold(String... expected) {
    Await.until("told " + List.of(expected), LIMIT, () -> notes.told.size() >= expected.length);
    assertEquals(List.of(expected), notes.told);
  }

  @Test
  void aBrokenStreamIsTakenUpWhereItWasAndNothingIsToldTwice() {
    AtomicInteger streams = new AtomicInteger();
    follow(
        (request, connection) -> {
          head(connection);
          if (streams.incrementAndGet() == 1) {
            connection.chunk(event(NANOS, "a") + event(NANOS + 2_000_000_000L, "b"));
            // What has not been read when a connection breaks is lost with it.
            Await.until("b is told", LIMIT, () -> notes.told.contains("start b"));
            connection.hangUp();
          }
          connection.chunk(event(NANOS + 2_000_000_000L, "b"));
          connection.chunk(event(NANOS + 2_000_000_000L, "c") + event(NANOS + 3, "late"));
          connection.readToEnd();
        });
    awaitTold("connected", "start a", "start b", "lost", "connected", "start c", "start late");
    assertEquals("/v1.41/events?since=1799999999.000000000", fake.requests().get(0).target());
    assertEquals("/v1.41/events?since=1800000001.000000000", fake.requests().get(1).target());
    assertTrue(feed.isConnected());
  }

  @Test
  void eventsMayComeInAnyPieces() {
    follow(
        (request, connection) -> {
          head(connection);
          for (char c : (event(NANOS, "a") + event(NANOS + 1, "b").strip()).toCharArray()) {
            connection.chunk(String.valueOf(c));
          }
          connection.chunk(event(NANOS + 2, "c"));
          connection.readToEnd();
        });
    awaitTold("connected", "start a", "start b", "start c");
  }

  @Test
  void aSilentEngineThatAnswersPingsIsNotLost() {
    follow(
        (request, connection) -> {
          head(connection);
          Await.until("it is pinged again and again", LIMIT, () -> fake.pings() > 5);
          connection.chunk(event(NANOS, "a"));
          connection.readToEnd();
        });
    awaitTold("connected", "start a");
  }

  @Test
  void anEngineThatHangsIsLostAndFoundAgain() {
    AtomicBoolean hangs = new AtomicBoolean();
    probeLimit = Duration.ofSeconds(2);
    follow(
        (request, connection) -> {
          head(connection);
          if (!hangs.get()) {
            hangs.set(true);
            fake.hang(true);
          }
          connection.readToEnd();
        });
    awaitTold("connected", "lost");
    fake.hang(false);
    awaitTold("connected", "lost", "connected");
  }

  @Test
  void anEngineThatIsAwayIsToldOnce() {
    follow(
        (request, connection) -> {
          head(connection);
          connection.readToEnd();
        });
    awaitTold("connected");
    fake.stop();
    awaitTold("connected", "lost");
    assertTrue(!feed.isConnected());
    fake.listen();
    awaitTold("connected", "lost", "connected");
  }

  @Test
  void anEventTooLargeIsSkipped() {
    follow(
        (request, connection) -> {
          head(connection);
          connection.chunk(event(NANOS, "a"));
          connection.chunk(event(NANOS + 1, "x".repeat(5000)));
          connection.chunk("{\"rubbish\":true}\n" + event(NANOS + 2, "c"));
          connection.readToEnd();
        },
        notes,
        1000);
    awaitTold("connected", "start a", "start c");
  }

  @Test
  void anAnswerThatIsNoStreamIsALoss() {
    AtomicInteger asked = new AtomicInteger();
    follow(
        (request, connection) -> {
          if (asked.incrementAndGet() < 4) {
            connection.answer(500, "{\"message\":\"not now\"}");
          } else {
            head(connection);
            connection.readToEnd();
          }
        });
    awaitTold("lost", "connected");
  }

  @Test
  void aListenerThatFailsIsToldTheNext() {
    List<String> told = new CopyOnWriteArrayList<>();
    follow(
        (request, connection) -> {
          head(connection);
          connection.chunk(event(NANOS, "a") + event(NANOS + 1, "b"));
          connection.readToEnd();
        },
        event -> {
          told.add(event.id());
          throw new IllegalStateException("a listener's own trouble");
        },
        1000);
    Await.until("both are told", LIMIT, () -> told.equals(List.of("a", "b")));
  }

  @Test
  void aListenerThatIsSlowHoldsTheEngineBack() {
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicLong written = new AtomicLong();
    AtomicInteger told = new AtomicInteger();
    String large = "x".repeat(100_000);
    follow(
        (request, connection) -> {
          head(connection);
          for (int i = 0; i < 300; i++) {
            connection.chunk(event(NANOS + i, i + large));
            written.incrementAndGet();
          }
          connection.readToEnd();
        },
        event -> {
          try {
            goOn.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          told.incrementAndGet();
        },
        1 << 20);
    Await.until("the engine is held back", LIMIT, () -> written.get() > 2 && isAtRest(written));
    assertTrue(written.get() < 150, () -> "the engine could write " + written);
    goOn.countDown();
    Await.until("all are told", LIMIT, () -> told.get() == 300);
  }

  /** Whether a number stays the same for as long as a few pings take. */
  private boolean isAtRest(AtomicLong number) {
    long before = number.get();
    for (int i = 0; i < 20; i++) {
      engine.call(EngineRequest.get(LIMIT, "_ping"));
    }
    return number.get() == before;
  }

  @Test
  void nothingIsToldAfterClosing() {
    CountDownLatch goOn = new CountDownLatch(1);
    follow(
        (request, connection) -> {
          head(connection);
          connection.chunk(event(NANOS, "a"));
          goOn.await();
          connection.chunk(event(NANOS + 1, "b"));
          connection.readToEnd();
        });
    awaitTold("connected", "start a");
    feed.close();
    goOn.countDown();
    Await.until("the stream is closed", LIMIT, () -> fake.openConnections() <= 1);
    assertEquals(List.of("connected", "start a"), notes.told);
    assertTrue(!feed.isConnected());
  }
}
