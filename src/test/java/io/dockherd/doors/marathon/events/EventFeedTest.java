package io.dockherd.doors.marathon.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.AppsBench;
import io.dockherd.engine.EngineStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventFeedTest {
  private final AppsBench bench = new AppsBench();
  private final EventFeed feed = new EventFeed(bench.apps(), "life", bench::now);

  @AfterEach
  void close() {
    feed.close();
    bench.close();
  }

  /** What one who comes back is told at once. */
  private String replay(String after) {
    Buffer told = Buffer.buffer();
    EngineStream stream = feed.follow("me", Set.of("deployment_info", "small"), Optional.of(after));
    stream.body().handler(told::appendBuffer);
    stream.body().resume();
    stream.cancel().run();
    return told.toString();
  }

  @Test
  void longEventsAreNotKeptByTheThousand() {
    JsonObject longOne = new JsonObject().put("plan", "x".repeat(1 << 20));
    for (int i = 0; i < 20; i++) {
      feed.publish("deployment_info", longOne);
    }
    feed.publish("small", new JsonObject().put("n", 1));

    String told = replay("life-0");

    assertTrue(told.length() <= 5 << 20, told.length() + " characters are kept");
    assertTrue(told.contains("id: life-21\n"), "the last is kept");
    assertEquals(3, told.split("event: deployment_info", -1).length - 1);
  }

  @Test
  void shortOnesAreKeptByTheThousand() {
    for (int i = 0; i < 1_500; i++) {
      feed.publish("small", new JsonObject().put("n", i));
    }
    assertEquals(1_000, replay("life-0").split("event: small", -1).length - 1);
  }
}
