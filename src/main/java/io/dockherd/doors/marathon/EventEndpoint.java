package io.dockherd.doors.marathon;

import io.dockherd.access.AppVerbs;
import io.dockherd.doors.Reply;
import io.dockherd.doors.marathon.events.EventFeed;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code GET /v2/events}: what happens, as server-sent events. */
record EventEndpoint(EventFeed events) {
  List<Route> routes() {
    return List.of(Route.read("GET", "/v2/events", AppVerbs.EVENTS, this::follow));
  }

  private Reply follow(MarathonCall call) {
    if (!call.accepts("text/event-stream") || call.open().method().equals("HEAD")) {
      throw MarathonError.of(405, "events are told as text/event-stream: GET, and accept that");
    }
    String last = call.open().headers().get("Last-Event-ID");
    return new Reply.Streamed(
        events.follow(
            call.open().who().origin(),
            Set.copyOf(call.query().texts("event_type")),
            Optional.ofNullable(last)));
  }
}
