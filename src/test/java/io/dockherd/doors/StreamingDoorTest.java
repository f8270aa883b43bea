package io.dockherd.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Conflict;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dialect that streams, on real sockets: heads, ends, breaks, and callers who go. */
class StreamingDoorTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int MOST = 1_000;

  private final Vertx vertx = Vertx.vertx();
  private final Trickle body = new Trickle();
  private final AtomicBoolean isClosed = new AtomicBoolean();
  private final AtomicBoolean isWaiting = new AtomicBoolean();
  private final AtomicBoolean isInterrupted = new AtomicBoolean();
  private final FrontDoor door =
      new FrontDoor(
          vertx, DoorLimits.DEFAULT, new RequestIds(new Random(1)), Set.of(), List.of(new Plain()));
  private final int port = door.open(List.of(Listener.clear("127.0.0.1", 0))).getFirst();

  /** {@code /stream} gives the test's body, {@code /wait} waits, {@code /count} counts. */
  private final class Plain implements StreamingDialect {
    @Override
    public String name() {
      return "plain";
    }

    @Override
    public boolean owns(String method, String path) {
      return true;
    }

    @Override
    public Reply answer(OpenCall call) {
      return switch (call.path()) {
        case "/stream" ->
            new Reply.Streamed(new EngineStream(200, List.of(), body, () -> isClosed.set(true)));
        case "/wait" -> call.whileThere(this::waitForEver);
        case "/count" -> text("" + call.body(MOST).length());
        default -> text("ok");
      };
    }

    private Reply waitForEver() {
      isWaiting.set(true);
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        isInterrupted.set(true);
      }
      return text("over");
    }

    private Reply text(String text) {
      return new Reply.Whole(new Answer(200, Answer.TEXT, Buffer.buffer(text), Map.of()));
    }

    @Override
    public Answer failed(String requestId, Throwable cause) {
      return Answer.text(cause instanceof Turned turned ? turned.status() : 500, "" + cause);
    }
  }

  @AfterEach
  void close() {
    door.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void theHeadIsThereBeforeTheFirstByteOfTheBody() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      String head = caller.send(get("/stream")).answer();
      assertTrue(head.startsWith("HTTP/1.1 200 OK\r\n"), head);
      assertTrue(head.toLowerCase(java.util.Locale.ROOT).contains("transfer-encoding: chunked"));
      awaitReader();
      body.give("late");
      body.end();
      caller.send("GET /over HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      String rest = caller.rest();
      assertTrue(rest.startsWith("4\r\nlate\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n"), rest);
    }
  }

  @Test
  void aBrokenStreamIsNotEndedAsIfItWereWhole() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      caller.send(get("/stream")).answer();
      awaitReader();
      body.give("half");
      body.breakOff();
      assertEquals("4\r\nhalf\r\n", caller.rest());
    }
    assertTrue(isClosed.get());
    settled();
  }

  @Test
  void aCallerWhoGoesEndsTheStream() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      caller.send(get("/stream")).answer();
      awaitReader();
    }
    Await.until("the stream is closed", SOON, isClosed::get);
    body.breakOff(); // As an engine's does when it is cancelled.
    settled();
  }

  @Test
  void aCallerWhoGoesEndsTheWaiting() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      caller.send(get("/wait"));
      Await.until("it waits", SOON, isWaiting::get);
    }
    Await.until("it waits no more", SOON, isInterrupted::get);
    settled();
  }

  @Test
  void aSlowCallerHoldsTheStreamBack() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      caller.send(get("/stream")).answer();
      awaitReader();
      String much = "x".repeat(1 << 20);
      for (int i = 0; i < 100 && !body.isPaused(); i++) {
        body.give(much);
      }
      assertTrue(body.isPaused());
    }
  }

  @Test
  void aBodyNobodyTookIsOutOfTheNextRequestsWay() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      for (int i = 0; i < 3; i++) {
        String length = "Content-Length: 5\r\n\r\n12345";
        caller.send("POST /ignore HTTP/1.1\r\nHost: localhost\r\n" + length);
        assertTrue(caller.answer().endsWith("ok"));
      }
    }
    settled();
  }

  @Test
  void aBodyIsTakenWholeUpToItsLimit() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      String chunked =
          "POST /count HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
      assertTrue(caller.send(chunked + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").answer().endsWith("5"));
      String much = "7d0\r\n" + "x".repeat(2 * MOST) + "\r\n0\r\n\r\n";
      String refused = caller.send(chunked + much).rest();
      assertTrue(refused.startsWith("HTTP/1.1 413 "), refused);
    }
    settled();
    assertEquals(0, door.heldBytes());
  }

  @Test
  void aUnixSocketIsForItsOwnerOnly(@TempDir Path folder) throws IOException {
    Path socket = folder.resolve("door.sock");
    // What a process leaves that was killed.
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    door.open(List.of(Listener.unix(socket)));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
    try (SocketChannel caller = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      // The command line writes such a host for sockets.
      caller.write(
          ByteBuffer.wrap(
              "GET / HTTP/1.1\r\nHost: api.moby.localhost\r\nConnection: close\r\n\r\n"
                  .getBytes()));
      String answer = new String(java.nio.channels.Channels.newInputStream(caller).readAllBytes());
      assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
    }
    assertThrows(Conflict.class, () -> door.open(List.of(Listener.unix(socket))));
    door.close();
    assertFalse(Files.exists(socket));
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("precious"), "words");
    assertThrows(Conflict.class, () -> door.open(List.of(Listener.unix(file))));
    assertEquals("words", Files.readString(file));
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  private void awaitReader() {
    Await.until("somebody reads", SOON, () -> !body.isPaused());
  }

  private void settled() {
    Await.until("nothing is left", SOON, () -> door.callsInWork() == 0);
  }
}
