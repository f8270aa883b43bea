package io.dockherd.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.engine.DuplexStream;
import io.dockherd.engine.EchoCheck;
import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.FakeEngine;
import io.dockherd.engine.Hijack;
import io.dockherd.engine.HttpEngine;
import io.dockherd.failure.Refused;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Two-way streams from node to node, with the herd's key and without. */
@ParameterizedClass(name = "keyed: {0}")
@ValueSource(booleans = {true, false})
class RelayHijackTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final EngineRequest ATTACH =
      EngineRequest.post(LIMIT, "containers", "a", "attach").query("stream", true);
  private static final String OPEN =
      "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n"
          + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n";

  @Parameter boolean isKeyed;

  private final Vertx vertx = Vertx.vertx();
  private FakeEngine fake;
  private Engine engine;
  private TwoNodes nodes;
  private RelayHost host;

  private void open(FakeEngine.Script script) {
    fake = new FakeEngine(script);
    engine = HttpEngine.at(vertx, fake.address(), EngineSettings.defaults());
    nodes = new TwoNodes(vertx, isKeyed, new FarHost());
    host = nodes.host;
  }

  @AfterEach
  void close() {
    nodes.close();
    engine.close();
    fake.close();
    vertx.close().await();
  }

  private static void echo(FakeEngine.Request request, FakeEngine.Connection connection)
      throws IOException {
    connection.write(OPEN);
    byte[] bytes = new byte[30_000];
    InputStream in = connection.in();
    for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
      connection.write(Arrays.copyOf(bytes, read));
    }
    connection.hangUp();
  }

  private DuplexStream hijack() {
    return assertInstanceOf(Hijack.Open.class, host.hijack(ATTACH)).stream();
  }

  @Test
  void twentyMegabytesComeBackExactAfterTheHalfClose() {
    open(RelayHijackTest::echo);
    EchoCheck.bare(hijack(), 20 << 20).run(LIMIT);
    Await.until("the engine's connection is closed", LIMIT, () -> fake.openConnections() == 1);
  }

  @Test
  void theQuestionArrivesWithItsBodyAndWhatItWantsToBecome() {
    open((request, connection) -> connection.answer(500, "{}"));
    host.hijack(
        EngineRequest.post(LIMIT, "exec", "e", "start")
            .json(new JsonObject().put("Tty", true))
            .header("Upgrade", "h2c")
            .headers("X-Docker-Expose-Session-Grpc-Method", List.of("/one", "/two"))
            .header("X-Docker-Expose-Session-Uuid", "s"));
    FakeEngine.Request asked = fake.requests().getLast();
    assertEquals("/v1.41/exec/e/start", asked.target());
    assertEquals("{\"Tty\":true}", asked.body());
    assertEquals("h2c", asked.headers().get("Upgrade"));
    assertEquals("s", asked.headers().get("X-Docker-Expose-Session-Uuid"));
    assertEquals("/one, /two", asked.headers().get("X-Docker-Expose-Session-Grpc-Method"));
    assertEquals(null, asked.headers().get("Dockherd-Limit"));
  }

  @Test
  void aRefusalIsTheEnginesOwn() {
    open((request, connection) -> connection.answer(409, "{\"message\":\"is paused\"}"));
    Hijack.Declined declined = assertInstanceOf(Hijack.Declined.class, host.hijack(ATTACH));
    assertEquals(409, declined.response().status());
    assertEquals("is paused", declined.response().message());
    assertTrue(
        declined.response().headers().stream()
            .noneMatch(header -> header.name().startsWith("Dockherd-")));
  }

  @Test
  void anEngineThatHangsUpInsteadIsUnreachable() {
    open((request, connection) -> connection.hangUp());
    assertThrows(Unreachable.class, () -> host.hijack(ATTACH));
  }

  @Test
  void whoIsNoPresentNodeIsRefused() {
    open(RelayHijackTest::echo);
    nodes.present.clear();
    assertThrows(Refused.class, () -> host.hijack(ATTACH));
    assertEquals(List.of(), fake.requests());
  }

  @Test
  void theLastWordsOfAnEngineThatClosesArrive() {
    open(
        (request, connection) -> {
          connection.write(OPEN + "all I have to say");
          connection.hangUp();
        });
    DuplexStream stream = hijack();
    Buffer heard = Buffer.buffer();
    AtomicBoolean isEnded = new AtomicBoolean();
    stream.endHandler(end -> isEnded.set(true));
    stream.handler(heard::appendBuffer).resume();
    Await.until("the end", LIMIT, isEnded::get);
    assertEquals("all I have to say", heard.toString());
  }

  @Test
  void whenTheCallerGoesTheEnginesConnectionIsClosedAtOnce() {
    open(
        (request, connection) -> {
          connection.write(OPEN);
          connection.readToEnd();
        });
    for (int i = 0; i < 20; i++) {
      hijack().close();
    }
    Await.until("all are closed", LIMIT, () -> fake.openConnections() == 1);
  }

  @Test
  void aCallerThatReadsNothingHoldsTheEngineBack() {
    AtomicLong said = new AtomicLong();
    open(
        (request, connection) -> {
          connection.write(OPEN);
          byte[] piece = new byte[64 << 10];
          for (int i = 0; i < 1024; i++) {
            connection.write(piece);
            said.addAndGet(piece.length);
          }
          connection.hangUp();
        });
    DuplexStream stream = hijack();
    Await.until("it has begun", LIMIT, () -> said.get() > 0);
    Await.until("it is held back", LIMIT, new Stillness(said)::isThere);
    assertTrue(said.get() < 64 << 20, "said " + said.get());
    AtomicLong heard = new AtomicLong();
    stream.handler(bytes -> heard.addAndGet(bytes.length())).resume();
    Await.until("the rest", LIMIT, () -> heard.get() == 64 << 20);
  }

  /** That a number does not change any more. */
  private static final class Stillness {
    private final AtomicLong watched;
    private long last = -1;
    private long sinceNanos;

    private Stillness(AtomicLong watched) {
      this.watched = watched;
    }

    boolean isThere() {
      long now = watched.get();
      if (now != last) {
        last = now;
        sinceNanos = System.nanoTime();
      }
      return System.nanoTime() - sinceNanos > TimeUnit.MILLISECONDS.toNanos(500);
    }
  }

  @Test
  void whenTheNodeIsSaidToHaveGoneCallsStreamsAndHijacksEnd() throws Exception {
    open(
        (request, connection) -> {
          if (request.target().endsWith("/logs")) {
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
          } else if (request.target().contains("/attach")) {
            connection.write(OPEN);
          }
          connection.readToEnd();
        });
    CompletableFuture<EngineResponse> call =
        CompletableFuture.supplyAsync(
            () -> host.call(EngineRequest.post(LIMIT, "containers", "a", "wait")));
    CompletableFuture<Throwable> broken = new CompletableFuture<>();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    EngineStream logs = host.stream(EngineRequest.get(LIMIT, "containers", "a", "logs"));
    logs.body().exceptionHandler(broken::complete);
    logs.body().handler(bytes -> {}).resume();
    DuplexStream attached = hijack();
    attached.closeHandler(closed::complete);
    attached.resume();
    Await.until("all three are under way", LIMIT, () -> fake.requests().size() == 3);
    host.close();
    assertInstanceOf(
        Unreachable.class,
        assertThrows(ExecutionException.class, () -> call.get(10, TimeUnit.SECONDS)).getCause());
    broken.get(10, TimeUnit.SECONDS);
    closed.get(10, TimeUnit.SECONDS);
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
      return engine.call(request);
    }

    @Override
    public EngineStream stream(EngineRequest request) {
      return engine.stream(request);
    }

    @Override
    public Hijack hijack(EngineRequest request) {
      return engine.hijack(request);
    }
  }
}
