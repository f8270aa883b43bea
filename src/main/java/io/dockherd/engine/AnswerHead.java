package io.dockherd.engine;

import io.dockherd.engine.EngineResponse.Header;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of an HTTP/1.1 answer, as it came.
 *
 * @param bytes up to and with the empty line
 */
record AnswerHead(int status, List<Header> headers, Buffer bytes) {
  AnswerHead {
    headers = List.copyOf(headers);
  }

  /**
   * Reads a head.
   *
   * @throws IllegalArgumentException when it is none
   */
  static AnswerHead parse(Buffer bytes) {
    String[] lines = bytes.toString(StandardCharsets.ISO_8859_1).split("\r\n");
    String[] start = lines[0].split(" ", 3);
    if (start.length < 2 || !start[0].startsWith("HTTP/1.") || !start[1].matches("\\d{3}")) {
      throw new IllegalArgumentException("not an HTTP/1.1 answer: '" + lines[0] + "'");
    }
    List<Header> headers = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon <= 0) {
        throw new IllegalArgumentException("not a header: '" + lines[i] + "'");
      }
      headers.add(new Header(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
    }
    return new AnswerHead(Integer.parseInt(start[1]), headers, bytes);
  }

  /**
   * Whether the connection is a raw stream from here on: the engine said so, or it is one of those
   * that answer 200 and say nothing about a body.
   */
  boolean opensStream() {
    return status == 101 || status == 200 && !has("Content-Length") && !has("Transfer-Encoding");
  }

  private boolean has(String name) {
    return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
  }
}
