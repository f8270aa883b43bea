package io.dockherd.herd.discovery.stores;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Answers as it is told, on loopback, and remembers what it was asked. */
final class ScriptedServer implements AutoCloseable {
  /**
   * What it is asked.
   *
   * @param path with the query, as it was sent
   */
  record Asked(String method, String path, String body) {
    @Override
    public String toString() {
      return method + " " + path + (body.isEmpty() ? "" : " " + body);
    }
  }

  /** What it answers. */
  record Told(int status, Map<String, String> headers, String body) {
    static Told ok(String body) {
      return new Told(200, Map.of(), body);
    }

    static Told failed(int status, String body) {
      return new Told(status, Map.of(), body);
    }
  }

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  ScriptedServer(Function<Asked, Told> script) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> answer(exchange, script));
    server.start();
  }

  private void answer(HttpExchange exchange, Function<Asked, Told> script) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Asked question =
          new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), body);
      asked.add(question);
      Told told = script.apply(question);
      told.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = told.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(told.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Where it listens: {@code 127.0.0.1:32379}. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** What it was asked so far. */
  List<Asked> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
