package io.dockherd.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineResponse.Header;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.Hijack;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls from node to node on real sockets, with the herd's key and without. */
@ParameterizedClass(name = "keyed: {0}")
@ValueSource(booleans = {true, false})
class RelayHostTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Parameter boolean isKeyed;

  private final List<EngineRequest> asked = new CopyOnWriteArrayList<>();
  private volatile Function<EngineRequest, EngineStream> engine = request -> stream(200, "");
  private Vertx vertx;
  private TwoNodes nodes;
  private RelayHost host;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    nodes = new TwoNodes(vertx, isKeyed, new FarHost());
    host = nodes.host;
  }

  @AfterEach
  void close() {
    nodes.close();
    vertx.close().await();
  }

  private static EngineStream stream(int status, String body, Header... headers) {
    return EngineStream.of(new EngineResponse(status, List.of(headers), Buffer.buffer(body)));
  }

  @Test
  void theEnginesAnswerArrivesAsItWas() {
    engine =
        request ->
            stream(
                409,
                "{\"message\":\"no\"}",
                new Header("Content-Type", "application/json"),
                new Header("Content-Length", "16"),
                new Header("Server", "Docker/20.10"),
                new Header("Dockherd-Answer", "forged"));
    EngineResponse response =
        host.call(
            EngineRequest.post(LIMIT, "containers", "a b/ü", "stop")
                .query("t", "5 %")
                .query("x", "1")
                .query("x", "2")
                .header("X-Registry-Auth", "abc")
                .headers("X-Twice", List.of("one", "two"))
                .header("X-Request-Id", "5f0c1d2e3f405162")
                .json(new JsonObject().put("k", "v")));
    assertEquals(409, response.status());
    assertEquals("no", response.message());
    assertEquals(
        List.of(
            new Header("Content-Type", "application/json"),
            new Header("Content-Length", "16"),
            new Header("Server", "Docker/20.10")),
        response.headers());
    EngineRequest arrived = asked.getFirst();
    assertEquals("POST", arrived.method());
    assertEquals("/containers/a%20b%2F%C3%BC/stop?t=5%20%25&x=1&x=2", arrived.target());
    assertEquals("abc", arrived.header("X-Registry-Auth").orElse(""));
    assertEquals("5f0c1d2e3f405162", arrived.header("X-Request-Id").orElse(""));
    assertEquals(List.of("one", "two"), arrived.headers().get("X-Twice"));
    assertEquals(
        new EngineRequest.Body.Bytes("application/json", Buffer.buffer("{\"k\":\"v\"}")),
        arrived.body());
  }

  @Test
  void answersWithoutABodyArriveToo() {
    for (int status : List.of(204, 304, 200)) {
      engine = request -> stream(status, "");
      assertEquals(status, host.call(EngineRequest.post(LIMIT, "x")).status());
    }
    assertEquals(new EngineRequest.Body.Empty(), asked.getFirst().body());
  }

  @Test
  void theFarSideGivesUpALittleEarlier() {
    host.call(EngineRequest.get(Duration.ofSeconds(10), "x"));
    host.call(EngineRequest.get(Duration.ofSeconds(1), "x"));
    assertEquals(Duration.ofMillis(9750), asked.get(0).limit());
    assertEquals(Duration.ofMillis(900), asked.get(1).limit());
  }

  @Test
  void failuresKeepTheirKind() {
    for (Failure failure :
        List.of(
            new Unreachable("host-2", "the engine of host-2 can't be reached: ü", "see"),
            new TimedOut("host-2", "the engine of host-2 did not answer in time", ""),
            new Conflict("x", "no", ""))) {
      engine =
          request -> {
            throw failure;
          };
      for (boolean streamed : List.of(true, false)) {
        Failure arrived =
            assertThrows(
                failure.getClass(),
                () -> {
                  EngineRequest request = EngineRequest.get(LIMIT, "x");
                  if (streamed) {
                    host.stream(request);
                  } else {
                    host.call(request);
                  }
                });
        assertEquals(failure.explanation(), arrived.explanation());
        assertEquals(failure.subject(), arrived.subject());
      }
    }
  }

  @Test
  void aNodeThatIsNotThereIsSaidToBeOutOfReach() {
    nodes.loseFar();
    Unreachable failure =
        assertThrows(Unreachable.class, () -> host.call(EngineRequest.get(LIMIT, "x")));
    assertTrue(failure.getMessage().startsWith("node host-2 can't be reached"), failure::toString);
  }

  @Test
  void aHungNodeIsSaidToHaveTimedOut() {
    CompletableFuture<EngineStream> never = new CompletableFuture<>();
    engine = request -> never.join();
    TimedOut failure =
        assertThrows(
            TimedOut.class, () -> host.call(EngineRequest.get(Duration.ofMillis(300), "x")));
    assertTrue(failure.getMessage().startsWith("node host-2 did not answer"), failure::toString);
    never.complete(stream(200, ""));
  }

  @Test
  void whoIsNoPresentNodeIsRefused() {
    nodes.present.clear();
    assertThrows(Refused.class, () -> host.call(EngineRequest.get(LIMIT, "x")));
    assertEquals(List.of(), asked);
  }

  @Test
  void aPathThatClimbsIsRefused() {
    EngineRequest climbing =
        new EngineRequest(
            "GET",
            "/containers/x%2F..%2F..%2Finfo",
            java.util.Map.of(),
            java.util.Map.of(),
            new EngineRequest.Body.Empty(),
            LIMIT);
    assertThrows(Invalid.class, () -> host.call(climbing));
    assertEquals(List.of(), asked);
  }

  @Test
  void theHeadArrivesBeforeTheBody() throws Exception {
    SlowStream slow = new SlowStream();
    engine = request -> new EngineStream(200, List.of(), slow, slow::cancel);
    EngineStream stream = host.stream(EngineRequest.get(LIMIT, "containers", "x", "logs"));
    List<String> parts = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> end = new CompletableFuture<>();
    stream.body().handler(part -> parts.add(part.toString()));
    stream.body().endHandler(end::complete);
    stream.body().resume();
    slow.write("one");
    Await.until("one", LIMIT, () -> parts.equals(List.of("one")));
    slow.write("two");
    Await.until("two", LIMIT, () -> parts.equals(List.of("one", "two")));
    slow.finish();
    end.get(30, TimeUnit.SECONDS);
  }

  @Test
  void whenTheCallerGoesTheEnginesStreamIsCancelled() {
    SlowStream slow = new SlowStream();
    engine = request -> new EngineStream(200, List.of(), slow, slow::cancel);
    EngineStream stream = host.stream(EngineRequest.get(LIMIT, "events"));
    stream.body().handler(part -> {});
    stream.body().resume();
    slow.write("one");
    stream.close();
    Await.until("cancelled", LIMIT, slow::isCancelled);
  }

  @Test
  void whatIsWaitedForWholeComesInOnePieceIfItIsShort() {
    for (int bytes : List.of(0, 1000, 64 << 10, 500_000)) {
      engine = request -> stream(200, "x".repeat(bytes), new Header("Server", "Docker"));
      EngineResponse response = host.call(EngineRequest.get(LIMIT, "containers", "x", "json"));
      assertEquals(bytes, response.body().length());
      boolean hasLength =
          response.headers().stream().anyMatch(h -> h.name().equalsIgnoreCase("Content-Length"));
      assertEquals(bytes <= 64 << 10, hasLength, bytes + " bytes");
    }
  }

  @Test
  void anAnswerTheFarEngineBreaksOffIsNotTakenForAWholeOne() {
    for (int bytes : List.of(0, 1000, 500_000)) {
      engine =
          request -> {
            SlowStream breaking = new SlowStream();
            breaking.write("x".repeat(bytes));
            breaking.breakOff();
            return new EngineStream(200, List.of(), breaking, breaking::cancel);
          };
      assertThrows(Unreachable.class, () -> host.call(EngineRequest.get(LIMIT, "x")));
    }
  }

  @Test
  void anEventLoopAsksWithoutWaiting() throws Exception {
    engine = request -> stream(200, "[]", new Header("Server", "Docker"));
    CompletableFuture<EngineResponse> asked = new CompletableFuture<>();
    vertx.runOnContext(
        start ->
            host.ask(EngineRequest.get(LIMIT, "x"))
                .onSuccess(asked::complete)
                .onFailure(asked::completeExceptionally));
    assertEquals("[]", asked.get(10, TimeUnit.SECONDS).body().toString());
    nodes.loseFar();
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    vertx.runOnContext(
        start -> host.ask(EngineRequest.get(LIMIT, "x")).onFailure(failure::complete));
    Throwable told = failure.get(10, TimeUnit.SECONDS);
    assertTrue(told.getMessage().startsWith("node host-2 can't be reached"), told::toString);
  }

  @Test
  void twentyMegabytesGoThereAndBack() throws Exception {
    engine =
        request ->
            new EngineStream(
                200, List.of(), ((EngineRequest.Body.Stream) request.body()).source(), () -> {});
    Megabytes source = new Megabytes(vertx.getOrCreateContext(), 20);
    EngineStream stream =
        host.stream(
            EngineRequest.of(LIMIT, "PUT", "containers", "x", "archive")
                .body(new EngineRequest.Body.Stream("application/x-tar", source)));
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    CompletableFuture<Void> end = new CompletableFuture<>();
    stream.body().handler(part -> digest.update(part.getBytes()));
    stream.body().endHandler(end::complete);
    stream.body().exceptionHandler(end::completeExceptionally);
    stream.body().resume();
    end.get(30, TimeUnit.SECONDS);
    assertArrayEquals(source.digest(), digest.digest());
  }

  @Test
  void aBodyNobodyReadsIsInNobodysWay() {
    for (int i = 0; i < 5; i++) {
      engine = request -> stream(404, "no such container");
      Megabytes unread = new Megabytes(vertx.getOrCreateContext(), 1);
      EngineRequest upload =
          EngineRequest.of(LIMIT, "PUT", "containers", "x", "archive")
              .body(new EngineRequest.Body.Stream("application/x-tar", unread));
      assertEquals(404, host.call(upload).status());
      engine = request -> stream(200, "");
      assertEquals(200, host.call(EngineRequest.post(LIMIT, "x")).status());
    }
  }

  private final class FarHost implements Host {
    @Override
    public String node() {
      return "host-2";
    }

    @Override
    public boolean isLocal() {
      return true;
    }

    @Override
    public EngineResponse call(EngineRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public EngineStream stream(EngineRequest request) {
      asked.add(request);
      return engine.apply(request);
    }

    @Override
    public Hijack hijack(EngineRequest request) {
      throw new UnsupportedOperationException();
    }
  }
}
