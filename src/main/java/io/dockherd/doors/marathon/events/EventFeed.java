package io.dockherd.doors.marathon.events;

import io.dockherd.apps.AppEvent;
import io.dockherd.apps.Apps;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.doors.Turned;
import io.dockherd.engine.EngineResponse.Header;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.events.Lines;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells readers what happens, as server-sent events. The last are kept, {@value #KEPT} or as many
 * as {@value #KEPT_BYTES} bytes hold: a reader who comes back and says how far he had come
 * (Last-Event-ID) misses nothing, unless it was long. One who is too slow is cut off; others don't
 * notice.
 */
public final class EventFeed implements AutoCloseable {
  private static final Log LOG = Log.of(EventFeed.class);
  private static final int KEPT = 1_000;

  /** An event of a deployment holds two apps, which may be long. */
  private static final int KEPT_BYTES = 4 << 20;

  /** Each is a connection and a place among the door's calls. */
  private static final int MOST_READERS = 100;

  private static final int BACKLOG = 4 * KEPT;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Buffer BEAT = Buffer.buffer(":\n\n");

  private final String life;
  private final InstantSource clock;
  private final EventWords words;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private final List<Reader> readers = new ArrayList<>();
  private Optional<ScheduledFuture<?>> heart = Optional.empty();
  private long keptBytes;
  private long last;

  /** What was told, as it was sent. */
  private record Kept(long number, String type, Buffer frame) {}

  /**
   * One who follows.
   *
   * @param types empty for all
   */
  private record Reader(Lines lines, Set<String> types) {
    boolean wants(String type) {
      return types.isEmpty() || types.contains(type);
    }
  }

  /**
   * Not open yet.
   *
   * @param life unique to this life of the node
   */
  public EventFeed(Apps apps, String life, InstantSource clock) {
    this.life = life;
    this.clock = clock;
    this.words = new EventWords(apps);
  }

  /** Begins to follow the apps. */
  public void open(Apps apps, ScheduledExecutorService timer) {
    words.look();
    apps.listen(this::take);
    heart =
        Optional.of(
            timer.scheduleAtFixedRate(
                this::beat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void take(AppEvent event) {
    try {
      words.of(event).forEach(word -> publish(word.type(), word.data()));
    } catch (Failure e) {
      LOG.warn("event not told", "app", event.path(), "reason", e.getMessage());
    }
  }

  /** Tells all readers. Never waits. */
  public synchronized void publish(String type, JsonObject data) {
    MarathonEvent event = new MarathonEvent(++last, type, marked(type, data));
    Buffer frame = event.frame(life);
    keep(new Kept(event.number(), type, frame));
    List.copyOf(readers).stream()
        .filter(reader -> reader.wants(type))
        .forEach(reader -> reader.lines.write(frame));
  }

  private void keep(Kept one) {
    kept.add(one);
    keptBytes += one.frame().length();
    while (kept.size() > KEPT || keptBytes > KEPT_BYTES) {
      keptBytes -= kept.remove().frame().length();
    }
  }

  private JsonObject marked(String type, JsonObject data) {
    return data.copy().put("eventType", type).put("timestamp", AppVersion.text(clock.instant()));
  }

  /**
   * A stream of them for one reader.
   *
   * @param types those he wants; empty for all
   * @param after what he read last; what came later and is still kept is told first
   * @throws Turned when there are too many readers
   */
  public synchronized EngineStream follow(String who, Set<String> types, Optional<String> after) {
    if (readers.size() >= MOST_READERS) {
      throw new Turned(503, "busy", MOST_READERS + " others follow the events already");
    }
    Lines lines = new Lines(BACKLOG, PATIENCE);
    Reader reader = new Reader(lines, types);
    attach(reader, who);
    after.flatMap(this::number).ifPresent(number -> replay(reader, number));
    readers.add(reader);
    lines.onClose(() -> remove(reader, who));
    return new EngineStream(
        200,
        List.of(
            new Header("Content-Type", "text/event-stream"),
            new Header("Cache-Control", "no-cache, no-transform")),
        lines,
        lines::close);
  }

  /** Told to him alone; where he does not want it he is told how far we are all the same. */
  private void attach(Reader reader, String who) {
    String type = "event_stream_attached";
    JsonObject data = marked(type, new JsonObject().put("remoteAddress", who));
    if (reader.wants(type)) {
      reader.lines.write(new MarathonEvent(last, type, data).frame(life));
    } else {
      reader.lines.write(Buffer.buffer(MarathonEvent.mark(life, last) + "\n"));
    }
  }

  /** Empty when it is none of ours: then he begins with what comes. */
  private Optional<Long> number(String mark) {
    String digits = mark.startsWith(life + "-") ? mark.substring(life.length() + 1) : "";
    return digits.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }

  private void replay(Reader reader, long after) {
    kept.stream()
        .filter(event -> event.number() > after && reader.wants(event.type()))
        .forEach(event -> reader.lines.write(event.frame()));
  }

  private void remove(Reader reader, String who) {
    synchronized (this) {
      readers.remove(reader);
    }
    reader
        .lines
        .cutOffBecause()
        .ifPresent(reason -> LOG.warn("reader of events cut off", "who", who, "reason", reason));
  }

  private synchronized void beat() {
    List.copyOf(readers).forEach(reader -> reader.lines.write(BEAT));
  }

  /** Ends all streams. */
  @Override
  public void close() {
    List<Reader> all;
    synchronized (this) {
      heart.ifPresent(beats -> beats.cancel(false));
      all = List.copyOf(readers);
    }
    all.forEach(reader -> reader.lines.end());
  }
}
