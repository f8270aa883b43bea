package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real daemon on a TCP port with mutual TLS. */
class EngineOverTlsLabTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void callsAndTwentyMegabytesBackExactlyThoughOurHalfIsClosedFirst() throws IOException {
    TestKeys keys = new TestKeys();
    Path server = keys.write(folder.resolve("server"), "127.0.0.1");
    Path client = keys.write(folder.resolve("client"), "client");
    int port = freePort();
    EngineAddress address = new EngineAddress.Tcp("127.0.0.1", port, Optional.of(client));
    Vertx vertx = Vertx.vertx();
    RealEngine real =
        RealEngine.start(
            "--host=tcp://127.0.0.1:" + port,
            "--tlsverify",
            "--tlscacert=" + server.resolve("ca.pem"),
            "--tlscert=" + server.resolve("cert.pem"),
            "--tlskey=" + server.resolve("key.pem"));
    try (real;
        Engine engine = HttpEngine.at(vertx, address, EngineSettings.defaults())) {
      Containers containers = new Containers(engine);
      String id = containers.createInteractive("cat");
      try (Hijack.Open attached = (Hijack.Open) engine.hijack(containers.attach(id))) {
        containers.start(id);
        EchoCheck.framed(attached.stream(), 20 << 20).run(LIMIT);
      }
      Await.until("cat ended", LIMIT, () -> !containers.state(id).getBoolean("Running"));
      assertEquals(0, containers.state(id).getInteger("ExitCode"));
      containers.remove(id);
    } finally {
      vertx.close().await();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
