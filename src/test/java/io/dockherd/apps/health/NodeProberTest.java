package io.dockherd.apps.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.HealthCheck.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeProberTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private final NodeProber prober =
      new NodeProber(
          (container, command, limit) ->
              command.equals(List.of("true"))
                  ? new Outcome.Well()
                  : new Outcome.Ill(container + " said no"));

  private static Prober.Target target(int port) {
    return new Prober.Target(
        List.of(new Prober.Endpoint("127.0.0.1", port)),
        Map.of("web", "4f1", "db", "5e2"),
        "web",
        "127.0.0.1");
  }

  private static Probe.Http http(String path, boolean ignores1xx) {
    return new Probe.Http("http", path, 0, 0, ignores1xx);
  }

  /** Answers the first caller with that, and tells what it was asked. */
  private record Answering(ServerSocket socket, CompletableFuture<String> asked)
      implements AutoCloseable {
    static Answering with(String answer) throws IOException {
      ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      CompletableFuture<String> asked = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket caller = socket.accept()) {
                  byte[] head = new byte[4096];
                  int read = caller.getInputStream().read(head);
                  asked.complete(new String(head, 0, Math.max(0, read), StandardCharsets.US_ASCII));
                  caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                  caller.getOutputStream().flush();
                  caller.getInputStream().read();
                } catch (IOException e) {
                  asked.completeExceptionally(new UncheckedIOException(e));
                }
              });
      return new Answering(socket, asked);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 200 OK, Well",
    "HTTP/1.1 204, Well",
    "HTTP/1.0 302 Found, Well",
    "HTTP/1.1 399 x, Well",
    "HTTP/1.1 404 Not Found, Ill",
    "HTTP/1.1 500 x, Ill",
    "HTTP/1.1 100 Continue, Ill",
    "SSH-2.0-OpenSSH, Ill",
  })
  void theStatusLineDecides(String line, String outcome) throws IOException {
    try (Answering server = Answering.with(line + "\r\n")) {
      Outcome said = prober.probe(http("/", false), target(server.socket().getLocalPort()), LIMIT);
      assertEquals(outcome, said.getClass().getSimpleName(), said::toString);
    }
  }

  @Test
  void aPathIsNoSecondHeader() throws Exception {
    try (Answering server = Answering.with("HTTP/1.1 200 OK\r\n")) {
      prober.probe(http("/a b\r\nEvil: 1", false), target(server.socket().getLocalPort()), LIMIT);
      assertTrue(server.asked().get().startsWith("GET /abEvil:1 HTTP/1.1\r\nHost: 127.0.0.1:"));
    }
  }

  @Test
  void anInterimAnswerCanBeIgnored() throws IOException {
    try (Answering server = Answering.with("HTTP/1.1 100 Continue\r\n")) {
      assertInstanceOf(
          Outcome.Nothing.class,
          prober.probe(http("/", true), target(server.socket().getLocalPort()), LIMIT));
    }
  }

  @Test
  void aServerThatSaysNothingIsIllInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Outcome said =
          prober.probe(http("/", false), target(silent.getLocalPort()), Duration.ofMillis(200));
      assertTrue(said.toString().contains("within 200 ms"), said::toString);
      assertInstanceOf(
          Outcome.Well.class,
          prober.probe(new Probe.Tcp(0, 0), target(silent.getLocalPort()), LIMIT));
    }
  }

  /** A byte now and then keeps every read's own timeout from passing. */
  @Test
  void aServerThatDripsIsIllInTime() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> drip(server));
      Outcome said =
          assertTimeoutPreemptively(
              Duration.ofMinutes(1),
              () ->
                  prober.probe(
                      new Probe.Http("https", "/", 0, 0, false),
                      target(server.getLocalPort()),
                      Duration.ofMillis(300)));
      assertTrue(said.toString().contains("within 300 ms"), said::toString);
    }
  }

  private static void drip(ServerSocket server) {
    try (Socket caller = server.accept()) {
      caller.getOutputStream().write(new byte[] {22, 3, 3, 0x40, 0, 2, 0, 0x3f, (byte) 0xfc});
      while (true) {
        caller.getOutputStream().write(0);
        caller.getOutputStream().flush();
        LockSupport.parkNanos(20_000_000);
      }
    } catch (IOException e) {
      // The caller has gone.
      return;
    }
  }

  @Test
  void aClosedPortIsIll() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertInstanceOf(Outcome.Ill.class, prober.probe(new Probe.Tcp(0, 0), target(port), LIMIT));
    assertInstanceOf(Outcome.Ill.class, prober.probe(new Probe.Tcp(-1, port), target(1), LIMIT));
    assertInstanceOf(Outcome.Ill.class, prober.probe(new Probe.Tcp(3, 0), target(1), LIMIT));
  }

  @Test
  void aCommandRunsInItsContainerOrTheFirst() {
    assertInstanceOf(
        Outcome.Well.class, prober.probe(new Probe.Command("", List.of("true")), target(1), LIMIT));
    assertEquals(
        new Outcome.Ill("5e2 said no"),
        prober.probe(new Probe.Command("db", List.of("false")), target(1), LIMIT));
    assertInstanceOf(
        Outcome.Ill.class,
        prober.probe(new Probe.Command("none", List.of("true")), target(1), LIMIT));
  }
}
