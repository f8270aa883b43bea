package io.dockherd.doors.apps;

import io.dockherd.access.AppVerbs;
import io.dockherd.apps.AppEvent;
import io.dockherd.apps.Apps;
import io.dockherd.apps.model.AppPath;
import io.dockherd.doors.Reply;
import io.dockherd.doors.Turned;
import io.dockherd.engine.EngineResponse.Header;
import io.dockherd.engine.EngineStream;
import io.dockherd.fleet.events.Lines;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * {@code GET /v1/events?group=/shop}: what happens to apps from now on, a JSON object a line; as
 * server-sent events for whoever accepts {@code text/event-stream}. A reader who is too slow is cut
 * off, others don't notice. An empty line now and then says that the line is alive.
 */
public final class AppEvents implements AutoCloseable {
  private static final Log LOG = Log.of(AppEvents.class);
  private static final int MOST_READERS = 200;
  private static final int BACKLOG = 4_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BEAT = Duration.ofSeconds(15);
  private static final String SSE = "text/event-stream";

  private final InstantSource clock;
  private final List<Reader> readers = new CopyOnWriteArrayList<>();
  private final ScheduledFuture<?> heart;

  private record Reader(Lines lines, String group, boolean isSse) {
    void tell(AppEvent event, JsonObject told) {
      if (event.path().isUnder(group) || event.path().value().equals(group)) {
        lines.write(Buffer.buffer(isSse ? sse(told) : told.encode() + "\n"));
      }
    }

    private static String sse(JsonObject told) {
      return "event: " + told.getString("event") + "\ndata: " + told.encode() + "\n\n";
    }

    void beat() {
      lines.write(Buffer.buffer(isSse ? ":\n\n" : "\n"));
    }
  }

  /** Those of these apps; follows them from now on. */
  public AppEvents(Apps apps, InstantSource clock, ScheduledExecutorService timer) {
    this.clock = clock;
    apps.listen(this::tell);
    heart =
        timer.scheduleAtFixedRate(
            () -> readers.forEach(Reader::beat),
            BEAT.toMillis(),
            BEAT.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  List<Route> routes() {
    return List.of(Route.read("/v1/events", "", false, AppVerbs.EVENTS, this::follow));
  }

  private void tell(AppEvent event) {
    if (!readers.isEmpty()) {
      JsonObject told = EventForms.of(event).put("atMillis", clock.millis());
      readers.forEach(reader -> reader.tell(event, told));
    }
  }

  private Reply follow(AppsCall call) {
    if (readers.size() >= MOST_READERS) {
      throw new Turned(503, "busy", MOST_READERS + " others follow the events already");
    }
    boolean isSse =
        call.open().headers().getAll("Accept").stream().anyMatch(header -> header.contains(SSE));
    String said = call.query().text("group");
    String group = said.isEmpty() || said.equals("/") ? "/" : AppPath.of(said).value();
    Lines lines = new Lines(BACKLOG, PATIENCE);
    Reader reader = new Reader(lines, group, isSse);
    readers.add(reader);
    reader.beat(); // So that whoever waits for the first byte knows that he will miss nothing.
    lines.onClose(() -> remove(reader, call.open().requestId()));
    return new Reply.Streamed(
        new EngineStream(
            200,
            List.of(
                new Header("Content-Type", isSse ? SSE : "application/x-ndjson"),
                new Header("Cache-Control", "no-cache, no-transform")),
            lines,
            lines::close));
  }

  private void remove(Reader reader, String requestId) {
    readers.remove(reader);
    reader
        .lines
        .cutOffBecause()
        .ifPresent(
            reason -> LOG.warn("reader of events cut off", "request", requestId, "reason", reason));
  }

  /** Ends all streams. */
  @Override
  public void close() {
    heart.cancel(false);
    readers.forEach(reader -> reader.lines.end());
  }
}
