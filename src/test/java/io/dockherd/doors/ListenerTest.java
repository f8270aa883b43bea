package io.dockherd.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "::", "host-1", "127.0.0.1.evil.example", ""})
  void clearTextStaysOnLoopback(String host) {
    assertThrows(Invalid.class, () -> Listener.clear(host, 8080));
    assertFalse(Listener.insecure(host, 8080).isLoopback());
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"})
  void loopbackNeedsNoKeys(String host) {
    assertTrue(Listener.clear(host, 8080).isLoopback());
  }

  @Test
  void tlsWithoutClientCertificatesIsNoDoor() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Listener.tls("0.0.0.0", 8080, new HttpServerOptions().setSsl(true)));
  }

  @Test
  void aTakenPortIsAConflictThatNamesIt() throws IOException {
    Vertx vertx = Vertx.vertx();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FrontDoor door =
          new FrontDoor(
              vertx,
              DoorLimits.DEFAULT,
              new RequestIds(new Random(1)),
              Set.of(),
              List.of(new Echo()));
      Conflict conflict =
          assertThrows(
              Conflict.class,
              () ->
                  door.open(
                      List.of(
                          Listener.clear("127.0.0.1", 0),
                          Listener.clear("127.0.0.1", taken.getLocalPort()))));
      assertEquals("127.0.0.1:" + taken.getLocalPort(), conflict.subject());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
