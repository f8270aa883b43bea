package io.dockherd.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A socket in front of an engine's, whose connections can be cut in mid-word. */
final class BreakingPassage implements AutoCloseable {
  private final Path target;
  private final Path folder;
  private final ServerSocketChannel server;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  BreakingPassage(Path target) throws IOException {
    this.target = target;
    this.folder = Files.createTempDirectory(Path.of("/tmp"), "dh-pass");
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket()));
    Thread.ofVirtual().start(this::accept);
  }

  EngineAddress address() {
    return new EngineAddress.Unix(socket());
  }

  private Path socket() {
    return folder.resolve("sock");
  }

  /** Cuts all connections there are. */
  void cut() {
    open.forEach(BreakingPassage::close);
  }

  private void accept() {
    while (true) {
      try {
        SocketChannel client = server.accept();
        SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(target));
        open.add(client);
        open.add(engine);
        Thread.ofVirtual().start(() -> pass(client, engine));
        Thread.ofVirtual().start(() -> pass(engine, client));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void pass(SocketChannel from, SocketChannel to) {
    ByteBuffer bytes = ByteBuffer.allocate(4096);
    try {
      while (from.read(bytes) >= 0) {
        bytes.flip();
        while (bytes.hasRemaining()) {
          to.write(bytes);
        }
        bytes.clear();
      }
    } catch (IOException e) {
      // Cut.
    }
    close(from);
    close(to);
    open.remove(from);
    open.remove(to);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
    Files.delete(socket());
    Files.delete(folder);
  }
}
