package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.Aggregate;
import io.dockherd.doors.actions.Envelope;
import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.Reply;
import io.dockherd.doors.actions.Whereabouts;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Running and stopped containers: of one engine, asked now, or with {@code all} of the herd. */
record ListContainers(Fleet fleet, Whereabouts whereabouts, InstantSource clock) implements Asking {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  @Override
  public List<String> names() {
    return List.of("list-containers");
  }

  @Override
  public String verb() {
    return "container.list";
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(NodeAction.ALL, NodeActions.FILTERS);
  }

  @Override
  public Reply perform(ActionRequest request) {
    if (!request.is(NodeAction.ALL)) {
      return ask(whereabouts.nodeOrThis(request), request);
    }
    boolean isPlain = request.get(NodeActions.FILTERS).isEmpty();
    return isPlain
        ? known()
        : FanOut.ask("containers", fleet.hosts(), request.deadline(), host -> ask(host, request))
            .reply();
  }

  /** What every node has told: no engine is asked and nothing is parsed. */
  private Reply known() {
    List<EngineResponse.Header> headers =
        List.of(
            new EngineResponse.Header("Content-Type", "application/json"),
            new EngineResponse.Header("Date", date()));
    Aggregate aggregate = new Aggregate("containers");
    for (Host host : fleet.hosts()) {
      try {
        Buffer list = fleet.containersJson(host.node());
        aggregate.add(new Reply(200, Envelope.ofJson(200, headers, list, host.node(), Map.of())));
      } catch (Failure e) {
        aggregate.add(host.node(), e);
      }
    }
    return aggregate.reply();
  }

  private String date() {
    return HTTP_DATE.format(clock.instant().atZone(ZoneOffset.UTC));
  }

  private static Reply ask(Host host, ActionRequest request) {
    EngineRequest call = EngineCalls.of(request, "GET", "containers", "json").query("all", 1);
    return EngineCalls.envelope(
        host,
        request
            .get(NodeActions.FILTERS)
            .map(filters -> call.query("filters", filters.encode()))
            .orElse(call));
  }
}
