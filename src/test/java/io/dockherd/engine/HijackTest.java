package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.Await;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that turn into a raw two-way stream, over each kind of socket. */
class HijackTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final EngineRequest ATTACH =
      EngineRequest.post(LIMIT, "containers", "a", "attach").query("stream", true);
  private static final String OPEN =
      "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n"
          + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();
  private FakeEngine fake;
  private Engine engine;

  @AfterEach
  void stop() {
    engine.close();
    fake.close();
    vertx.close().await();
  }

  private void onUnix(FakeEngine.Script script) {
    fake = new FakeEngine(script);
    engine = HttpEngine.at(vertx, fake.address(), EngineSettings.defaults());
  }

  private void onPort(FakeEngine.Script script) {
    fake = FakeEngine.onPort(script);
    engine = HttpEngine.at(vertx, fake.address(), EngineSettings.defaults());
  }

  private void onTls(FakeEngine.Script script) {
    TestKeys keys = new TestKeys();
    fake = FakeEngine.onTls(script, keys.server("host-2"));
    EngineTransport transport =
        EngineTransport.through("127.0.0.1", fake.port(), "host-2", keys.client("host-1"), "/e");
    engine = new HttpEngine(vertx, transport, EngineSettings.defaults());
  }

  /** Says everything back until the other half is closed, then closes its own. */
  private static void echo(FakeEngine.Request request, FakeEngine.Connection connection)
      throws IOException {
    connection.write(OPEN);
    byte[] bytes = new byte[30_000];
    InputStream in = connection.in();
    for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
      connection.write(Arrays.copyOf(bytes, read));
    }
    connection.end();
    // The other side closes when it has seen the end of both halves.
    connection.hangUp();
  }

  @Test
  void ourHalfMayBeClosedFirstOnAUnixSocket() {
    onUnix(HijackTest::echo);
    ourHalfMayBeClosedFirst();
  }

  @Test
  void ourHalfMayBeClosedFirstOverTcp() {
    onPort(HijackTest::echo);
    ourHalfMayBeClosedFirst();
  }

  @Test
  void ourHalfMayBeClosedFirstOverTls() {
    onTls(HijackTest::echo);
    ourHalfMayBeClosedFirst();
  }

  private void ourHalfMayBeClosedFirst() {
    try (Hijack.Open open = (Hijack.Open) engine.hijack(ATTACH)) {
      assertEquals(101, open.status());
      EchoCheck.bare(open.stream(), 20 << 20).run(LIMIT);
    }
    Await.until("the connection is gone", LIMIT, () -> fake.openConnections() == 1);
  }

  @Test
  void theEnginesHalfMayBeClosedFirstOverTcp() {
    StringBuffer received = new StringBuffer();
    onPort((request, connection) -> sayFirst(connection, received));
    theEnginesHalfMayBeClosedFirst(received);
  }

  @Test
  void theEnginesHalfMayBeClosedFirstOverTls() {
    StringBuffer received = new StringBuffer();
    onTls((request, connection) -> sayFirst(connection, received));
    theEnginesHalfMayBeClosedFirst(received);
  }

  private static void sayFirst(FakeEngine.Connection connection, StringBuffer received)
      throws IOException {
    connection.write(OPEN + "all I have to say");
    connection.end();
    received.append(connection.readToEnd());
    connection.hangUp();
  }

  private void theEnginesHalfMayBeClosedFirst(StringBuffer received) {
    try (Hijack.Open open = (Hijack.Open) engine.hijack(ATTACH)) {
      assertEquals("all I have to say", read(open.stream()));
      open.stream().write(Buffer.buffer("heard"));
      open.stream().end();
      Await.until("our half arrives", LIMIT, () -> received.toString().equals("heard"));
    }
  }

  @Test
  void noByteBehindTheHeadIsLostHoweverItComes() {
    onUnix(
        (request, connection) -> {
          for (byte b : (OPEN + "behind").getBytes()) {
            connection.write(new byte[] {b});
          }
          connection.hangUp();
        });
    try (Hijack.Open open = (Hijack.Open) engine.hijack(ATTACH)) {
      assertEquals("behind", read(open.stream()));
    }
  }

  @Test
  void oldEnginesOpenTheStreamWith200() {
    onUnix(
        (request, connection) -> {
          connection.write(
              "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\nraw");
          connection.hangUp();
        });
    try (Hijack.Open open = (Hijack.Open) engine.hijack(ATTACH)) {
      assertEquals(200, open.status());
      assertEquals("raw", read(open.stream()));
    }
  }

  @Test
  void theQuestionIsAnUpgradeWithItsBody() {
    onUnix((request, connection) -> connection.answer(500, "{}"));
    engine.hijack(ATTACH.json(new JsonObject().put("Tty", true)).header("upgrade", "h2c"));
    FakeEngine.Request asked = fake.requests().getLast();
    assertEquals("/v1.41/containers/a/attach?stream=true", asked.target());
    assertEquals("Upgrade", asked.headers().get("Connection"));
    assertEquals("h2c", asked.headers().get("Upgrade"));
    assertEquals("application/json", asked.headers().get("Content-Type"));
    assertEquals("{\"Tty\":true}", asked.body());
  }

  @Test
  void aRefusalWithALengthIsTold() {
    onUnix((request, connection) -> connection.answer(409, "{\"message\":\"is paused\"}"));
    assertEquals("is paused", declined(409));
  }

  @Test
  void aRefusalInChunksIsTold() {
    onUnix(
        (request, connection) -> {
          connection.write("HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n");
          connection.chunk("{\"message\":");
          connection.chunk("\"no such\"}");
          connection.write("0\r\n\r\n");
        });
    assertEquals("no such", declined(404));
  }

  @Test
  void aRefusalThatEndsWithTheConnectionIsTold() {
    onUnix(
        (request, connection) -> {
          connection.write("HTTP/1.1 500 X\r\n\r\nbad luck");
          connection.hangUp();
        });
    assertEquals("bad luck", declined(500));
  }

  @Test
  void a200WithABodyOpensNothing() {
    onUnix((request, connection) -> connection.answer(200, "\"text\""));
    assertEquals("\"text\"", declined(200));
  }

  private String declined(int status) {
    Hijack.Declined declined = assertInstanceOf(Hijack.Declined.class, engine.hijack(ATTACH));
    assertEquals(status, declined.response().status());
    Await.until("its connection is closed", LIMIT, () -> fake.openConnections() == 1);
    return declined.response().message();
  }

  @Test
  void aRefusalCutShortIsUnreachable() {
    onUnix(
        (request, connection) -> {
          connection.write("HTTP/1.1 500 X\r\nContent-Length: 100\r\n\r\nbad");
          connection.hangUp();
        });
    assertThrows(Unreachable.class, () -> engine.hijack(ATTACH));
  }

  @Test
  void whatIsNoHttpIsUnreachable() {
    onUnix(
        (request, connection) -> {
          connection.write("220 mail.example ESMTP\r\n\r\n");
          connection.readToEnd();
        });
    assertThrows(Unreachable.class, () -> engine.hijack(ATTACH));
  }

  @Test
  void anEndlessHeadIsUnreachable() {
    onUnix(
        (request, connection) -> {
          connection.write("HTTP/1.1 101 UPGRADED\r\n");
          while (true) {
            connection.write("X-More: " + "x".repeat(1000) + "\r\n");
          }
        });
    assertThrows(Unreachable.class, () -> engine.hijack(ATTACH));
  }

  @Test
  void aHeadThatNeverEndsIsTimedOut() {
    onUnix(
        (request, connection) -> {
          connection.write("HTTP/1.1 101 UPGRADED\r\n");
          connection.readToEnd();
        });
    engine.apiVersion();
    Duration limit = Duration.ofMillis(200);
    EngineRequest attach = EngineRequest.post(limit, "containers", "a", "attach");
    assertThrows(TimedOut.class, () -> engine.hijack(attach));
    Await.until("its connection is closed", LIMIT, () -> fake.openConnections() == 1);
  }

  @Test
  void anEngineThatHangsUpInsteadIsUnreachable() {
    onUnix((request, connection) -> connection.hangUp());
    assertThrows(Unreachable.class, () -> engine.hijack(ATTACH));
  }

  private static String read(DuplexStream stream) {
    Buffer body = Buffer.buffer();
    AtomicBoolean isEnded = new AtomicBoolean();
    stream.endHandler(end -> isEnded.set(true));
    stream.handler(body::appendBuffer).resume();
    Await.until("the other half's end", LIMIT, isEnded::get);
    return body.toString();
  }
}
