package io.dockherd.fleet.events;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineEvent;
import io.dockherd.engine.EngineEvents;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Unreachable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What an engine remembers of what happened: its last 256 events. */
final class EngineMemory {
  private final Engine engine;
  private final Duration limit;

  EngineMemory(Engine engine, Duration limit) {
    this.engine = engine;
    this.limit = limit;
  }

  /**
   * Asks for all of it. An engine ends its answer when {@code until} has come by its own clock,
   * which may be another than ours: so it is asked for the time first. A second more, for it tells
   * whole seconds only.
   */
  List<EngineEvent> ask() {
    Instant now = dated(engine.call(EngineRequest.get(limit, "_ping"))).orElseGet(Instant::now);
    EngineResponse answer =
        engine.call(
            EngineRequest.get(limit, "events")
                .query("since", 1)
                .query("until", now.getEpochSecond() + 1));
    if (answer.status() != 200) {
      throw new Unreachable(
          engine.address().toString(), "the engine answered " + answer.status(), "");
    }
    return EngineEvents.read(answer.body());
  }

  private static Optional<Instant> dated(EngineResponse answer) {
    return answer.headers().stream()
        .filter(header -> header.name().equalsIgnoreCase("Date"))
        .findFirst()
        .flatMap(header -> date(header.value()));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
