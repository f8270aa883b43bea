package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls made from an event loop. */
class HttpEngineAskTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final EngineRequest LIST = EngineRequest.get(LIMIT, "containers", "json");
  private static final EngineRequest SHORT_LIST = EngineRequest.get(SHORT, "containers", "json");

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final FakeEngines engines = new FakeEngines(vertx);

  @AfterEach
  void stop() {
    engines.close();
    vertx.close().await();
  }

  /** An engine whose version is known already. */
  private Engine engine(FakeEngine fake, EngineSettings settings) {
    Engine engine = engines.of(fake, settings);
    engine.apiVersion();
    return engine;
  }

  private Engine engine(FakeEngine fake) {
    return engine(fake, EngineSettings.defaults());
  }

  private static EngineSettings narrow(int connections) {
    return FakeEngines.narrow(connections, EngineSettings.defaults().waitingRequests());
  }

  /** What came, and on which thread. */
  private record Outcome<T>(T value, Thread thread) {}

  private static <T> CompletableFuture<Outcome<T>> on(Context loop, Supplier<Future<T>> ask) {
    CompletableFuture<Outcome<T>> outcome = new CompletableFuture<>();
    loop.runOnContext(
        start ->
            ask.get()
                .onSuccess(value -> outcome.complete(new Outcome<>(value, Thread.currentThread())))
                .onFailure(outcome::completeExceptionally));
    return outcome;
  }

  private static Throwable failure(CompletableFuture<?> outcome) {
    return assertThrows(CompletionException.class, outcome::join).getCause();
  }

  @Test
  void allOfItHappensOnTheCallersEventLoopAndItsOwnConnection() {
    FakeEngine fake = engines.fake((request, connection) -> connection.answer(200, "[1]"));
    Engine engine = engine(fake);
    Thread thread = on(loop, () -> Future.succeededFuture(1)).join().thread();
    for (int i = 0; i < 10; i++) {
      Outcome<EngineResponse> outcome = on(loop, () -> engine.ask(LIST)).join();
      assertEquals("[1]", outcome.value().body().toString());
      assertSame(thread, outcome.thread());
    }
    assertTrue(fake.connections() <= 2, "one for the version, one for the loop");
  }

  @Test
  void anEngineNotYetKnownIsAskedToo() {
    FakeEngine fake = engines.fake((request, connection) -> connection.answer(200, "[]"));
    Engine engine = engines.of(fake);
    Thread thread = on(loop, () -> Future.succeededFuture(1)).join().thread();
    Outcome<EngineResponse> outcome = on(loop, () -> engine.ask(LIST)).join();
    assertEquals(200, outcome.value().status());
    assertSame(thread, outcome.thread());
  }

  @Test
  void noAnswerEndsWithTheLimitAndTheConnection() {
    FakeEngine fake = engines.fake((request, connection) -> connection.readToEnd());
    Engine engine = engine(fake, narrow(1));
    for (int i = 0; i < 3; i++) {
      assertTrue(failure(on(loop, () -> engine.ask(SHORT_LIST))) instanceof TimedOut);
      assertTrue(failure(on(loop, () -> engine.open(SHORT_LIST))) instanceof TimedOut);
    }
    Await.until(
        "all but one that asked for the version are closed",
        LIMIT,
        () -> fake.openConnections() <= 1);
  }

  @Test
  void halfAnAnswerAndThenNothingEndsWithTheLimit() {
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,2");
              connection.readToEnd();
            });
    Engine engine = engine(fake);
    assertTrue(failure(on(loop, () -> engine.ask(SHORT_LIST))) instanceof TimedOut);
    Await.until("its connection is closed", LIMIT, () -> fake.openConnections() <= 1);
  }

  @Test
  void whoFindsNoPlaceWaitsInLine() {
    CountDownLatch answer = new CountDownLatch(1);
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              answer.await();
              connection.answer(200, "[]");
            });
    Engine engine = engine(fake, narrow(1));
    List<CompletableFuture<Outcome<EngineResponse>>> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calls.add(on(loop, () -> engine.ask(LIST)));
    }
    Await.until("the first is asked", LIMIT, () -> fake.requests().size() == 1);
    assertTrue(failure(on(loop, () -> engine.ask(SHORT_LIST))) instanceof TimedOut);
    assertEquals(1, fake.requests().size());
    answer.countDown();
    for (CompletableFuture<Outcome<EngineResponse>> call : calls) {
      assertEquals(200, call.join().value().status());
    }
  }

  @Test
  void whatNobodyWantsAnyMoreIsGivenUp() {
    FakeEngine fake = engines.fake((request, connection) -> connection.readToEnd());
    Engine engine = engine(fake, narrow(1));
    Promise<Void> gone = Promise.promise();
    CompletableFuture<?> asked = on(loop, () -> engine.ask(LIST, gone.future()));
    Await.until("it is asked", LIMIT, () -> fake.requests().size() == 1);
    CompletableFuture<?> inLine = on(loop, () -> engine.ask(LIST, gone.future()));
    gone.complete();
    assertTrue(failure(asked) instanceof Unreachable);
    assertTrue(failure(inLine) instanceof Unreachable);
    Await.until("its connection is closed", LIMIT, () -> fake.openConnections() <= 1);
  }

  @Test
  void aReadOnAConnectionThatDiedUnnoticedIsAskedAgain() {
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              if (request.target().endsWith("/dies")) {
                connection.hangUp();
              }
              connection.answer(200, "[]");
            });
    Engine engine = engine(fake);
    EngineRequest dying = EngineRequest.get(LIMIT, "dies");
    on(loop, () -> engine.ask(LIST)).join();
    assertTrue(failure(on(loop, () -> engine.ask(dying))) instanceof Unreachable);
    long asked = fake.requests().stream().filter(r -> r.target().endsWith("/dies")).count();
    assertEquals(2, asked, "once on the used connection, once on a new one");
    assertEquals(200, on(loop, () -> engine.ask(LIST)).join().value().status());
  }

  @Test
  void whatCannotBeSentOrReachedIsAFailure() {
    FakeEngine fake = engines.fake((request, connection) -> connection.answer(200, "[]"));
    Engine engine = engine(fake);
    EngineRequest twoHeaders = LIST.header("X-A", "b\r\nX-C: d");
    assertTrue(failure(on(loop, () -> engine.ask(twoHeaders))) instanceof Invalid);
    fake.stop();
    assertTrue(failure(on(loop, () -> engine.ask(LIST))) instanceof Unreachable);
    assertTrue(failure(on(loop, () -> engine.open(LIST))) instanceof Unreachable);
  }

  @Test
  void aStreamIsReadOnTheEventLoopAndItsConnectionUsedAgain() {
    FakeEngine fake = engines.fake((request, connection) -> connection.answer(200, "[1,2]"));
    Engine engine = engine(fake);
    for (int i = 0; i < 5; i++) {
      Outcome<Buffer> read = on(loop, () -> engine.open(LIST).compose(this::whole)).join();
      assertEquals("[1,2]", read.value().toString());
    }
    assertTrue(fake.connections() <= 2, "one for the version, one for the loop");
  }

  private Future<Buffer> whole(EngineStream stream) {
    Buffer body = Buffer.buffer();
    Promise<Buffer> end = Promise.promise();
    stream.body().handler(body::appendBuffer);
    stream.body().exceptionHandler(end::tryFail);
    stream.body().endHandler(v -> end.complete(body));
    stream.body().resume();
    return end.future();
  }

  @Test
  void aStreamOpenedByAVirtualThreadIsReadOnTheEventLoopItWorksFor() throws Exception {
    Engine engine = engine(engines.fake((request, connection) -> connection.answer(200, "[]")));
    for (int i = 0; i < 3; i++) {
      CompletableFuture<Outcome<Thread>> read = new CompletableFuture<>();
      Context home =
          CompletableFuture.supplyAsync(vertx::getOrCreateContext, Thread::startVirtualThread)
              .get();
      home.runOnContext(
          start -> {
            Thread mine = Thread.currentThread();
            Runnable work =
                HomeLoop.kept(
                    () ->
                        engine.stream(LIST)
                            .body()
                            .handler(
                                bytes -> read.complete(new Outcome<>(mine, Thread.currentThread())))
                            .resume());
            Thread.ofVirtual().start(work);
          });
      Outcome<Thread> outcome = read.get(10, TimeUnit.SECONDS);
      assertSame(outcome.value(), outcome.thread());
    }
  }
}
