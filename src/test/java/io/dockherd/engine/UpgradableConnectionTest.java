package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.engine.EngineResponse.Header;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests to our own server that become two-way streams, over each kind of socket. Breaks when a
 * newer Vert.x names or orders its handlers otherwise.
 */
class UpgradableConnectionTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final EngineRequest ATTACH =
      EngineRequest.post(LIMIT, "containers", "a", "attach").query("stream", true);
  private static final List<Header> UPGRADED =
      List.of(new Header("Connection", "Upgrade"), new Header("Upgrade", "tcp"));
  private static final String POST = "POST /containers/a/attach HTTP/1.1\r\nHost: a\r\n";

  private static final int PIECE = 64 << 10;
  private static final int FLOOD = 64 << 20;

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Set<Object> connections = ConcurrentHashMap.newKeySet();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger broken = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private volatile Consumer<DuplexStream> script = UpgradableConnectionTest::echo;
  private volatile boolean isDeclining;
  private HttpServer server;

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private HttpServer serve(HttpServerOptions options, SocketAddress address) {
    server =
        vertx
            .createHttpServer(options.setHttp2ClearTextEnabled(false))
            .connectionHandler(
                connection -> {
                  connections.add(connection);
                  connection.closeHandler(gone -> connections.remove(connection));
                  UpgradableConnection.prepare(
                      connection, (method, path, isUpgrade) -> path.endsWith("/attach"));
                })
            .requestHandler(this::answer)
            .listen(address)
            .await();
    return server;
  }

  private int onPort() {
    return serve(new HttpServerOptions(), SocketAddress.inetSocketAddress(0, "127.0.0.1"))
        .actualPort();
  }

  private void answer(HttpServerRequest request) {
    requests.add(request.method() + " " + request.uri());
    if (request.path().endsWith("/_ping")) {
      request.response().putHeader("Api-Version", "1.41").end("OK");
      return;
    }
    request
        .body()
        .onSuccess(
            body -> {
              bodies.add(body.toString());
              if (isDeclining) {
                request.response().setStatusCode(409).end("{\"message\":\"is paused\"}");
                return;
              }
              boolean isUpgrade = request.headers().contains("Upgrade");
              DuplexStream stream =
                  UpgradableConnection.of(request)
                      .orElseThrow()
                      .upgrade(isUpgrade ? 101 : 200, isUpgrade ? UPGRADED : List.of());
              stream.exceptionHandler(cause -> broken.incrementAndGet());
              stream.closeHandler(gone -> closed.incrementAndGet());
              script.accept(stream);
            });
  }

  private static void echo(DuplexStream stream) {
    stream.handler(
        bytes -> {
          stream.pause();
          stream.write(bytes).onSuccess(written -> stream.resume());
        });
    stream.endHandler(end -> stream.end());
    stream.resume();
  }

  private Engine client(EngineTransport transport) {
    return new HttpEngine(vertx, transport, EngineSettings.defaults());
  }

  private Engine client(int port) {
    return client(EngineTransport.to(new EngineAddress.Tcp("127.0.0.1", port, Optional.empty())));
  }

  private void twentyMegabytesComeBack(Engine client) {
    try (client;
        Hijack.Open open = assertInstanceOf(Hijack.Open.class, client.hijack(ATTACH))) {
      assertEquals(101, open.status());
      EchoCheck.bare(open.stream(), 20 << 20).run(LIMIT);
    }
    Await.until("its connection is closed", LIMIT, connections::isEmpty);
    assertEquals(0, broken.get());
  }

  @Test
  void twentyMegabytesComeBackExactOverTcp() {
    twentyMegabytesComeBack(client(onPort()));
  }

  @Test
  void twentyMegabytesComeBackExactOverTls() {
    TestKeys keys = new TestKeys();
    twentyMegabytesComeBack(secured(keys));
  }

  private Engine secured(TestKeys keys) {
    int port =
        serve(keys.serverOptions("host-2"), SocketAddress.inetSocketAddress(0, "127.0.0.1"))
            .actualPort();
    return client(
        EngineTransport.through("127.0.0.1", port, "host-2", keys.client("host-1"), "/e"));
  }

  @Test
  void twentyMegabytesComeBackExactOverAUnixSocket() throws Exception {
    Path path = folder.resolve("sock");
    serve(new HttpServerOptions(), SocketAddress.domainSocketAddress(path.toString()));
    try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.connect(UnixDomainSocketAddress.of(path));
      socket.write(bytes(POST + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n"));
      InputStream in = Channels.newInputStream(socket);
      assertTrue(head(in).startsWith("HTTP/1.1 101 UPGRADED\r\n"));
      byte[] sent = new byte[20 << 20];
      new Random(3).nextBytes(sent);
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      ByteBuffer rest = ByteBuffer.wrap(sent);
                      while (rest.hasRemaining()) {
                        socket.write(rest);
                      }
                      socket.shutdownOutput();
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  });
      assertArrayEquals(sent, in.readAllBytes());
      writer.join();
    }
    Await.until("its connection is closed", LIMIT, connections::isEmpty);
  }

  @Test
  void aUnixSocketBetweenRequestsClosesWithItsClient() throws Exception {
    Path path = folder.resolve("sock");
    serve(new HttpServerOptions(), SocketAddress.domainSocketAddress(path.toString()));
    try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.connect(UnixDomainSocketAddress.of(path));
      socket.write(bytes("GET /_ping HTTP/1.1\r\nHost: a\r\n\r\n"));
      assertTrue(head(Channels.newInputStream(socket)).startsWith("HTTP/1.1 200"));
      assertEquals(1, connections.size());
    }
    Await.until("its connection is closed", LIMIT, connections::isEmpty);
  }

  @Test
  void bytesSentTogetherWithTheHeadAreTheStreamsFirst() throws Exception {
    for (String first : List.of("hello", "GET /_ping HTTP/1.1\r\nHost: a\r\n\r\n")) {
      try (Socket socket = new Socket("127.0.0.1", onPort())) {
        send(socket, POST + "Upgrade: tcp\r\nContent-Length: 2\r\n\r\n{}" + first);
        socket.shutdownOutput();
        assertTrue(head(socket.getInputStream()).startsWith("HTTP/1.1 101"));
        assertEquals(first, new String(socket.getInputStream().readAllBytes()));
      }
    }
    assertEquals(List.of("{}", "{}"), bodies);
    assertEquals(2, requests.size());
  }

  @Test
  void whoAsksForNoUpgradeGetsABareStreamBehindA200() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", onPort())) {
      send(socket, POST + "\r\n");
      String head = head(socket.getInputStream());
      assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
      assertFalse(head.toLowerCase().contains("chunked"), head);
      send(socket, "old");
      socket.shutdownOutput();
      assertEquals("old", new String(socket.getInputStream().readAllBytes()));
    }
  }

  @Test
  void otherRequestsAreNotAffected() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", onPort())) {
      String ping = "GET /_ping HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n";
      send(socket, ping + ping);
      for (int i = 0; i < 2; i++) {
        String head = head(socket.getInputStream());
        assertTrue(head.startsWith("HTTP/1.1 200"), head);
        assertEquals("OK", new String(socket.getInputStream().readNBytes(2)));
      }
    }
    Await.until("its connection is closed", LIMIT, connections::isEmpty);
  }

  @Test
  void aDeclinedRequestIsAnsweredAndTheConnectionClosed() throws Exception {
    isDeclining = true;
    try (Socket socket = new Socket("127.0.0.1", onPort())) {
      send(socket, POST + "Upgrade: tcp\r\n\r\nGET /_ping HTTP/1.1\r\nHost: a\r\n\r\n");
      String answer = new String(socket.getInputStream().readAllBytes());
      assertTrue(answer.startsWith("HTTP/1.1 409"), answer);
      assertTrue(answer.toLowerCase().contains("\r\nconnection: close\r\n"), answer);
      assertTrue(answer.endsWith("{\"message\":\"is paused\"}"), answer);
    }
    assertEquals(1, requests.size(), requests::toString);
    Await.until("its connection is closed", LIMIT, connections::isEmpty);
  }

  @Test
  void aClientIsToldToComeBackByTheDeclinedAnswer() {
    isDeclining = true;
    try (Engine client = client(onPort())) {
      EngineRequest exec =
          EngineRequest.post(LIMIT, "exec", "attach").json(new JsonObject().put("Tty", false));
      Hijack.Declined declined = assertInstanceOf(Hijack.Declined.class, client.hijack(exec));
      assertEquals(409, declined.response().status());
      assertEquals("is paused", declined.response().message());
    }
  }

  @Test
  void aClientThatIsCutOffIsNoticedAtOnce() throws Exception {
    script = stream -> stream.resume();
    try (Socket socket = new Socket("127.0.0.1", onPort())) {
      send(socket, POST + "Upgrade: tcp\r\n\r\n");
      head(socket.getInputStream());
      socket.setSoLinger(true, 0);
    }
    Await.until("the stream is broken", LIMIT, () -> broken.get() == 1 && closed.get() == 1);
    Await.until("its connection is closed", LIMIT, connections::isEmpty);
  }

  @Test
  void aTlsClientThatGoesWithoutAWordIsNoticedAtOnce() {
    script = stream -> stream.resume();
    try (Engine client = secured(new TestKeys());
        Hijack.Open open = (Hijack.Open) client.hijack(ATTACH)) {
      open.stream().write(Buffer.buffer("x"));
    }
    Await.until("the stream is broken", LIMIT, () -> broken.get() == 1 && closed.get() == 1);
  }

  @Test
  void aClientThatReadsNothingHoldsTheOtherSideBack() throws Exception {
    AtomicInteger written = new AtomicInteger();
    AtomicInteger waiting = new AtomicInteger();
    script = stream -> flood(stream, written, waiting);
    try (Socket socket = new Socket("127.0.0.1", onPort())) {
      send(socket, POST + "Upgrade: tcp\r\n\r\n");
      head(socket.getInputStream());
      Await.until("a write waits", LIMIT, () -> waiting.get() > 0);
      assertTrue(written.get() < FLOOD, "written " + written.get());
      socket.getInputStream().readNBytes(FLOOD);
      Await.until("all is written", LIMIT, () -> written.get() == FLOOD);
    }
  }

  private void flood(DuplexStream stream, AtomicInteger written, AtomicInteger waiting) {
    if (written.get() == FLOOD) {
      return;
    }
    Future<Void> write = stream.write(Buffer.buffer(new byte[PIECE]));
    write.onSuccess(
        done -> {
          written.addAndGet(PIECE);
          flood(stream, written, waiting);
        });
    if (stream.writeQueueFull()) {
      waiting.incrementAndGet();
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = in.read();
      if (read < 0) {
        throw new IOException("closed after '" + head + "'");
      }
      head.append((char) read);
    }
    return head.toString();
  }
}
