package io.dockherd.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One kept-alive HTTP/1.1 connection, TCP or unix socket, as bare as can be: the same client for
 * both sides of a comparison.
 */
final class Line implements AutoCloseable {
  private final SocketChannel channel;
  private final InputStream in;

  private Line(SocketChannel channel) {
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
  }

  static Line tcp(String host, int port) throws IOException {
    SocketChannel channel = SocketChannel.open((SocketAddress) new InetSocketAddress(host, port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return new Line(channel);
  }

  static Line unix(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(socket));
    return new Line(channel);
  }

  /** Sends a request and answers the body; fails on any status of 400 or above. */
  byte[] call(String method, String path, String body) throws IOException {
    byte[] entity = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: "
            + entity.length
            + "\r\n\r\n";
    byte[] bytes = (head + body).getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.wrap(bytes);
    while (out.hasRemaining()) {
      channel.write(out);
    }
    return answer(method + " " + path + " " + body);
  }

  private byte[] answer(String asked) throws IOException {
    String status = line();
    int length = 0;
    boolean isChunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
        isChunked = true;
      }
    }
    byte[] body = isChunked ? chunks() : in.readNBytes(length);
    if (Integer.parseInt(status.substring(9, 12)) >= 400) {
      throw new IOException(
          asked + " → " + status + " " + new String(body, StandardCharsets.UTF_8));
    }
    return body;
  }

  private byte[] chunks() throws IOException {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line().split(";")[0].strip(), 16);
      all.writeBytes(in.readNBytes(size));
      line();
      if (size == 0) {
        return all.toByteArray();
      }
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection was closed in the middle of an answer");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
