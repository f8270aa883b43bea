package io.dockherd.fleet.images;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineAddress;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.HttpEngine;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tee between real connections: one upload to three engines. */
class TeeUploadTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final List<Engine> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(Engine::close);
    vertx.close().await();
  }

  /** Counts what it is sent, and answers the sum. */
  private Engine counting() {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  long[] sum = {0};
                  request.handler(bytes -> sum[0] += bytes.length());
                  request.endHandler(
                      end ->
                          request
                              .response()
                              .putHeader("Api-Version", "1.41")
                              .end("{\"stream\":\"" + sum[0] + "\"}"));
                })
            .listen(0, "127.0.0.1")
            .await();
    EngineAddress address =
        new EngineAddress.Tcp("127.0.0.1", server.actualPort(), Optional.empty());
    Engine engine = HttpEngine.at(vertx, address, EngineSettings.defaults());
    engines.add(engine);
    return engine;
  }

  @Test
  void everyEngineGetsEveryByteOfManyUploads() throws Exception {
    for (int i = 0; i < 3; i++) {
      counting();
    }
    HttpServer door =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  request.pause();
                  Thread.ofVirtual().start(() -> answer(request));
                })
            .listen(0, "127.0.0.1")
            .await();
    Random random = new Random(7);
    for (int round = 0; round < 40; round++) {
      int bytes = (1 << 20) * (1 + random.nextInt(6)) + random.nextInt(100_000);
      String sum = String.valueOf(bytes);
      assertEquals(
          List.of(sum, sum, sum).toString(), upload(door.actualPort(), bytes), "round " + round);
    }
  }

  private void answer(io.vertx.core.http.HttpServerRequest request) {
    Tee tee = new Tee(request, engines.size(), Tee.Pace.USUAL);
    tee.start();
    List<String> sums = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> asked = new ArrayList<>();
      for (int i = 0; i < engines.size(); i++) {
        int number = i;
        asked.add(threads.submit(() -> load(engines.get(number), tee, number)));
      }
      for (Future<String> each : asked) {
        sums.add(each.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
      }
    } catch (Exception e) {
      sums.add(e.toString());
    }
    tee.close();
    request.response().end(sums.toString());
  }

  private static String load(Engine engine, Tee tee, int number) {
    EngineRequest request =
        EngineRequest.post(LIMIT, "images", "load")
            .body(new EngineRequest.Body.Stream("application/x-tar", tee.branch(number)));
    try (EngineStream stream = engine.stream(request)) {
      return new Messages(stream.body(), "engine").next(LIMIT).orElseThrow().getString("stream");
    }
  }

  private static String upload(int port, int bytes) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setChunkedStreamingMode(32 << 10);
    connection.setReadTimeout((int) LIMIT.toMillis());
    try (OutputStream out = connection.getOutputStream()) {
      byte[] part = new byte[64 << 10];
      for (int left = bytes; left > 0; left -= part.length) {
        out.write(part, 0, Math.min(left, part.length));
      }
    }
    return Buffer.buffer(connection.getInputStream().readAllBytes()).toString();
  }
}
