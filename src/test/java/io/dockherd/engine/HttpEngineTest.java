package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the client does when an engine behaves oddly. */
class HttpEngineTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final EngineRequest LIST = EngineRequest.get(LIMIT, "containers", "json");

  private static Vertx vertx;

  private final FakeEngines engines = new FakeEngines(vertx);

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close().await();
  }

  @AfterEach
  void close() {
    engines.close();
  }

  @Test
  void anAnswerInTheOddestChunksArrivesWhole() {
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              String answer =
                  "HTTP/1.1 200 OK\r\n"
                      + "Content-Type: application/json\r\n"
                      + "X-One: a\r\n"
                      + "X-One: b\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n"
                      + "1\r\n"
                      + "[\r\n"
                      + "3\r\n"
                      + "1,2\r\n"
                      + "2\r\n"
                      + ",3\r\n"
                      + "1\r\n"
                      + "]\r\n"
                      + "0\r\n\r\n";
              for (byte b : answer.getBytes()) {
                connection.write(new byte[] {b});
              }
            });
    EngineResponse response = engines.of(fake).call(LIST);
    assertEquals(200, response.status());
    assertEquals(new JsonArray().add(1).add(2).add(3), response.json().orElseThrow());
    assertEquals(
        List.of("a", "b"),
        response.headers().stream()
            .filter(header -> header.name().equals("X-One"))
            .map(EngineResponse.Header::value)
            .toList());
  }

  @Test
  void anUploadThatBreaksOffIsNoWholeOne() {
    FakeEngine fake = engines.fake((request, connection) -> connection.answer(200, "{}"));
    EngineRequest.Body body = new EngineRequest.Body.Stream("application/x-tar", new CutStream());
    EngineRequest load = EngineRequest.post(LIMIT, "images", "load").body(body);
    Engine engine = engines.of(fake);
    assertThrows(Unreachable.class, () -> engine.stream(load));
    Await.until("the connection is closed", LIMIT, () -> fake.openConnections() < 2);
    assertTrue(
        fake.requests().stream().noneMatch(request -> request.method().equals("POST")),
        "the engine never saw an end");
  }

  @Test
  void aConnectionIsUsedAgain() {
    FakeEngine fake = engines.fake((request, connection) -> connection.answer(200, "[]"));
    Engine engine = engines.of(fake);
    for (int i = 0; i < 20; i++) {
      assertEquals(200, engine.call(LIST).status());
    }
    assertEquals(1, fake.connections());
    assertEquals(1, fake.negotiations());
  }

  @Test
  void aConnectionTheEngineWantsToCloseIsNotUsedAgain() {
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              connection.write(
                  "HTTP/1.1 204 No Content\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
              connection.hangUp();
            });
    Engine engine = engines.of(fake);
    for (int i = 0; i < 5; i++) {
      assertEquals(204, engine.call(EngineRequest.post(LIMIT, "containers", "a", "stop")).status());
    }
  }

  @Test
  void anAnswerCutShortIsUnreachable() {
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,2");
              connection.hangUp();
            });
    Unreachable failure = assertThrows(Unreachable.class, () -> engines.of(fake).call(LIST));
    assertTrue(failure.getMessage().contains(fake.address().toString()), failure::getMessage);
    assertEquals(1, fake.requests().size(), "a read that was answered is not repeated");
  }

  @Test
  void noAnswerEndsWithTheLimitAndTheConnection() {
    FakeEngine fake = engines.fake((request, connection) -> connection.readToEnd());
    Engine engine = engines.of(fake);
    engine.apiVersion();
    long start = System.nanoTime();
    TimedOut failure =
        assertThrows(
            TimedOut.class, () -> engine.call(EngineRequest.get(SHORT, "containers", "json")));
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(taken.compareTo(SHORT) >= 0, () -> "took only " + taken);
    assertTrue(failure.getMessage().contains("/containers/json"), failure::getMessage);
    Await.until("its connection is closed", LIMIT, () -> fake.openConnections() == 0);
  }

  @Test
  void halfAnAnswerAndThenNothingEndsWithTheLimit() {
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,2");
              connection.readToEnd();
            });
    EngineRequest request = EngineRequest.get(SHORT, "containers", "json");
    assertThrows(TimedOut.class, () -> engines.of(fake).call(request));
  }

  @Test
  void waitingForAConnectionCountsToTheLimit() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              answer.await();
              connection.answer(200, "[]");
            });
    Engine engine = engines.of(fake, FakeEngines.narrow(1, 1));
    CompletableFuture<EngineResponse> first = later(() -> engine.call(LIST));
    Await.until("the first is asked", LIMIT, () -> fake.requests().size() == 1);
    assertThrows(TimedOut.class, () -> engine.call(EngineRequest.get(SHORT, "containers", "json")));
    assertEquals(1, fake.requests().size());
    answer.countDown();
    assertEquals(200, first.get().status());
    assertEquals(200, engine.call(LIST).status());
  }

  @Test
  void tooManyWaitingFailAtOnce() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              answer.await();
              connection.answer(200, "[]");
            });
    Engine engine = engines.of(fake, FakeEngines.narrow(1, 1));
    CompletableFuture<EngineResponse> first = later(() -> engine.call(LIST));
    Await.until("the first is asked", LIMIT, () -> fake.requests().size() == 1);
    List<CompletableFuture<EngineResponse>> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      others.add(later(() -> engine.call(LIST)));
    }
    Await.until(
        "one of them is turned away",
        LIMIT,
        () -> others.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
    CompletionException failure =
        assertThrows(
            CompletionException.class,
            () ->
                others.stream()
                    .filter(CompletableFuture::isCompletedExceptionally)
                    .findFirst()
                    .orElseThrow()
                    .join());
    assertTrue(failure.getCause() instanceof Unreachable, failure::toString);
    answer.countDown();
    assertEquals(200, first.get().status());
  }

  @Test
  void slowCommandsDoNotKeepReadsWaiting() {
    CountDownLatch answer = new CountDownLatch(1);
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              if (request.method().equals("POST")) {
                answer.await();
              }
              connection.answer(200, "[]");
            });
    Engine engine = engines.of(fake, FakeEngines.narrow(1, 10));
    CompletableFuture<EngineResponse> stop =
        later(() -> engine.call(EngineRequest.post(LIMIT, "containers", "a", "stop")));
    Await.until("the stop is asked for", LIMIT, () -> fake.requests().size() == 1);
    assertEquals(200, engine.call(LIST).status());
    answer.countDown();
    assertEquals(200, stop.join().status());
  }

  @Test
  void anAnswerTooLargeForMemoryIsRefused() {
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              while (true) {
                connection.chunk("x".repeat(10_000));
              }
            });
    EngineSettings defaults = EngineSettings.defaults();
    EngineSettings small =
        new EngineSettings(
            defaults.connectLimit(),
            defaults.probeLimit(),
            1,
            1,
            1,
            1,
            1,
            defaults.idleLimit(),
            100_000,
            defaults.events());
    Engine engine = engines.of(fake, small);
    Refused failure = assertThrows(Refused.class, () -> engine.call(LIST));
    assertTrue(failure.getMessage().contains("100000 bytes"), failure::getMessage);
    Await.until("its connection is closed", LIMIT, () -> fake.openConnections() == 0);
  }

  @Test
  void aReadOnAConnectionThatDiedUnnoticedIsAskedAgain() {
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              if (request.connection() == 1 && request.target().endsWith("/second")) {
                connection.hangUp();
              }
              connection.answer(200, "[]");
            });
    Engine engine = engines.of(fake);
    assertEquals(200, engine.call(EngineRequest.get(LIMIT, "first")).status());
    assertEquals(200, engine.call(EngineRequest.get(LIMIT, "second")).status());
    assertEquals(2, fake.connections());
  }

  @Test
  void aReadIsAskedTwiceAtMost() {
    FakeEngine fake = engines.fake((request, connection) -> connection.hangUp());
    Engine engine = engines.of(fake);
    engine.apiVersion();
    assertThrows(Unreachable.class, () -> engine.call(LIST));
    assertEquals(2, fake.requests().size());
  }

  @Test
  void aCommandOnAConnectionThatDiedIsNotRepeated() {
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              if (request.target().endsWith("/start")) {
                connection.hangUp();
              }
              connection.answer(200, "{}");
            });
    Engine engine = engines.of(fake);
    engine.call(EngineRequest.post(LIMIT, "containers", "create"));
    assertThrows(
        Unreachable.class,
        () -> engine.call(EngineRequest.post(LIMIT, "containers", "a", "start")));
    assertEquals(2, fake.requests().size());
  }

  @Test
  void anEngineThatIsNotThereIsUnreachableWithARemedy() {
    EngineAddress nobody = new EngineAddress.Unix(Path.of("/tmp/no-such-engine"));
    try (Engine engine = HttpEngine.at(vertx, nobody, EngineSettings.defaults())) {
      Unreachable failure = assertThrows(Unreachable.class, () -> engine.call(LIST));
      assertEquals("unix:///tmp/no-such-engine", failure.subject());
      assertTrue(failure.remedy().contains("daemon"), failure::remedy);
    }
  }

  @Test
  void anEngineThatWasRestartedIsAskedForItsVersionAgain() {
    FakeEngine fake = engines.fake((request, connection) -> connection.answer(200, "[]"));
    Engine engine = engines.of(fake);
    engine.call(LIST);
    fake.stop();
    assertThrows(Unreachable.class, () -> engine.call(LIST));
    fake.pingHeaders("Api-Version: 1.44\r\n");
    fake.listen();
    engine.call(LIST);
    assertEquals(new ApiVersion(1, 44), engine.apiVersion());
    assertEquals("/v1.44/containers/json", fake.requests().getLast().target());
  }

  @Test
  void anEngineReplacedBehindARelayIsAskedForItsVersionAgain() {
    FakeEngine fake =
        engines.fake(
            (request, connection) -> {
              if (request.target().startsWith("/v1.41/")) {
                connection.answer(
                    400,
                    "{\"message\":\"client version 1.41 is too old. Minimum supported API version"
                        + " is 1.44, please upgrade\"}");
              } else {
                connection.answer(200, "[]");
              }
            });
    Engine engine = engines.of(fake);
    engine.apiVersion();
    fake.pingHeaders("Api-Version: 1.47\r\n");
    assertEquals(200, engine.call(LIST).status());
    assertEquals("/v1.47/containers/json", fake.requests().getLast().target());
  }

  @Test
  void anEngineAheadOfUsIsAskedWhatElseItSpeaks() {
    FakeEngine fake = newEngine("1.24");
    assertEquals(ApiVersion.NEWEST, engines.of(fake).apiVersion());
    assertEquals("/version", fake.requests().getLast().target());
  }

  @Test
  void anEngineThatNoLongerSpeaksOurVersionsIsRefusedWithBothRanges() {
    FakeEngine fake = newEngine("1.99");
    Refused failure = assertThrows(Refused.class, () -> engines.of(fake).call(LIST));
    assertTrue(failure.getMessage().contains("1.99"), failure::getMessage);
    assertTrue(failure.getMessage().contains(ApiVersion.NEWEST.toString()), failure::getMessage);
  }

  private FakeEngine newEngine(String oldest) {
    FakeEngine fake =
        engines.fake(
            (request, connection) ->
                connection.answer(
                    200,
                    new JsonObject()
                        .put("ApiVersion", "1.120")
                        .put("MinAPIVersion", oldest)
                        .encode()));
    fake.pingHeaders("Api-Version: 1.120\r\n");
    return fake;
  }

  @Test
  void whatIsNoEngineIsToldFromOne() {
    FakeEngine fake = engines.fake((request, connection) -> connection.answer(404, "not found"));
    fake.pingHeaders("");
    Unreachable failure = assertThrows(Unreachable.class, () -> engines.of(fake).call(LIST));
    assertTrue(failure.getMessage().contains("not a Docker engine"), failure::getMessage);
  }

  @Test
  void hostileNamesStayInTheirPlace() {
    FakeEngine fake = engines.fake((request, connection) -> connection.answer(404, "{}"));
    Engine engine = engines.of(fake);
    String hostile = "../../x?y=1#z%2e\r\nHost: evil";
    engine.call(EngineRequest.get(LIMIT, "containers", hostile, "json").query("a&b", "c d=/é"));
    assertEquals(
        "/v1.41/containers/..%2F..%2Fx%3Fy%3D1%23z%252e%0D%0AHost%3A%20evil/json"
            + "?a%26b=c%20d%3D%2F%C3%A9",
        fake.requests().getLast().target());
    assertThrows(Invalid.class, () -> EngineRequest.get(LIMIT, "containers", "..", "json"));
  }

  @Test
  void aHeaderThatHoldsAnotherIsInvalid() {
    FakeEngine fake = engines.fake((request, connection) -> connection.answer(200, "{}"));
    Engine engine = engines.of(fake);
    EngineRequest hostile = LIST.header("X-Registry-Auth", "a\r\nX-Evil: 1");
    assertThrows(Invalid.class, () -> engine.call(hostile));
    assertThrows(Invalid.class, () -> engine.stream(hostile));
    assertThrows(Invalid.class, () -> engine.hijack(hostile));
    assertEquals(200, engine.call(LIST).status());
  }

  @Test
  void bodiesAreSentWithTheirType() {
    FakeEngine fake = engines.fake((request, connection) -> connection.answer(201, "{}"));
    Engine engine = engines.of(fake);
    engine.call(
        EngineRequest.post(LIMIT, "containers", "create").json(new JsonObject().put("Image", "a")));
    FakeEngine.Request sent = fake.requests().getLast();
    assertEquals("{\"Image\":\"a\"}", sent.body());
    assertEquals("application/json", sent.headers().get("Content-Type"));
    engine.call(
        EngineRequest.of(LIMIT, "PUT", "containers", "a", "archive")
            .header("Content-Type", "application/x-gzip")
            .body(new EngineRequest.Body.Bytes("application/x-tar", Buffer.buffer("tar"))));
    assertEquals("application/x-gzip", fake.requests().getLast().headers().get("Content-Type"));
  }

  @Test
  void closingEndsWhatIsUnderWay() {
    FakeEngine fake = engines.fake((request, connection) -> connection.readToEnd());
    Engine engine = engines.of(fake);
    CompletableFuture<EngineResponse> call = later(() -> engine.call(LIST));
    Await.until("it is asked", LIMIT, () -> fake.requests().size() == 1);
    engine.close();
    CompletionException failure = assertThrows(CompletionException.class, call::join);
    assertTrue(failure.getCause() instanceof Unreachable, failure::toString);
    assertThrows(Unreachable.class, () -> engine.call(LIST));
  }

  private static <T> CompletableFuture<T> later(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, Executors.newVirtualThreadPerTaskExecutor());
  }
}
