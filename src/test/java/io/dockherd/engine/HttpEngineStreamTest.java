package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that are still coming, and whose reader may go before they end. */
class HttpEngineStreamTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final EngineRequest LOGS = EngineRequest.get(LIMIT, "containers", "a", "logs");

  private final Vertx vertx = Vertx.vertx();
  private FakeEngine fake;
  private Engine engine;

  private void start(FakeEngine.Script script) {
    fake = new FakeEngine(script);
    engine = HttpEngine.at(vertx, fake.address(), EngineSettings.defaults());
  }

  @AfterEach
  void stop() {
    engine.close();
    fake.close();
    vertx.close().await();
  }

  @Test
  void theFirstBytesAreNotMissedHoweverLateTheReaderComes() {
    start((request, connection) -> connection.answer(200, "the whole body"));
    EngineStream stream = engine.stream(LOGS);
    assertEquals(200, engine.call(LOGS).status(), "and meanwhile others are served");
    assertEquals("the whole body", read(stream));
  }

  @Test
  void aReaderWhoIsSlowHoldsTheEngineBack() {
    AtomicLong written = new AtomicLong();
    byte[] megabyte = new byte[1 << 20];
    start(
        (request, connection) -> {
          connection.write("HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n");
          for (int i = 0; i < 64; i++) {
            connection.write(megabyte);
            written.addAndGet(megabyte.length);
          }
        });
    EngineStream stream = engine.stream(LOGS);
    AtomicLong received = new AtomicLong();
    AtomicBoolean isEnded = new AtomicBoolean();
    stream.body().endHandler(end -> isEnded.set(true));
    stream.body().handler(bytes -> received.addAndGet(bytes.length())).fetch(1);
    Await.until("the first piece", LIMIT, () -> received.get() > 0);
    // Time for whatever might go on behind the reader's back.
    for (int i = 0; i < 100; i++) {
      engine.call(EngineRequest.get(LIMIT, "_ping"));
    }
    assertTrue(written.get() < 8 << 20, () -> "the engine could write " + written);
    stream.body().resume();
    Await.until("the end", LIMIT, isEnded::get);
    assertEquals(64 << 20, received.get());
  }

  @Test
  void cancellingClosesTheConnectionAtOnce() {
    start(
        (request, connection) -> {
          connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          connection.chunk("one");
          connection.readToEnd();
        });
    EngineStream stream = engine.stream(LOGS);
    assertEquals(2, fake.openConnections(), "the ping's and the stream's");
    stream.close();
    Await.until("the stream's connection is closed", LIMIT, () -> fake.openConnections() == 1);
    stream.close();
  }

  @Test
  void cancellingWhatHasEndedHarmsNobodyElse() {
    CountDownLatch answer = new CountDownLatch(1);
    start(
        (request, connection) -> {
          if (request.target().endsWith("/second")) {
            answer.await();
          }
          connection.answer(200, request.target());
        });
    EngineStream first = engine.stream(EngineRequest.get(LIMIT, "first"));
    assertEquals("/v1.41/first", read(first));
    AtomicReference<EngineStream> second = new AtomicReference<>();
    Thread.ofVirtual().start(() -> second.set(engine.stream(EngineRequest.get(LIMIT, "second"))));
    Await.until("the second is asked", LIMIT, () -> fake.requests().size() == 2);
    assertEquals(
        fake.requests().get(0).connection(),
        fake.requests().get(1).connection(),
        "they share a connection");
    first.close();
    first.close();
    answer.countDown();
    Await.until("the second is answered", LIMIT, () -> second.get() != null);
    assertEquals("/v1.41/second", read(second.get()));
  }

  @Test
  void anEngineThatHangsUpFailsTheReader() {
    start(
        (request, connection) -> {
          connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          connection.chunk("one");
          connection.hangUp();
        });
    EngineStream stream = engine.stream(LOGS);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    stream.body().exceptionHandler(failure::set);
    stream.body().resume();
    Await.until("the failure", LIMIT, () -> failure.get() != null);
  }

  @Test
  void aHeadThatDoesNotComeEndsWithTheLimit() {
    start((request, connection) -> connection.readToEnd());
    engine.apiVersion();
    EngineRequest request = EngineRequest.get(Duration.ofMillis(200), "containers", "a", "logs");
    assertThrows(TimedOut.class, () -> engine.stream(request));
    Await.until("only the ping's connection is left", LIMIT, () -> fake.openConnections() == 1);
  }

  @Test
  void anEndlessStreamIsNotBoundByTheLimit() throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    start(
        (request, connection) -> {
          connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          goOn.await();
          connection.chunk("late");
          connection.write("0\r\n\r\n");
        });
    Duration limit = Duration.ofMillis(1500);
    EngineStream stream = engine.stream(EngineRequest.get(limit, "containers", "a", "logs"));
    CountDownLatch afterTheLimit = new CountDownLatch(1);
    vertx.setTimer(2000, timer -> afterTheLimit.countDown());
    afterTheLimit.await();
    goOn.countDown();
    assertEquals("late", read(stream));
  }

  @Test
  void anUploadArrivesWhole() {
    start((request, connection) -> connection.answer(200, request.body()));
    Buffer sent = Buffer.buffer("x".repeat(300_000));
    EngineResponse response =
        engine.call(
            EngineRequest.post(LIMIT, "build")
                .body(new EngineRequest.Body.Stream("application/x-tar", new Pieces(sent, 7_000))));
    assertEquals(sent, response.body());
  }

  @Test
  void anUploadFailsWithTheEngine() {
    start((request, connection) -> connection.hangUp());
    engine.apiVersion();
    fake.stop();
    Pieces source = new Pieces(Buffer.buffer("x".repeat(300_000)), 7_000);
    assertThrows(
        Unreachable.class,
        () ->
            engine.call(
                EngineRequest.post(LIMIT, "build")
                    .body(new EngineRequest.Body.Stream("application/x-tar", source))));
  }

  private static String read(EngineStream stream) {
    Buffer body = Buffer.buffer();
    AtomicBoolean isEnded = new AtomicBoolean();
    stream.body().endHandler(end -> isEnded.set(true));
    stream.body().handler(body::appendBuffer).resume();
    Await.until("the end of the body", LIMIT, isEnded::get);
    return body.toString();
  }
}
