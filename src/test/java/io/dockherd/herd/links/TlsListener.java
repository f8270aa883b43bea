package io.dockherd.herd.links;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A port that speaks TLS the way the group's does: plain sockets, client certificates needed. To
 * each peer it lets in it says one byte after having read one.
 */
final class TlsListener implements AutoCloseable {
  private static final int LIMIT_MILLIS = 30_000;

  private final SSLServerSocket socket;
  private volatile String lastRefusal = "";

  TlsListener(SSLContext context) throws IOException {
    this(context, "TLSv1.3");
  }

  TlsListener(SSLContext context, String protocol) throws IOException {
    socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral(TestHerd.LOOPBACK));
    socket.setNeedClientAuth(true);
    socket.setEnabledProtocols(new String[] {protocol});
    Thread.ofVirtual().start(this::listen);
  }

  int port() {
    return socket.getLocalPort();
  }

  /**
   * Dials as the group does: an unconnected socket, then connect, then the handshake. Returns when
   * a byte went there and back, throws when anything else comes.
   */
  static void dial(SSLContext context, String host, int port) throws IOException {
    try (SSLSocket dialled = (SSLSocket) context.getSocketFactory().createSocket()) {
      dialled.setSoTimeout(LIMIT_MILLIS);
      dialled.connect(new InetSocketAddress(host, port), LIMIT_MILLIS);
      dialled.startHandshake();
      exchange(dialled);
    }
  }

  static void exchange(SSLSocket dialled) throws IOException {
    dialled.getOutputStream().write(1);
    if (dialled.getInputStream().read() != 1) {
      throw new IOException("no answer");
    }
  }

  /** Whether the peer is let in, by its own side and the other's. */
  boolean admits(SSLContext context) {
    try {
      dial(context, TestHerd.LOOPBACK, port());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Why a peer was sent away last; it may come a moment after the peer has noticed. */
  String lastRefusal() {
    return lastRefusal;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        SSLSocket peer = (SSLSocket) socket.accept();
        CompletableFuture.runAsync(() -> answer(peer), task -> Thread.ofVirtual().start(task));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(SSLSocket peer) {
    try (peer) {
      peer.setSoTimeout(LIMIT_MILLIS);
      int question;
      while ((question = peer.getInputStream().read()) >= 0) {
        peer.getOutputStream().write(question);
      }
    } catch (IOException e) {
      lastRefusal = String.valueOf(e);
    }
  }
}
