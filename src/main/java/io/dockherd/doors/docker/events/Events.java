package io.dockherd.doors.docker.events;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.events.FeedSettings;
import io.dockherd.fleet.events.HerdFeed;
import io.dockherd.fleet.events.Lines;
import io.dockherd.fleet.events.Remembered;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code GET /events?since=&until=&filters=}: a JSON object a line. Everything the herd tells in
 * order ({@link HerdFeed}), marked with its node ({@link NodeMark}), filtered here ({@link
 * EventFilter}). A reader who is too slow is cut off, others don't notice.
 */
public final class Events {
  private static final Log LOG = Log.of(Events.class);
  private static final Remembered NOTHING = new Remembered(List.of(), Map.of());

  private final HerdFeed feed;
  private final NodeMarks marks;
  private final InstantSource clock;
  private final AtomicInteger readers = new AtomicInteger();

  public Events(HerdFeed feed, HerdEngines engines, InstantSource clock) {
    this.feed = feed;
    this.marks = new NodeMarks(engines);
    this.clock = clock;
  }

  /** Its route. */
  public List<Route> routes() {
    return List.of(Route.read("GET", "/events", "system.events", this::answer));
  }

  /** How many callers follow the events just now: {@code NEventsListener} of {@code /info}. */
  public int readers() {
    return readers.get();
  }

  private Reply answer(DockerCall call) {
    EventSpan span = EventSpan.of(call.query());
    boolean isOver = span.isOver(clock.instant());
    EventFilter filter = EventFilter.parse(call.query().text("filters"));
    FeedSettings settings = feed.settings();
    Lines lines = new Lines(settings.backlog(), settings.patience());
    EventReader reader = new EventReader(filter, marks, lines, span.to(), settings.backlog());
    marks.look();
    call.open()
        .whileThere(
            () -> {
              try {
                if (!isOver) {
                  follow(call, span, reader, lines);
                }
                reader.begin(span.hasPast() ? feed.remembered(span.from(), span.to()) : NOTHING);
                return lines;
              } catch (InterruptedException e) {
                lines.close();
                throw new Unreachable("events", "the caller has gone", "", e);
              } catch (RuntimeException e) {
                lines.close();
                throw e;
              }
            });
    if (isOver) {
      lines.end();
    }
    return Replies.of(lines.answer());
  }

  private void follow(DockerCall call, EventSpan span, EventReader reader, Lines lines)
      throws InterruptedException {
    HerdFeed.Following following = feed.follow(reader);
    readers.incrementAndGet();
    Runnable timer = span.until().map(until -> endAt(until, lines)).orElse(() -> {});
    lines.onClose(
        () -> {
          following.close();
          readers.decrementAndGet();
          timer.run();
          lines
              .cutOffBecause()
              .ifPresent(
                  reason ->
                      LOG.warn(
                          "reader of events cut off",
                          "request",
                          call.open().requestId(),
                          "who",
                          call.who().name(),
                          "reason",
                          reason));
        });
  }

  /**
   * Ends the lines at that time, and a little later so that what happened before is told.
   *
   * @return takes that back
   */
  private Runnable endAt(Instant until, Lines lines) {
    Duration rest = Duration.between(clock.instant(), until).plus(feed.settings().hold());
    Thread timer =
        Thread.ofVirtual()
            .name("end of events")
            .start(
                () -> {
                  try {
                    Thread.sleep(rest.plusMillis(50));
                    lines.end();
                  } catch (InterruptedException e) {
                    LOG.debug("reader of events went before the end");
                  }
                });
    return timer::interrupt;
  }
}
