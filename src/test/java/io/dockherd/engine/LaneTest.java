package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets which connection, and when. */
class LaneTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final int SIZE = 3;
  private static final int DIALS = 2;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(16));
  private final FakeEngine fake =
      new FakeEngine((request, connection) -> connection.answer(200, "[]"));
  private final Dialer dialer =
      new Dialer(vertx, EngineTransport.to(fake.address()), EngineSettings.defaults(), () -> {});
  private final Lane lane = new Lane(vertx, SIZE, DIALS, 8, LONG);

  @AfterEach
  void close() {
    lane.close();
    dialer.close();
    vertx.close().await();
    fake.close();
  }

  private Lane.Place enter() throws Exception {
    return lane.enter(Deadline.in(LONG), Optional.empty());
  }

  private void assertNobodyGetsIn() {
    assertThrows(
        TimeoutException.class,
        () -> lane.enter(Deadline.in(Duration.ofMillis(20)), Optional.empty()));
  }

  /** One after the other; a thread that is none gets the same each time. */
  private Context loop() {
    return CompletableFuture.supplyAsync(
            vertx::getOrCreateContext, task -> Thread.ofVirtual().start(task))
        .join();
  }

  /** On an event loop. */
  private static <T> T on(Context loop, Callable<T> what) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.runOnContext(
        start -> {
          try {
            done.complete(what.call());
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    return done.get(10, TimeUnit.SECONDS);
  }

  /** Has been used and is free. */
  private Line idleOn(Context loop) throws Exception {
    assertTrue(on(loop, lane::tryEnter).orElseThrow().line().isEmpty());
    Line line =
        on(loop, () -> dialer.line(loop).toCompletionStage().toCompletableFuture())
            .get(10, TimeUnit.SECONDS);
    lane.dialled();
    lane.giveBack(line);
    lane.leave();
    return line;
  }

  @Test
  void noMoreThanSoManyConnectionsAreBeingMadeAtOnce() throws Exception {
    for (int i = 0; i < DIALS; i++) {
      assertEquals(Optional.empty(), enter().line());
    }
    assertNobodyGetsIn();
    assertEquals(Optional.empty(), on(loop(), lane::tryEnter));
    lane.dialled();
    assertEquals(Optional.empty(), enter().line());
    assertNobodyGetsIn();
  }

  @Test
  void whoMayNotMakeAConnectionTakesOneThatComesFree() throws Exception {
    Line line = idleOn(loop());
    assertSame(line, enter().line().orElseThrow());
    for (int i = 0; i < DIALS; i++) {
      enter();
    }
    CompletableFuture<Lane.Place> next = new CompletableFuture<>();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    next.complete(enter());
                  } catch (Exception e) {
                    next.completeExceptionally(e);
                  }
                });
    lane.giveBack(line);
    lane.leave();
    assertSame(line, next.get(10, TimeUnit.SECONDS).line().orElseThrow());
    waiting.join();
  }

  @Test
  void anEventLoopGetsAConnectionOfItsOwn() throws Exception {
    Context one = loop();
    Context two = loop();
    Line line = idleOn(one);
    assertEquals(Optional.empty(), on(two, lane::tryEnter).orElseThrow().line());
    assertSame(line, on(one, lane::tryEnter).orElseThrow().line().orElseThrow());
  }

  @Test
  void unusedConnectionsOfOtherEventLoopsDoNotAddUpBeyondTheSize() throws Exception {
    Line oldest = idleOn(loop());
    for (int i = 1; i < SIZE; i++) {
      idleOn(loop());
    }
    Context another = loop();
    assertEquals(Optional.empty(), on(another, lane::tryEnter).orElseThrow().line());
    assertTrue(oldest.isClosed());
  }

  @Test
  void anEventLoopDoesNotPushInFrontOfThoseWhoWait() throws Exception {
    Context loop = loop();
    for (int i = 0; i < SIZE; i++) {
      enter();
      lane.dialled();
    }
    assertEquals(Optional.empty(), on(loop, lane::tryEnter));
    lane.leave();
    assertTrue(on(loop, lane::tryEnter).isPresent());
  }
}
