package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A daemon that dies under its clients and comes back. */
class EngineRestartsUnderEventStreamLabTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<String> created = new CopyOnWriteArrayList<>();
  private final AtomicInteger losses = new AtomicInteger();

  private final EngineEventListener listener =
      new EngineEventListener() {
        @Override
        public void onEvent(EngineEvent event) {
          if (event.action().equals("create")) {
            created.add(event.id());
          }
        }

        @Override
        public void onLost(String reason) {
          losses.incrementAndGet();
        }
      };

  @Test
  void eventsGoOnAndEachIsToldOnce() {
    Vertx vertx = Vertx.vertx();
    try (RealEngine real = RealEngine.start();
        Engine engine = HttpEngine.at(vertx, real.address(), EngineSettings.defaults());
        EventFeed feed = engine.follow(Instant.now(), listener)) {
      Containers containers = new Containers(engine);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ids.add(containers.create("true"));
      }
      Await.until("they are told", LIMIT, () -> created.size() == 5);

      real.kill();
      Await.until("the loss is told", LIMIT, () -> losses.get() == 1);
      EngineRequest list = EngineRequest.get(LIMIT, "containers", "json");
      Unreachable failure = assertThrows(Unreachable.class, () -> engine.call(list));
      assertTrue(failure.getMessage().contains(real.socket().toString()), failure::getMessage);

      real.launch();
      Await.until("the stream stands again", LIMIT, feed::isConnected);
      assertEquals(200, engine.call(list).status());
      for (int i = 0; i < 5; i++) {
        ids.add(containers.create("true"));
      }
      Await.until("they are told too", LIMIT, () -> created.size() >= 10);
      assertEquals(ids, created);
      assertEquals(1, losses.get());
      ids.forEach(containers::remove);
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void aStreamThatBreaksWhileEventsComeLosesNoneOfThem() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (RealEngine real = RealEngine.start();
        BreakingPassage passage = new BreakingPassage(real.socket());
        Engine direct = HttpEngine.at(vertx, real.address(), EngineSettings.defaults());
        Engine broken = HttpEngine.at(vertx, passage.address(), EngineSettings.defaults());
        EventFeed feed = broken.follow(Instant.now(), listener)) {
      Await.until("the stream stands", LIMIT, feed::isConnected);
      Containers containers = new Containers(direct);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        ids.add(containers.create("true"));
        if (i % 10 == 5) {
          passage.cut();
        }
      }
      Await.until("all are told", LIMIT, () -> created.size() >= 60);
      assertEquals(ids, created);
      assertTrue(losses.get() > 0);
      ids.forEach(containers::remove);
    } finally {
      vertx.close().await();
    }
  }
}
