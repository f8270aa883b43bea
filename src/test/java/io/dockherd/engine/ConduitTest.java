package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future.State;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConduitTest {
  private final ExecutorService sourceLoop = Executors.newSingleThreadExecutor();
  private final ExecutorService sinkLoop = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    sourceLoop.shutdownNow();
    sinkLoop.shutdownNow();
  }

  /** Gives what it has on a thread of its own, as much as is asked for. */
  private final class Source implements ReadStream<Buffer> {
    private final Buffer whole;
    private final Random sizes;
    private final Executor loop;
    private final int mostAtOnce;
    private Handler<Buffer> handler;
    private Handler<Void> endHandler;
    private Handler<Throwable> exceptionHandler;
    private long demand;
    private int at;

    Source(Buffer whole, Random sizes) {
      this(whole, sizes, sourceLoop, 50_000);
    }

    Source(Buffer whole, Random sizes, Executor loop, int mostAtOnce) {
      this.whole = whole;
      this.sizes = sizes;
      this.loop = loop;
      this.mostAtOnce = mostAtOnce;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
      loop.execute(
          () -> {
            demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
            while (demand > 0 && at < whole.length()) {
              demand--;
              int to = Math.min(whole.length(), at + 1 + sizes.nextInt(mostAtOnce));
              Buffer piece = whole.slice(at, to);
              at = to;
              if (handler != null) {
                handler.handle(piece);
              }
            }
            if (at == whole.length() && demand > 0) {
              demand = Long.MIN_VALUE;
              endHandler.handle(null);
            }
          });
      return this;
    }

    void breakOff(Throwable cause) {
      loop.execute(() -> exceptionHandler.handle(cause));
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(Handler<Throwable> next) {
      exceptionHandler = next;
      return this;
    }

    @Override
    public ReadStream<Buffer> handler(Handler<Buffer> next) {
      handler = next;
      return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
      return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
      return fetch(Long.MAX_VALUE);
    }

    @Override
    public ReadStream<Buffer> endHandler(Handler<Void> next) {
      endHandler = next;
      return this;
    }
  }

  /** Takes bytes on another thread, when it likes. */
  private final class Sink implements WriteStream<Buffer> {
    final Buffer taken = Buffer.buffer();
    private final Promise<Void> ended = Promise.promise();
    private int underWay;
    private int mostUnderWay;
    private int writes;
    private int failsAt = Integer.MAX_VALUE;

    @Override
    public Future<Void> write(Buffer bytes) {
      synchronized (this) {
        writes++;
        underWay += bytes.length();
        mostUnderWay = Math.max(mostUnderWay, underWay);
      }
      Promise<Void> written = Promise.promise();
      sinkLoop.execute(
          () -> {
            synchronized (this) {
              underWay -= bytes.length();
            }
            taken.appendBuffer(bytes);
            if (taken.length() > failsAt) {
              written.fail(new IOException("full"));
            } else {
              written.complete();
            }
          });
      return written.future();
    }

    @Override
    public Future<Void> end() {
      sinkLoop.execute(ended::complete);
      return ended.future();
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(Handler<Throwable> unused) {
      return this;
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int unused) {
      return this;
    }

    @Override
    public boolean writeQueueFull() {
      return false;
    }

    @Override
    public WriteStream<Buffer> drainHandler(Handler<Void> unused) {
      return this;
    }
  }

  private static Buffer bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }

  private static State awaited(Future<Void> future) throws Exception {
    try {
      future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
      return State.SUCCESS;
    } catch (java.util.concurrent.ExecutionException e) {
      return State.FAILED;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void allArrivesInOrderAndLittleIsUnderWay(long seed) throws Exception {
    Buffer whole = bytes(8 << 20, seed);
    Sink sink = new Sink();
    Future<Void> through = new Conduit(new Source(whole, new Random(seed))).to(sink);
    assertEquals(State.SUCCESS, awaited(through));
    assertArrayEquals(whole.getBytes(), sink.taken.getBytes());
    assertTrue(sink.ended.future().isComplete());
    assertTrue(
        sink.mostUnderWay <= 2 * Conduit.MOST_UNDER_WAY + 500_000,
        "under way " + sink.mostUnderWay);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 3_000, 6_000})
  void smallPiecesOfOneTurnAreWrittenTogetherAndInOrder(int mostAtOnce) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Context context = vertx.getOrCreateContext();
      Executor loop = task -> context.runOnContext(v -> task.run());
      int size = 200 * mostAtOnce;
      Buffer whole = bytes(size, mostAtOnce);
      Sink sink = new Sink();
      Source source = new Source(whole, new Random(mostAtOnce), loop, mostAtOnce);
      Future<Void> through = new Conduit(source).to(sink);
      assertEquals(State.SUCCESS, awaited(through));
      assertArrayEquals(whole.getBytes(), sink.taken.getBytes());
      assertTrue(
          sink.mostUnderWay <= Conduit.MOST_UNDER_WAY + 2 * Conduit.MOST_TOGETHER,
          "under way " + sink.mostUnderWay);
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void aThousandLinesTakeAFewWrites() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Context context = vertx.getOrCreateContext();
      AllInOneTurn lines = new AllInOneTurn(context, 1000);
      Sink sink = new Sink();
      assertEquals(State.SUCCESS, awaited(new Conduit(lines).to(sink)));
      assertEquals(1000 * AllInOneTurn.LINE.length(), sink.taken.length());
      assertEquals(1, sink.writes);
    } finally {
      vertx.close().await();
    }
  }

  /** As an engine's log comes out of one read: far more pieces than were asked for. */
  private static final class AllInOneTurn implements ReadStream<Buffer> {
    static final Buffer LINE = Buffer.buffer("a line\n");
    private final Context context;
    private int left;
    private Handler<Buffer> handler;
    private Handler<Void> endHandler;

    AllInOneTurn(Context context, int lines) {
      this.context = context;
      this.left = lines;
    }

    @Override
    public ReadStream<Buffer> fetch(long amount) {
      context.runOnContext(
          turn -> {
            if (left == 0) {
              return;
            }
            for (; left > 0; left--) {
              handler.handle(LINE);
            }
            endHandler.handle(null);
          });
      return this;
    }

    @Override
    public ReadStream<Buffer> handler(Handler<Buffer> next) {
      handler = next;
      return this;
    }

    @Override
    public ReadStream<Buffer> endHandler(Handler<Void> next) {
      endHandler = next;
      return this;
    }

    @Override
    public ReadStream<Buffer> exceptionHandler(Handler<Throwable> unused) {
      return this;
    }

    @Override
    public ReadStream<Buffer> pause() {
      return this;
    }

    @Override
    public ReadStream<Buffer> resume() {
      return fetch(Long.MAX_VALUE);
    }
  }

  @Test
  void nothingEndsAsNothing() throws Exception {
    Sink sink = new Sink();
    assertEquals(
        State.SUCCESS, awaited(new Conduit(new Source(bytes(0, 1), new Random(1))).to(sink)));
    assertEquals(0, sink.taken.length());
  }

  @Test
  void whatBreaksIsNotEnded() throws Exception {
    Sink sink = new Sink();
    Source source = new Source(bytes(1 << 20, 1), new Random(1));
    Conduit conduit = new Conduit(source);
    IOException cause = new IOException("gone");
    source.breakOff(cause);
    Future<Void> through = conduit.to(sink);
    assertEquals(State.FAILED, awaited(through));
    assertSame(cause, through.cause());
    assertFalse(sink.ended.future().isComplete());
  }

  @Test
  void whenTheOtherSideTakesNoMoreTheRestIsDropped() throws Exception {
    Sink sink = new Sink();
    sink.failsAt = 1 << 20;
    Source source = new Source(bytes(8 << 20, 1), new Random(1));
    assertEquals(State.FAILED, awaited(new Conduit(source).to(sink)));
    io.dockherd.Await.until(
        "the rest is read",
        java.time.Duration.ofSeconds(20),
        () -> source.at == source.whole.length());
    assertFalse(sink.ended.future().isComplete());
  }
}
