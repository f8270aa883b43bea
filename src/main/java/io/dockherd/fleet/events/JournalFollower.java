package io.dockherd.fleet.events;

import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Unreachable;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.parsetools.RecordParser;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Follows another node's journal on a virtual thread: asks for a stream, tells what comes, and when
 * it breaks asks again from the number it was at, so that nothing is lost nor told twice.
 */
final class JournalFollower implements AutoCloseable {
  private static final Log LOG = Log.of(JournalFollower.class);

  /** So many pieces of a stream may lie about unread; the other node holds the rest then. */
  private static final int PIECES = 16;

  /** A longer line is none of a journal's. */
  private static final int MOST_LINE_BYTES = 4 << 20;

  private final String node;
  private final Journals journals;
  private final FeedSettings settings;
  private final Consumer<HerdEvent> listener;
  private final CountDownLatch tried = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private volatile Position position;

  /** Something of a stream. */
  private sealed interface Piece {
    record Bytes(Buffer bytes) implements Piece {}

    record End(String reason) implements Piece {}
  }

  /**
   * @param from what to tell first
   * @param listener told on the follower's thread
   */
  JournalFollower(
      String node,
      Position from,
      Journals journals,
      FeedSettings settings,
      Consumer<HerdEvent> listener) {
    this.node = node;
    this.position = from;
    this.journals = journals;
    this.settings = settings;
    this.listener = listener;
  }

  void start() {
    Thread.ofVirtual().name("events of " + node).start(this::run);
  }

  /** Waits until the stream stands, or has failed to for the first time, or the limit passes. */
  void awaitFirst(Duration limit) throws InterruptedException {
    tried.await(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
  }

  /** How far it is. */
  Position position() {
    return position;
  }

  @Override
  public void close() {
    closed.countDown();
    pieces.add(new Piece.End("closed"));
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }

  private void run() {
    Duration pause = settings.firstRetry();
    while (isOpen()) {
      long start = System.nanoTime();
      try {
        attempt();
      } catch (Failure | DecodeException | ClassCastException | NullPointerException e) {
        LOG.debug("events of a node broke off", "node", node, "reason", e);
      } catch (InterruptedException e) {
        close();
      }
      tried.countDown();
      boolean stoodLong = System.nanoTime() - start > settings.lastRetry().toNanos();
      pause = stoodLong ? settings.firstRetry() : pause;
      rest(pause);
      pause = longer(pause);
    }
  }

  private void rest(Duration pause) {
    try {
      closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      close();
    }
  }

  private Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(settings.lastRetry()) < 0 ? doubled : settings.lastRetry();
  }

  private void attempt() throws InterruptedException {
    try (EngineStream stream =
        journals.stream(node, Asked.following(position).request(settings.asking()))) {
      if (stream.status() != 200) {
        throw broken("it answered " + stream.status());
      }
      read(stream);
    }
  }

  private void read(EngineStream stream) throws InterruptedException {
    BlockingQueue<Piece> arriving = new LinkedBlockingQueue<>();
    pieces = arriving;
    RecordParser lines = RecordParser.newDelimited("\n", this::line);
    lines.maxRecordSize(MOST_LINE_BYTES);
    stream.body().handler(bytes -> arriving.add(new Piece.Bytes(bytes)));
    stream.body().endHandler(end -> arriving.add(new Piece.End("it ended")));
    stream.body().exceptionHandler(e -> arriving.add(new Piece.End(String.valueOf(e))));
    stream.body().fetch(PIECES);
    while (isOpen()) {
      switch (arriving.poll(settings.silence().toNanos(), TimeUnit.NANOSECONDS)) {
        case null -> probe();
        case Piece.Bytes(Buffer bytes) -> {
          lines.handle(bytes);
          stream.body().fetch(1);
        }
        case Piece.End(String reason) -> throw broken(reason);
      }
    }
  }

  /** A silent stream has nothing to tell, or leads nowhere: whoever is further on, hangs. */
  private void probe() {
    EngineResponse answer = journals.call(node, Asked.howFar().request(settings.asking()));
    boolean isAsFar =
        answer.status() == 200
            && JournalLine.read(firstLine(answer.body()))
                instanceof JournalLine.Head(String life, long at, long now)
            && life.equals(position.life())
            && at == position.after();
    // It may just be on its way: then the stream is opened anew for nothing, from where it was.
    if (!isAsFar && pieces.isEmpty()) {
      throw broken("it is silent");
    }
  }

  static Buffer firstLine(Buffer body) {
    String text = body.toString();
    int end = text.indexOf('\n');
    return Buffer.buffer(end < 0 ? text : text.substring(0, end));
  }

  private void line(Buffer line) {
    switch (JournalLine.read(line)) {
      case JournalLine.Head(String life, long at, long now) -> {
        // By the clock there: where to go on should that be another process the next time.
        long since = position.since() == 0 ? now : position.since();
        position = new Position(life, at, since);
        tried.countDown();
      }
      case JournalLine.Event(long number, long nanos, var json) -> {
        Position before = position;
        if (number != 0 && number > before.after() + 1) {
          LOG.warn("events were lost", "node", node, "count", number - before.after() - 1);
        }
        position =
            new Position(
                before.life(), Math.max(number, before.after()), Math.max(nanos, before.since()));
        if (isOpen() && (number == 0 || number > before.after())) {
          listener.accept(new HerdEvent(node, before.life(), number, nanos, json));
        }
      }
    }
  }

  private Unreachable broken(String reason) {
    return new Unreachable(node, "the events of node " + node + " broke off: " + reason, "");
  }
}
