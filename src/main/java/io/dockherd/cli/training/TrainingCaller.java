package io.dockherd.cli.training;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection to a door, by hand: a client's classes would end up in the cache of a node that
 * never uses them.
 */
final class TrainingCaller implements AutoCloseable {
  private static final int ANSWER_LIMIT_MILLIS = 5000;

  private final Socket socket;
  private final InputStream in;

  /** Connects to a port of this machine. */
  TrainingCaller(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /** Asks, and answers the body there is. */
  String call(String method, String path, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
    String status = line();
    int length = 0;
    boolean isChunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      } else if (lower.equals("transfer-encoding: chunked")) {
        isChunked = true;
      }
    }
    if (status.startsWith("HTTP/1.1 204")) {
      return "";
    }
    return isChunked ? chunks() : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /** What is long is not kept. */
  private String chunks() throws IOException {
    String first = "";
    while (true) {
      int size = Integer.parseInt(line(), 16);
      byte[] chunk = in.readNBytes(size);
      line();
      if (size == 0) {
        return first;
      }
      first = first.isEmpty() ? new String(chunk, StandardCharsets.UTF_8) : first;
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
    socket.close();
  }
}
