package io.dockherd.engine;

import io.dockherd.failure.Invalid;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Asks for a raw two-way stream, on a connection of its own. By hand, for Vert.x' client gives a
 * connection away only for GET and CONNECT, and engines want POST.
 */
final class Hijacking {
  /** What a header may be made of: nothing that ends a line. */
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
  private static final Pattern METHOD = Pattern.compile("[A-Z]+");

  private final Dialer dialer;
  private final int bodyLimitBytes;
  private final Buffer question;
  private NetSocket socket;
  private boolean cancelled;

  /**
   * A question for a stream.
   *
   * @throws Invalid when it can't be written as HTTP
   */
  Hijacking(
      EngineTransport transport,
      Dialer dialer,
      int bodyLimitBytes,
      String version,
      EngineRequest request) {
    this.dialer = dialer;
    this.bodyLimitBytes = bodyLimitBytes;
    this.question = question(transport, version, request);
  }

  /** Connects, asks, and brings what came of it. To be called on a context. */
  Future<Hijack> open() {
    return dialer.socket().compose(this::ask);
  }

  /** Closes the connection if it has come about. To be called on the same context. */
  void abandon() {
    cancelled = true;
    if (socket != null) {
      socket.close();
    }
  }

  private Future<Hijack> ask(NetSocket connected) {
    socket = connected;
    if (cancelled) {
      connected.close();
      return Future.failedFuture("cancelled");
    }
    AnswerHeadReader reader = new AnswerHeadReader();
    ((NetSocketInternal) connected)
        .channelHandlerContext()
        .pipeline()
        .addBefore("handler", "answer-head", reader);
    DuplexStream stream = DuplexStream.over(connected);
    connected.write(question);
    return reader.head().compose(head -> answer(head, stream));
  }

  private Future<Hijack> answer(AnswerHead head, DuplexStream stream) {
    if (head.opensStream()) {
      return Future.succeededFuture(new Hijack.Open(head.status(), head.headers(), stream));
    }
    return DeclinedAnswer.of(head, stream, bodyLimitBytes).map(Hijack.Declined::new);
  }

  private static Buffer question(EngineTransport transport, String version, EngineRequest request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Host", List.of(transport.host()));
    headers.put("Connection", List.of("Upgrade"));
    headers.put("Upgrade", List.of("tcp"));
    Buffer body =
        switch (request.body()) {
          case EngineRequest.Body.Empty() -> Buffer.buffer();
          case EngineRequest.Body.Bytes(String type, Buffer bytes) -> {
            headers.put("Content-Type", List.of(type));
            yield bytes;
          }
          case EngineRequest.Body.Stream stream ->
              throw new Invalid(
                  request.path(),
                  "a request for a two-way stream can't carry a streamed body",
                  "write to the stream once it is open");
        };
    headers.put("Content-Length", List.of(Integer.toString(body.length())));
    transport.headers().forEach((name, value) -> set(headers, name, List.of(value)));
    request.headers().forEach((name, values) -> set(headers, name, values));
    require(METHOD, request.method(), request);
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ');
    head.append(transport.prefix()).append(version).append(request.target());
    head.append(" HTTP/1.1\r\n");
    headers.forEach(
        (name, values) -> {
          require(HEADER_NAME, name, request);
          for (String value : values) {
            require(HEADER_VALUE, value, request);
            head.append(name).append(": ").append(value).append("\r\n");
          }
        });
    head.append("\r\n");
    return Buffer.buffer(head.toString().getBytes(StandardCharsets.ISO_8859_1)).appendBuffer(body);
  }

  private static void set(Map<String, List<String>> headers, String name, List<String> values) {
    headers.keySet().removeIf(name::equalsIgnoreCase);
    headers.put(name, values);
  }

  private static void require(Pattern allowed, String text, EngineRequest request) {
    if (!allowed.matcher(text).matches()) {
      throw new Invalid(
          request.path(), "the request can't be sent: '" + text + "' is no part of a head", "");
    }
  }
}
