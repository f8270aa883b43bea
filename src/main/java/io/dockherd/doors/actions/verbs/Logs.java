package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Action;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.Envelope;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.Whereabouts;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.fleet.Fleet;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container wrote, as text: the last lines, both streams in their order unless one is off.
 */
final class Logs {
  static final Field<String> TAIL =
      Field.of(
          "tail",
          "a number of lines or \"all\"",
          "how many of the last lines; usually 100",
          Logs::readTail);

  static final Field<Moment> SINCE = moment("since", "only what was written since then");
  static final Field<Moment> UNTIL = moment("until", "only what was written before then");
  static final Field<Boolean> STDOUT = Field.flag("stdout", "standard output; usually true");
  static final Field<Boolean> STDERR = Field.flag("stderr", "standard error; usually true");
  static final Field<Boolean> TIMESTAMPS = Field.flag("timestamps", "when before each line");

  /** More than that is cut, so that one chatty container can't fill the node's memory. */
  static final int MOST_BYTES = 4 << 20;

  private static final String USUAL_TAIL = "100";

  private Logs() {}

  /** {@code clock}: what a span counts back from. */
  static Action action(Whereabouts whereabouts, InstantSource clock) {
    return new ContainerAction(
        List.of("logs-container", "logs"),
        false,
        Limit.CHANGING,
        List.of(TAIL, SINCE, UNTIL, STDOUT, STDERR, TIMESTAMPS),
        whereabouts,
        (container, request) -> read(container, request, clock.instant()));
  }

  private static Reply read(Fleet.Located container, ActionRequest request, Instant now) {
    EngineRequest call =
        EngineCalls.about(container, request, "GET", "logs")
            .query("stdout", request.get(STDOUT).orElse(true))
            .query("stderr", request.get(STDERR).orElse(true))
            .query("timestamps", request.is(TIMESTAMPS))
            .query("tail", request.get(TAIL).orElse(USUAL_TAIL));
    call = optional(call, "since", request.get(SINCE), now);
    call = optional(call, "until", request.get(UNTIL), now);
    String node = container.host().node();
    try (EngineStream stream = container.host().stream(call)) {
      BodyReader.Text text =
          new BodyReader(stream.body(), node).all(MOST_BYTES, request.deadline());
      if (stream.status() >= 400) {
        return Reply.of(new EngineResponse(stream.status(), stream.headers(), text.bytes()), node);
      }
      Map<String, Object> more = text.isCut() ? Map.of("truncated", true) : Map.of();
      return new Reply(
          200,
          Envelope.ofText(
              stream.status(), stream.headers(), Output.text(text.bytes()), node, more));
    }
  }

  private static EngineRequest optional(
      EngineRequest call, String name, Optional<Moment> moment, Instant now) {
    return moment.map(given -> call.query(name, Moment.seconds(given.at(now)))).orElse(call);
  }

  private static Optional<String> readTail(Object value) {
    String text = value.toString();
    return Optional.of(text).filter(tail -> tail.equals("all") || tail.matches("\\d{1,9}"));
  }

  private static Field<Moment> moment(String name, String meaning) {
    return Field.of(
        name,
        "seconds since 1970, a date and time, or a span as 10m",
        meaning,
        value ->
            Moment.parse(
                value instanceof Number
                    ? new BigDecimal(value.toString()).toPlainString()
                    : value.toString()));
  }
}
