package io.dockherd.apps.logs;

import io.dockherd.apps.model.Instance;
import io.dockherd.engine.BodyChunks;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.watch.ContainerStatus;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The lines of one container, read by a thread of its own a little ahead of whoever takes them. One
 * that ends and is started again is read on from where it was.
 */
final class LogSource {
  private static final Log LOG = Log.of(LogSource.class);
  private static final Duration HEAD = Duration.ofSeconds(30);

  /** A container may be silent for as long as it likes. */
  private static final Duration SILENCE = Duration.ofDays(365);

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int AHEAD = 64;

  private final Fleet fleet;
  private final Instance instance;
  private final String container;
  private final String id;
  private final LogRequest request;
  private final Runnable news;
  private final BlockingQueue<AppLine> lines = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private volatile boolean isClosed;
  private volatile boolean isOver;
  private volatile boolean isCaughtUp;
  private final LogPlace place = new LogPlace();

  /**
   * @param news told when there is a line, or the end
   */
  LogSource(
      Fleet fleet,
      Instance instance,
      String container,
      String id,
      LogRequest request,
      Runnable news) {
    this.fleet = fleet;
    this.instance = instance;
    this.container = container;
    this.id = id;
    this.request = request;
    this.news = news;
    this.thread = Thread.ofVirtual().name("log " + id).unstarted(this::read);
  }

  void start() {
    thread.start();
  }

  void close() {
    isClosed = true;
    thread.interrupt();
  }

  /** The next line, without waiting. */
  Optional<AppLine> head() {
    return Optional.ofNullable(lines.peek());
  }

  void take() {
    lines.poll();
  }

  /** Whether there is nothing more to come of it. */
  boolean isOver() {
    return isOver && lines.isEmpty();
  }

  /** Whether it was silent for a moment, so that nobody need wait for an older line of it. */
  boolean isCaughtUp() {
    return isCaughtUp || isOver;
  }

  private void read() {
    boolean isFirst = true;
    try {
      while (true) {
        Optional<ContainerStatus> before = status();
        isFirst &= !readOnce(isFirst);
        if (!request.follows() || isClosed) {
          return;
        }
        isCaughtUp = true;
        news.run();
        do {
          Thread.sleep(AGAIN);
        } while (!isFirst && hasNoMore(before));
      }
    } catch (InterruptedException e) {
      LOG.debug("log no longer read", "container", id);
    } finally {
      isOver = true;
      news.run();
    }
  }

  /** What is known of it; empty when that is nothing. */
  private Optional<ContainerStatus> status() {
    try {
      return fleet.known(instance.node()).stream()
          .filter(container -> container.id().equals(id))
          .map(KnownContainer::status)
          .findFirst();
    } catch (NotFound e) {
      return Optional.empty();
    }
  }

  /** Whether it had ended before it was read, and has not run since: its engine is left alone. */
  private boolean hasNoMore(Optional<ContainerStatus> before) {
    return before.isPresent() && !before.get().isOccupying() && before.equals(status());
  }

  /** False when its engine did not give it. */
  private boolean readOnce(boolean isFirst) throws InterruptedException {
    EngineRequest asked =
        EngineRequest.get(HEAD, "containers", id, "logs")
            .query("stdout", 1)
            .query("stderr", 1)
            .query("timestamps", 1)
            .query("follow", request.follows() ? 1 : 0);
    if (isFirst && request.tail().isPresent()) {
      asked = asked.query("tail", request.tail().getAsInt());
    }
    Instant since = request.since().orElse(Instant.EPOCH);
    if (!isFirst) {
      place.readAgain();
      since = place.last().isAfter(since) ? place.last() : since;
    }
    if (since.isAfter(Instant.EPOCH)) {
      asked =
          asked.query("since", since.getEpochSecond() + "." + "%09d".formatted(since.getNano()));
    }
    try (EngineStream stream = fleet.host(instance.node()).stream(asked)) {
      if (stream.status() == 200) {
        copy(stream);
        return true;
      }
    } catch (Failure e) {
      LOG.debug("log not read", "container", id, "reason", e.getMessage());
    }
    // What came before it broke off is not to come twice.
    return place.last().isAfter(Instant.EPOCH);
  }

  private void copy(EngineStream stream) throws InterruptedException {
    List<LineReader.Line> read = new ArrayList<>();
    LineReader reader = new LineReader(read::add);
    BodyChunks chunks = new BodyChunks(stream.body(), instance.node());
    Optional<Buffer> chunk = chunks.next(SILENCE);
    while (chunk.isPresent() && !isClosed) {
      reader.read(chunk.get());
      pass(read);
      chunk = chunks.next(SILENCE);
    }
    reader.end();
    pass(read);
  }

  private void pass(List<LineReader.Line> read) throws InterruptedException {
    for (LineReader.Line line : read) {
      AppLine next = line(line);
      if (place.goOn(next)) {
        while (!lines.offer(next, 1, TimeUnit.SECONDS)) {
          if (isClosed) {
            throw new InterruptedException();
          }
        }
        news.run();
      }
    }
    read.clear();
  }

  private AppLine line(LineReader.Line line) {
    int space = line.text().indexOf(' ');
    Instant time = place.last();
    String text = line.text();
    try {
      String stamp = space < 0 ? line.text() : line.text().substring(0, space);
      time = OffsetDateTime.parse(stamp).toInstant();
      text = space < 0 ? "" : line.text().substring(space + 1);
    } catch (DateTimeException e) {
      // The rest of a line that was longer than an engine keeps in one piece.
      time = place.last();
    }
    return new AppLine(
        instance.path(), instance.id(), container, instance.node(), time, line.isError(), text);
  }
}
