package io.dockherd.doors.apps;

import io.dockherd.access.AppVerbs;
import io.dockherd.apps.AppEvent;
import io.dockherd.apps.Apps;
import io.dockherd.apps.model.AppPath;
import io.dockherd.doors.Readers;
import io.dockherd.doors.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * {@code GET /v1/events?group=/shop}: what happens to apps from now on, a JSON object a line; as
 * server-sent events for whoever accepts {@code text/event-stream}. A reader who is too slow is cut
 * off, others don't notice. An empty line now and then says that the line is alive.
 */
public final class AppEvents implements AutoCloseable {
  private static final int MOST_READERS = 200;
  private static final String SSE = "text/event-stream";

  private final InstantSource clock;
  private final Readers<Wish> readers = new Readers<>(MOST_READERS);

  private record Wish(String group, boolean isSse) {
    boolean isAbout(AppPath path) {
      return path.isUnder(group) || path.value().equals(group);
    }

    Buffer form(JsonObject told) {
      return Buffer.buffer(
          isSse
              ? "event: " + told.getString("event") + "\ndata: " + told.encode() + "\n\n"
              : told.encode() + "\n");
    }

    Buffer beat() {
      return Buffer.buffer(isSse ? ":\n\n" : "\n");
    }
  }

  /** Those of these apps; follows them from now on. */
  public AppEvents(Apps apps, InstantSource clock, ScheduledExecutorService timer) {
    this.clock = clock;
    apps.listen(this::tell);
    readers.open(timer);
  }

  List<Route> routes() {
    return List.of(Route.read("/v1/events", "", false, AppVerbs.EVENTS, this::follow));
  }

  private void tell(AppEvent event) {
    if (!readers.isEmpty()) {
      JsonObject told = EventForms.of(event).put("atMillis", clock.millis());
      readers.tell(
          wish -> wish.isAbout(event.path()) ? Optional.of(wish.form(told)) : Optional.empty());
    }
  }

  private Reply follow(AppsCall call) {
    boolean isSse =
        call.open().headers().getAll("Accept").stream().anyMatch(header -> header.contains(SSE));
    String said = call.query().text("group");
    String group = said.isEmpty() || said.equals("/") ? "/" : AppPath.of(said).value();
    Wish wish = new Wish(group, isSse);
    // A beat first, so that whoever waits for the first byte knows that he will miss nothing.
    return new Reply.Streamed(
        readers.follow(
            call.open().who().origin(),
            wish,
            isSse ? SSE : "application/x-ndjson",
            wish.beat(),
            lines -> lines.write(wish.beat())));
  }

  /** Ends all streams. */
  @Override
  public void close() {
    readers.close();
  }
}
