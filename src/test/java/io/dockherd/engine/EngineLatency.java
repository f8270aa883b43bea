package io.dockherd.engine;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Measures what the client costs: the time of one inspect through {@link HttpEngine} from a virtual
 * thread, against the same bytes over a bare blocking socket from a platform thread, one connection
 * each, in turns.
 */
final class EngineLatency {
  private static final int ROUNDS = 12;
  private static final int CALLS = 1500;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private EngineLatency() {}

  /** Prints p50 and p99 in microseconds, and the ratio of the p50s; the first rounds warm up. */
  public static void main(String[] arguments) throws InterruptedException {
    Thread thread = Thread.ofVirtual().start(EngineLatency::measure);
    thread.join();
  }

  private static void measure() {
    Vertx vertx = Vertx.vertx();
    try (RealEngine real = RealEngine.start();
        HttpEngine engine = HttpEngine.at(vertx, real.address(), EngineSettings.defaults());
        RawClient raw = new RawClient(real)) {
      String id = container(engine);
      EngineRequest inspect = EngineRequest.get(LIMIT, "containers", id, "json");
      EngineRequest ping = EngineRequest.get(LIMIT, "_ping");
      for (int round = 1; round <= ROUNDS; round++) {
        report(
            round,
            "inspect",
            onPlatformThread(() -> times(() -> raw.get("/v1.41/containers/" + id + "/json"))),
            times(() -> engine.call(inspect)));
        report(round, "ping", times(() -> raw.get("/v1.41/_ping")), times(() -> engine.call(ping)));
      }
    } finally {
      vertx.close().await();
    }
  }

  static String container(Engine engine) {
    JsonObject body =
        new JsonObject()
            .put("Image", "busybox")
            .put("Cmd", new JsonArray().add("sleep").add("600"))
            .put("HostConfig", new JsonObject().put("NetworkMode", "none"));
    EngineResponse created =
        engine.call(EngineRequest.post(LIMIT, "containers", "create").json(body));
    String id = ((JsonObject) created.json().orElseThrow()).getString("Id");
    engine.call(EngineRequest.post(LIMIT, "containers", id, "start"));
    return id;
  }

  private static long[] times(Runnable call) {
    long[] times = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      call.run();
      times[i] = System.nanoTime() - start;
    }
    Arrays.sort(times);
    return times;
  }

  private static long[] onPlatformThread(Supplier<long[]> measurement) {
    CompletableFuture<long[]> times = new CompletableFuture<>();
    Thread.ofPlatform().start(() -> times.complete(measurement.get()));
    return times.join();
  }

  private static void report(int round, String what, long[] raw, long[] engine) {
    System.out.printf(
        "%2d %-8s raw p50 %6.1f p99 %7.1f us   engine p50 %6.1f p99 %7.1f us   ratio %.2f%n",
        round,
        what,
        raw[CALLS / 2] / 1e3,
        raw[CALLS * 99 / 100] / 1e3,
        engine[CALLS / 2] / 1e3,
        engine[CALLS * 99 / 100] / 1e3,
        (double) engine[CALLS / 2] / raw[CALLS / 2]);
  }

  /** As little as can be done: one blocking socket, answers with Content-Length or chunked. */
  private static final class RawClient implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(1 << 20);

    RawClient(RealEngine real) {
      try {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(real.socket()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void get(String path) {
      try {
        channel.write(
            ByteBuffer.wrap(
                ("GET " + path + " HTTP/1.1\r\nHost: docker\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1)));
        in.clear();
        do {
          channel.read(in);
        } while (!isWhole());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private boolean isWhole() {
      String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return false;
      }
      int length = text.indexOf("Content-Length: ");
      if (length < 0 || length > end) {
        return text.endsWith("0\r\n\r\n");
      }
      int bytes =
          Integer.parseInt(
              text.substring(length + "Content-Length: ".length(), text.indexOf("\r\n", length)));
      return text.length() == end + 4 + bytes;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
