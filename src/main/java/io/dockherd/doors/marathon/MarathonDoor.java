package io.dockherd.doors.marathon;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.doors.Answer;
import io.dockherd.doors.Clearance;
import io.dockherd.doors.OpenCall;
import io.dockherd.doors.Query;
import io.dockherd.doors.Reply;
import io.dockherd.doors.StreamingDialect;
import io.dockherd.doors.marathon.definition.MarathonId;
import io.dockherd.doors.marathon.events.EventFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The Marathon API over HTTP, for the whole herd: docs/marathon.md says what of it there is. */
public final class MarathonDoor implements StreamingDialect {
  private static final Set<String> OWN =
      Set.of("apps", "tasks", "deployments", "groups", "info", "leader", "queue", "events");

  private final Gate gate;
  private final Audit audit;
  private final Routes routes;
  private final int bodyBytes;

  /**
   * The door to the herd's apps.
   *
   * @param events what happens to them; open
   * @param bodyBytes the longest body it reads
   */
  public MarathonDoor(Gate gate, Audit audit, Marathon marathon, EventFeed events, int bodyBytes) {
    this.gate = gate;
    this.audit = audit;
    this.bodyBytes = bodyBytes;
    List<Route> all = new ArrayList<>();
    all.addAll(new TaskEndpoints(marathon).routes());
    all.addAll(new VersionEndpoints(marathon).routes());
    all.addAll(new AppChangeEndpoints(marathon, events).routes());
    all.addAll(new AppEndpoints(marathon).routes());
    all.addAll(new DeploymentEndpoints(marathon).routes());
    all.addAll(new GroupEndpoints(marathon).routes());
    all.addAll(new QueueEndpoints(marathon).routes());
    all.addAll(new SystemEndpoints(marathon).routes());
    all.addAll(new EventEndpoint(events).routes());
    this.routes = new Routes(all);
  }

  @Override
  public String name() {
    return "marathon";
  }

  @Override
  public boolean owns(String method, String path) {
    String[] segments = path.split("/", 4);
    return path.equals("/ping")
        || path.equals("/metrics")
        || path.equals("/metrics/prometheus")
        || segments.length > 2 && segments[1].equals("v2") && OWN.contains(segments[2]);
  }

  @Override
  public Reply answer(OpenCall call) {
    Routes.Found found = routes.find(call.method(), call.path());
    Route route = found.route();
    Clearance clearance = new Clearance(gate, audit, call, route.verb());
    MarathonCall request =
        new MarathonCall(
            call,
            MarathonId.absolute(found.names().getOrDefault("id", ""), "/"),
            found.names(),
            Query.parse(call.query()),
            bodyBytes,
            clearance);
    boolean isChange = route.isChange() && !(route.hasDryRun() && request.isDryRun());
    try {
      if (!route.namesWithin()) {
        request.admit(request.subject());
      }
      Reply reply = route.endpoint().answer(request);
      if (isChange) {
        clearance.changed(String.valueOf(reply.status()));
      }
      return reply;
    } catch (RuntimeException e) {
      if (isChange) {
        clearance.changed(MarathonErrors.outcome(e));
      }
      throw e;
    }
  }

  @Override
  public Answer failed(String requestId, Throwable cause) {
    return MarathonErrors.answer(requestId, cause);
  }
}
