package io.dockherd.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dockherd.failure.Conflict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ForwarderTest {
  /** The same port on two loopback addresses: one is this machine's, the other plays the host's. */
  @Test
  void bytesGoBothWaysAndEachWayEndsByItself() throws IOException {
    try (ServerSocket host = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"));
        Forwarder _ = Forwarder.open(host.getLocalPort(), "127.0.0.2");
        Socket caller = new Socket("127.0.0.1", host.getLocalPort())) {
      caller.getOutputStream().write("question".getBytes(StandardCharsets.UTF_8));
      caller.shutdownOutput();
      try (Socket served = host.accept()) {
        assertEquals("question", text(served));
        served.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
      }
      assertEquals("answer", text(caller));
    }
  }

  @Test
  void aTakenPortIsAConflict() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThrows(Conflict.class, () -> Forwarder.open(other.getLocalPort(), "127.0.0.2"));
    }
  }

  private static String text(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
