package io.dockherd.doors;

import io.dockherd.engine.EngineResponse.Header;
import io.dockherd.engine.EngineStream;
import io.dockherd.fleet.events.Lines;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Those who follow what a door tells: so many and no more, for each is a connection and a place
 * among the door's calls. A beat now and then keeps their lines open. One who is too slow is cut
 * off; others don't notice.
 *
 * @param <W> what one wants to be told, and how
 */
public final class Readers<W> implements AutoCloseable {
  private static final Log LOG = Log.of(Readers.class);
  private static final int BACKLOG = 4_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BEAT = Duration.ofSeconds(15);

  private final int most;
  private final List<Reader<W>> all = new CopyOnWriteArrayList<>();
  private volatile Optional<ScheduledFuture<?>> heart = Optional.empty();

  private record Reader<W>(Lines lines, W wants, Buffer beat) {}

  /** Nobody yet; so many at most. */
  public Readers(int most) {
    this.most = most;
  }

  /** Begins to beat. */
  public void open(ScheduledExecutorService timer) {
    heart =
        Optional.of(
            timer.scheduleAtFixedRate(
                () -> all.forEach(reader -> reader.lines().write(reader.beat())),
                BEAT.toMillis(),
                BEAT.toMillis(),
                TimeUnit.MILLISECONDS));
  }

  /** Whether there is nobody to be told. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /**
   * One more, as the stream that is his answer.
   *
   * @param who for the log, when he is cut off
   * @param contentType of what he is told
   * @param beat a word that means nothing in it
   * @param first writes what he is told before all else
   * @throws Turned when there are too many
   */
  public synchronized EngineStream follow(
      String who, W wants, String contentType, Buffer beat, Consumer<Lines> first) {
    if (all.size() >= most) {
      throw new Turned(503, "busy", most + " others follow the events already");
    }
    Lines lines = new Lines(BACKLOG, PATIENCE);
    Reader<W> reader = new Reader<>(lines, wants, beat);
    first.accept(lines);
    all.add(reader);
    lines.onClose(() -> remove(reader, who));
    return new EngineStream(
        200,
        List.of(
            new Header("Content-Type", contentType),
            new Header("Cache-Control", "no-cache, no-transform")),
        lines,
        lines::close);
  }

  private void remove(Reader<W> reader, String who) {
    all.remove(reader);
    reader
        .lines()
        .cutOffBecause()
        .ifPresent(reason -> LOG.warn("reader of events cut off", "who", who, "reason", reason));
  }

  /** Tells each what that comes to for him; never waits. */
  public void tell(Function<W, Optional<Buffer>> words) {
    all.forEach(reader -> words.apply(reader.wants()).ifPresent(reader.lines()::write));
  }

  /** Ends all streams. */
  @Override
  public void close() {
    heart.ifPresent(beats -> beats.cancel(false));
    all.forEach(reader -> reader.lines().end());
  }
}
