package io.dockherd.engine;

import io.dockherd.failure.Failure;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Follows an engine's events on a virtual thread: asks for a stream, tells what comes, and when it
 * breaks or the engine no longer answers, asks again from where it was.
 */
final class EventFollower implements EventFeed {
  private static final Log LOG = Log.of(EventFollower.class);

  /** So many pieces of a stream may lie about unread; the engine is held back then. */
  private static final int PIECES = 16;

  private final Engine engine;
  private final EngineSettings settings;
  private final EngineEventListener listener;
  private final ToldEvents told;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private volatile boolean isConnected;

  /** Told once until the engine is back, however often it is tried. */
  private boolean isLossTold;

  /** Something of a stream. */
  private sealed interface Piece {
    record Bytes(Buffer bytes) implements Piece {}

    record End(String reason) implements Piece {}

    record Silence() implements Piece {}
  }

  /** The stream is of no use any more. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String reason) {
      super(reason, null, false, false);
    }
  }

  private EventFollower(
      Engine engine, EngineSettings settings, Instant since, EngineEventListener listener) {
    this.engine = engine;
    this.settings = settings;
    this.listener = listener;
    this.told = new ToldEvents(since, settings.events().overlap());
  }

  /** Starts to follow. */
  static EventFollower start(
      Engine engine, EngineSettings settings, Instant since, EngineEventListener listener) {
    EventFollower follower = new EventFollower(engine, settings, since, listener);
    Thread.ofVirtual().name("events of " + engine.address()).start(follower::run);
    return follower;
  }

  @Override
  public boolean isConnected() {
    return isConnected;
  }

  @Override
  public void close() {
    closed.countDown();
    pieces.add(new Piece.End("closed"));
  }

  private void run() {
    EngineSettings.Events pauses = settings.events();
    Duration pause = pauses.firstRetry();
    while (isOpen()) {
      // A stream that stood for long and ends is news; one that does not stand is the same trouble.
      if (attempt().compareTo(pauses.lastRetry()) > 0) {
        pause = pauses.firstRetry();
      }
      rest(pause);
      pause = longer(pause);
    }
  }

  /** Follows one stream to its end; says how long that took. */
  private Duration attempt() {
    long start = System.nanoTime();
    try (EngineStream stream = ask()) {
      isConnected = true;
      isLossTold = false;
      tell(listener::onConnected);
      read(stream);
    } catch (Broken | Failure e) {
      isConnected = false;
      lost(e instanceof Failure failure ? failure.explanation() : e.getMessage());
    } catch (RuntimeException e) {
      // Whatever it is, a node that no longer hears its engine would be worse.
      isConnected = false;
      LOG.error("engine events broke off", e, "engine", engine.address());
      lost(e.toString());
    }
    isConnected = false;
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void lost(String reason) {
    if (isOpen() && !isLossTold) {
      isLossTold = true;
      tell(() -> listener.onLost(reason));
    }
  }

  private EngineStream ask() throws Broken {
    Instant since = told.resumeFrom();
    String from = "%d.%09d".formatted(since.getEpochSecond(), since.getNano());
    EngineStream stream =
        engine.stream(EngineRequest.get(settings.probeLimit(), "events").query("since", from));
    if (stream.status() != 200) {
      stream.close();
      throw new Broken("the engine answered " + stream.status() + " when asked for events");
    }
    return stream;
  }

  private void read(EngineStream stream) throws Broken {
    BlockingQueue<Piece> arriving = new LinkedBlockingQueue<>();
    pieces = arriving;
    stream.body().handler(bytes -> arriving.add(new Piece.Bytes(bytes)));
    stream.body().endHandler(end -> arriving.add(new Piece.End("the engine ended the events")));
    stream.body().exceptionHandler(e -> arriving.add(new Piece.End(e.getMessage())));
    stream.body().fetch(PIECES);
    JsonObjectSplitter splitter =
        new JsonObjectSplitter(settings.events().eventLimitBytes(), this::event, this::skipped);
    while (isOpen()) {
      switch (next(arriving)) {
        case Piece.Silence() -> probe();
        case Piece.Bytes(Buffer bytes) -> {
          splitter.accept(bytes);
          stream.body().fetch(1);
        }
        case Piece.End(String reason) -> throw new Broken(reason);
      }
    }
  }

  private Piece next(BlockingQueue<Piece> arriving) throws Broken {
    try {
      Piece piece = arriving.poll(settings.events().silence().toNanos(), TimeUnit.NANOSECONDS);
      return piece == null ? new Piece.Silence() : piece;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** A silent engine has nothing to tell, or hangs: whoever answers a ping does not. */
  private void probe() throws Broken {
    EngineResponse answer = engine.call(EngineRequest.get(settings.probeLimit(), "_ping"));
    if (!answer.isSuccess()) {
      throw new Broken("the engine answered " + answer.status() + " to a ping");
    }
  }

  private void event(Buffer text) {
    EventText.parse(text)
        .ifPresentOrElse(
            event -> {
              if (isOpen() && told.add(event)) {
                tell(() -> listener.onEvent(event));
              }
            },
            () -> skipped("no event"));
  }

  private void skipped(String reason) {
    LOG.warn("engine event skipped", "engine", engine.address(), "reason", reason);
  }

  /** A listener's own trouble must not end the feed. */
  private void tell(Runnable told) {
    try {
      told.run();
    } catch (RuntimeException e) {
      if (isOpen()) {
        LOG.error("listener of engine events failed", e, "engine", engine.address());
      }
    }
  }

  private void rest(Duration pause) {
    try {
      closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      close();
    }
  }

  /** The thread is the feed's own: whoever interrupts it, a listener even, wants it to end. */
  private Broken interrupted() {
    close();
    return new Broken("interrupted");
  }

  private Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    Duration most = settings.events().lastRetry();
    return doubled.compareTo(most) < 0 ? doubled : most;
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }
}
