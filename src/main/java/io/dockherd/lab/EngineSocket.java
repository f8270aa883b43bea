package io.dockherd.lab;

import io.dockherd.failure.Refused;
import io.dockherd.failure.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two or three calls the lab itself makes to an engine: one connection each, no more of HTTP
 * than they need. Whatever is to be tested goes through the real client.
 */
final class EngineSocket {
  private final Path socket;

  EngineSocket(Path socket) {
    this.socket = socket;
  }

  boolean answers() {
    try {
      return exchange("GET", "/_ping", Path.of("/dev/null")).contains(" 200 ");
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes an image of a tar of a root file system. */
  void importImage(Path tar, String repository, String tag, String command) {
    String path =
        "/images/create?fromSrc=-&repo=" + repository + "&tag=" + tag + "&changes=" + command;
    try {
      String answer = exchange("POST", path, tar);
      if (!answer.contains(" 200 ") || answer.contains("\"error\"")) {
        throw new Refused(repository, "the engine does not take the image: " + answer, "");
      }
    } catch (IOException e) {
      throw new Unreachable(socket.toString(), "the engine's connection broke", "", e);
    }
  }

  /** Makes a call without a body and answers the whole answer, head and all. */
  String call(String method, String path) {
    try {
      return exchange(method, path, Path.of("/dev/null"));
    } catch (IOException e) {
      throw new Unreachable(socket.toString(), "the engine does not answer", "", e);
    }
  }

  private String exchange(String method, String path, Path body) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      String head =
          method
              + " "
              + path
              + " HTTP/1.0\r\nHost: engine\r\n"
              + "Content-Length: "
              + (Files.isRegularFile(body) ? Files.size(body) : 0)
              + "\r\n\r\n";
      channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
      if (Files.isRegularFile(body)) {
        send(body, channel);
      }
      InputStream answer = Channels.newInputStream(channel);
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void send(Path file, SocketChannel channel) throws IOException {
    try (FileChannel source = FileChannel.open(file)) {
      for (long sent = 0; sent < source.size(); ) {
        sent += source.transferTo(sent, source.size() - sent, channel);
      }
    }
  }
}
