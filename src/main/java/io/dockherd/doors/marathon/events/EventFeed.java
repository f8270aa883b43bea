package io.dockherd.doors.marathon.events;

import io.dockherd.apps.AppEvent;
import io.dockherd.apps.Apps;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.doors.Readers;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.events.Lines;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

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

  private static final Buffer BEAT = Buffer.buffer(":\n\n");

  private final String life;
  private final InstantSource clock;
  private final EventWords words;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private final Readers<Set<String>> readers = new Readers<>(MOST_READERS);
  private long keptBytes;
  private long last;

  /** What was told, as it was sent. */
  private record Kept(long number, String type, Buffer frame) {}

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
    readers.open(timer);
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
    readers.tell(types -> isWanted(types, type) ? Optional.of(frame) : Optional.empty());
  }

  /** All are, where none are named. */
  private static boolean isWanted(Set<String> types, String type) {
    return types.isEmpty() || types.contains(type);
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
   * @throws io.dockherd.doors.Turned when there are too many readers
   */
  public synchronized EngineStream follow(String who, Set<String> types, Optional<String> after) {
    return readers.follow(
        who,
        types,
        "text/event-stream",
        BEAT,
        lines -> {
          attach(lines, types, who);
          after.flatMap(this::number).ifPresent(number -> replay(lines, types, number));
        });
  }

  /** Told to him alone; where he does not want it he is told how far we are all the same. */
  private void attach(Lines lines, Set<String> types, String who) {
    String type = "event_stream_attached";
    JsonObject data = marked(type, new JsonObject().put("remoteAddress", who));
    lines.write(
        isWanted(types, type)
            ? new MarathonEvent(last, type, data).frame(life)
            : Buffer.buffer(MarathonEvent.mark(life, last) + "\n"));
  }

  /** Empty when it is none of ours: then he begins with what comes. */
  private Optional<Long> number(String mark) {
    String digits = mark.startsWith(life + "-") ? mark.substring(life.length() + 1) : "";
    return digits.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }

  private void replay(Lines lines, Set<String> types, long after) {
    kept.stream()
        .filter(event -> event.number() > after && isWanted(types, event.type()))
        .forEach(event -> lines.write(event.frame()));
  }

  /** Ends all streams. */
  @Override
  public void close() {
    readers.close();
  }
}
