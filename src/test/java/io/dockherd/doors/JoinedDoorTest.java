package io.dockherd.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.engine.EchoCheck;
import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineAddress;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.FakeEngine;
import io.dockherd.engine.Hijack;
import io.dockherd.engine.HttpEngine;
import io.dockherd.herd.keys.ClientCertificate;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.links.DoorTls;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls whose connection the door joins with an engine's. */
class JoinedDoorTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final HerdKey KEY = HerdKey.create(Instant.now(), Generation.VALIDITY);
  private static final String POST = "POST /a/attach HTTP/1.1\r\nHost: localhost\r\n";
  private static final String OPEN =
      "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n"
          + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final FrontDoor door =
      new FrontDoor(
          vertx,
          DoorLimits.DEFAULT,
          new RequestIds(new Random(1)),
          Set.of("host-1"),
          List.of(new Joining()));
  private FakeEngine fake;
  private Engine engine;

  @AfterEach
  void close() {
    door.close();
    if (engine != null) {
      engine.close();
      fake.close();
    }
    vertx.close().await();
  }

  private void towards(FakeEngine.Script script) {
    fake = new FakeEngine(script);
    engine = HttpEngine.at(vertx, fake.address(), EngineSettings.defaults());
    engine.apiVersion();
  }

  private int open() {
    return door.open(List.of(Listener.clear("127.0.0.1", 0))).getFirst();
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

  private void twentyMegabytesComeBack(EngineAddress address) {
    try (Engine client = HttpEngine.at(vertx, address, EngineSettings.defaults())) {
      EngineRequest attach = EngineRequest.post(LIMIT, "a", "attach");
      Hijack.Open open = assertInstanceOf(Hijack.Open.class, client.hijack(attach));
      EchoCheck.bare(open.stream(), 20 << 20).run(LIMIT);
    }
    allIsGivenBack();
  }

  private void allIsGivenBack() {
    Await.until("no call is in work", LIMIT, () -> door.callsInWork() == 0);
    Await.until("all callers are gone", LIMIT, () -> door.openConnections() == 0);
    // One of them is kept for calls.
    Await.until("the engine's are closed", LIMIT, () -> fake.openConnections() <= 1);
  }

  @Test
  void twentyMegabytesComeBackExactOverTcp() {
    towards(JoinedDoorTest::echo);
    twentyMegabytesComeBack(new EngineAddress.Tcp("127.0.0.1", open(), Optional.empty()));
  }

  @Test
  void twentyMegabytesComeBackExactOverTls() {
    towards(JoinedDoorTest::echo);
    DoorTls tls = new DoorTls(KEY, "host-1", List.of("127.0.0.1"), Instant::now);
    int port =
        door.open(List.of(Listener.tls("127.0.0.1", 0, tls.secure(new HttpServerOptions()))))
            .getFirst();
    Path certificates = folder.resolve("certificates");
    ClientCertificate.issue(
            KEY, ClientCertificate.Signer.TODAY, "alice", Instant.now(), Duration.ofDays(1))
        .write(certificates, false);
    twentyMegabytesComeBack(new EngineAddress.Tcp("127.0.0.1", port, Optional.of(certificates)));
  }

  @Test
  void twentyMegabytesComeBackExactOverAUnixSocket() {
    towards(JoinedDoorTest::echo);
    Path socket = folder.resolve("sock");
    door.open(List.of(Listener.unix(socket)));
    twentyMegabytesComeBack(new EngineAddress.Unix(socket));
  }

  @Test
  void theAnswerIsWhatTheCallerAskedFor() throws IOException {
    towards(JoinedDoorTest::echo);
    int port = open();
    try (Socket socket = caller(port, POST + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n")) {
      assertEquals(
          "HTTP/1.1 101 UPGRADED\r\nX-Request-Id: *\r\n"
              + "Content-Type: application/vnd.docker.raw-stream\r\n"
              + "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
          head(socket).replaceAll("Id: [0-9a-f]+", "Id: *"));
    }
    try (Socket socket = caller(port, POST + "\r\n")) {
      assertEquals(
          "HTTP/1.1 200 OK\r\nX-Request-Id: *\r\n"
              + "Content-Type: application/vnd.docker.raw-stream\r\n\r\n",
          head(socket).replaceAll("Id: [0-9a-f]+", "Id: *"));
    }
  }

  @Test
  void whatIsSentBeforeTheAnswerArrivesAtTheEngine() throws IOException {
    towards(JoinedDoorTest::echo);
    try (Socket socket =
        caller(open(), POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nearly")) {
      socket.shutdownOutput();
      assertTrue(head(socket).startsWith("HTTP/1.1 200 "));
      assertEquals("early", new String(socket.getInputStream().readAllBytes()));
    }
    assertEquals("{}", fake.requests().getLast().body());
    allIsGivenBack();
  }

  @Test
  void theEnginesRefusalIsTheAnswer() throws IOException {
    towards((request, connection) -> connection.answer(409, "{\"message\":\"is paused\"}"));
    try (Socket socket = caller(open(), POST + "Upgrade: tcp\r\n\r\n")) {
      String answer = new String(socket.getInputStream().readAllBytes());
      assertTrue(answer.startsWith("HTTP/1.1 409 "), answer);
      assertTrue(answer.endsWith("{\"message\":\"is paused\"}"), answer);
    }
    allIsGivenBack();
  }

  @Test
  void aCallerThatGoesWhileTheEngineIsAskedLeavesNothingBehind() throws IOException {
    towards(JoinedDoorTest::echo);
    fake.hang(true);
    try (Socket socket = caller(open(), POST + "Upgrade: tcp\r\n\r\n")) {
      Await.until("the engine is asked", LIMIT, () -> !fake.requests().isEmpty());
      socket.setSoLinger(true, 0);
    }
    Await.until("the caller is gone", LIMIT, () -> door.openConnections() == 0);
    fake.hang(false);
    allIsGivenBack();
  }

  @Test
  void manyThatComeAndGoLeaveNothingBehind() throws IOException {
    towards(JoinedDoorTest::echo);
    int port = open();
    for (int round = 0; round < 10; round++) {
      List<Socket> callers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Socket socket = caller(port, POST + "Upgrade: tcp\r\n\r\nhello");
        callers.add(socket);
        head(socket);
        assertEquals("hello", new String(socket.getInputStream().readNBytes(5)));
      }
      assertTrue(door.callsInWork() >= 10);
      for (int i = 0; i < callers.size(); i++) {
        callers.get(i).setSoLinger(i % 2 == 0, 0);
        callers.get(i).close();
      }
    }
    allIsGivenBack();
  }

  @Test
  void aDoorThatClosesEndsItsStreams() throws IOException {
    towards(JoinedDoorTest::echo);
    try (Socket socket = caller(open(), POST + "Upgrade: tcp\r\n\r\n")) {
      head(socket);
      door.close();
      Await.until("the engine's is closed", LIMIT, () -> fake.openConnections() <= 1);
    }
  }

  @Test
  void halfARequestIsNone() throws IOException {
    towards(JoinedDoorTest::echo);
    int port = open();
    for (String half :
        List.of(
            POST + "Upgrade: tcp\r\nContent-Length: 10\r\n\r\n{",
            POST + "Upgrade: tcp\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{",
            POST + "Upgrade: tcp\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            POST + "Upgrade: t\u0000cp\r\n\r\n",
            POST + "Upgrade: tcp\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}")) {
      try (Socket socket = caller(port, half)) {
        socket.shutdownOutput();
        String answer = new String(socket.getInputStream().readAllBytes());
        assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
      }
    }
    allIsGivenBack();
    assertEquals(List.of(), fake.requests());
  }

  private static Socket caller(int port, String text) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = socket.getInputStream().read();
      if (read < 0) {
        throw new IOException("closed after '" + head + "'");
      }
      head.append((char) read);
    }
    return head.toString();
  }

  /** Passes everything on to the one engine. */
  private final class Joining implements StreamingDialect {
    @Override
    public String name() {
      return "joining";
    }

    @Override
    public boolean owns(String method, String path) {
      return true;
    }

    @Override
    public boolean mayUpgrade(String method, String path) {
      return path.endsWith("/attach");
    }

    @Override
    public Reply answer(OpenCall call) {
      if (call.path().equals("/_ping")) {
        return new Reply.Whole(Answer.text(200, "OK").header("Api-Version", "1.41"));
      }
      Buffer body = call.body(1000);
      EngineRequest request =
          EngineRequest.post(LIMIT, "a", "attach")
              .body(new EngineRequest.Body.Bytes("application/json", body));
      return switch (call.whileThere(() -> engine.hijack(request))) {
        case Hijack.Open open -> new Reply.Joined(open);
        case Hijack.Declined(EngineResponse response) ->
            new Reply.Streamed(EngineStream.of(response));
      };
    }

    @Override
    public Answer failed(String requestId, Throwable cause) {
      int status = cause instanceof Turned turned ? turned.status() : 500;
      return Answer.text(status, String.valueOf(cause));
    }
  }
}
