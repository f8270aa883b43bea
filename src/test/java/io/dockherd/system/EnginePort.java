package io.dockherd.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A port of loopback that leads to an engine's unix socket, half-closing as either side does: an
 * engine that listens on TCP itself takes 15 s longer to start.
 */
final class EnginePort implements AutoCloseable {
  private final ServerSocket door;
  private final Path engine;

  EnginePort(Path engine) {
    this.engine = engine;
    try {
      door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("engine port").start(this::accept);
  }

  /** As {@code 127.0.0.1:40123}. */
  String address() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        Thread.ofPlatform().daemon().start(() -> serve(caller));
      } catch (IOException e) {
        // Closed, or a caller that went at once.
      }
    }
  }

  private void serve(Socket caller) {
    try (caller;
        SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(engine))) {
      caller.setTcpNoDelay(true);
      Thread answers =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () ->
                      copy(
                          Channels.newInputStream(socket), output(caller), caller::shutdownOutput));
      copy(input(caller), Channels.newOutputStream(socket), socket::shutdownOutput);
      answers.join();
    } catch (IOException e) {
      // No engine there: to the caller the connection just ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Something that ends half of a connection. */
  private interface End {
    void close() throws IOException;
  }

  private static void copy(InputStream from, OutputStream to, End end) {
    try {
      from.transferTo(to);
      end.close();
    } catch (IOException e) {
      // It broke, for both.
    }
  }

  private static InputStream input(Socket socket) {
    try {
      return socket.getInputStream();
    } catch (IOException e) {
      return InputStream.nullInputStream();
    }
  }

  private static OutputStream output(Socket socket) {
    try {
      return socket.getOutputStream();
    } catch (IOException e) {
      return OutputStream.nullOutputStream();
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
