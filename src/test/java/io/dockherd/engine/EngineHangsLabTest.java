package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.TimedOut;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A daemon that is stopped in its tracks keeps its connections and says nothing. */
class EngineHangsLabTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final EngineRequest LIST =
      EngineRequest.get(Duration.ofSeconds(1), "containers", "json");

  private final List<String> told = new CopyOnWriteArrayList<>();

  private final EngineEventListener listener =
      new EngineEventListener() {
        @Override
        public void onConnected() {
          told.add("connected");
        }

        @Override
        public void onEvent(EngineEvent event) {
          if (event.type().equals("container")) {
            told.add(event.action());
          }
        }

        @Override
        public void onLost(String reason) {
          told.add("lost");
        }
      };

  @Test
  void callsAreTimedOutAndTheEventStreamIsLostUntilItGoesOn() {
    EngineSettings settings = EngineSettings.defaults();
    Vertx vertx = Vertx.vertx();
    try (RealEngine real = RealEngine.start();
        Engine engine = HttpEngine.at(vertx, real.address(), settings);
        EventFeed feed = engine.follow(Instant.now(), listener)) {
      Containers containers = new Containers(engine);
      Await.until("the stream stands", LIMIT, () -> told.contains("connected"));
      String id = containers.create("sleep", "600");
      Await.until("the creation is told", LIMIT, () -> told.contains("create"));

      real.freeze();
      long start = System.nanoTime();
      assertThrows(TimedOut.class, () -> engine.call(LIST));
      assertTrue(elapsed(start).compareTo(Duration.ofSeconds(10)) < 0, "within its limit");
      Await.until("the loss is told", LIMIT, () -> told.contains("lost"));
      Duration promised = settings.events().silence().plus(settings.probeLimit());
      assertTrue(
          elapsed(start).compareTo(promised.plusSeconds(3)) < 0,
          () -> "told after " + elapsed(start));
      assertTrue(!feed.isConnected());

      real.thaw();
      Await.until("the stream stands again", LIMIT, feed::isConnected);
      assertEquals(200, engine.call(EngineRequest.get(LIMIT, "containers", "json")).status());
      containers.start(id);
      Await.until("the start is told", LIMIT, () -> told.contains("start"));
      assertEquals(List.of("connected", "create", "lost", "connected", "start"), told);
      containers.remove(id);
    } finally {
      vertx.close().await();
    }
  }

  private static Duration elapsed(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
