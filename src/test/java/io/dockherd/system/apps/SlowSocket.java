package io.dockherd.system.apps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A unix socket that leads to an engine's: whatever is asked there arrives after a while, whatever
 * is answered comes back at once.
 */
final class SlowSocket implements AutoCloseable {
  private static final int CHUNK = 64 << 10;

  private final ServerSocketChannel door;
  private final Path path;
  private final Path engine;
  private final Duration delay;

  SlowSocket(Path path, Path engine, Duration delay) {
    this.path = path;
    this.engine = engine;
    this.delay = delay;
    try {
      Files.deleteIfExists(path);
      door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      door.bind(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("slow socket").start(this::accept);
  }

  /** As a node's setting has it. */
  String url() {
    return "unix://" + path;
  }

  private void accept() {
    while (door.isOpen()) {
      try {
        SocketChannel caller = door.accept();
        SocketChannel answering = SocketChannel.open(UnixDomainSocketAddress.of(engine));
        Thread.ofPlatform().daemon().start(() -> copy(caller, answering, delay));
        Thread.ofPlatform().daemon().start(() -> copy(answering, caller, Duration.ZERO));
      } catch (IOException e) {
        // Closed; or a caller that went at once, or an engine that is away.
      }
    }
  }

  private static void copy(SocketChannel from, SocketChannel to, Duration delay) {
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    try {
      while (from.read(buffer) >= 0) {
        LockSupport.parkNanos(delay.toNanos());
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // It broke: for both.
      close(from);
      close(to);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
