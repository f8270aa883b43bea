package io.dockherd.doors.docker.volumes;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.OneAtATime;
import io.dockherd.fleet.requests.PlacementLabels;
import io.dockherd.herd.facts.Facts;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.Placement;
import io.dockherd.scheduling.Rule;
import io.dockherd.scheduling.expressions.Expression;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code POST /volumes/create}: on one node, where the name ({@code host-1/data}), the labels or
 * the herd's strategy say; a container that names the volume goes there. Where one of that name is
 * already, nothing is made, as with Docker.
 */
public final class CreateVolume {
  /** A driver may have to fetch something first. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String PROJECT = "com.docker.compose.project";

  private final Fleet fleet;
  private final VolumeBook book;
  private final NameForm form;
  private final OneAtATime oneAtATime;

  /** In that fleet; the answer is named in that form. */
  public CreateVolume(Fleet fleet, Facts facts, NameForm form) {
    this.fleet = fleet;
    this.book = new VolumeBook(facts);
    this.form = form;
    this.oneAtATime = new OneAtATime(fleet);
  }

  /** Its route. */
  public List<Route> routes() {
    return List.of(Route.change("POST", "/volumes/create", "volume.create", this::answer));
  }

  private Reply answer(DockerCall call) {
    JsonObject body = call.json();
    String written = body.getValue("Name") instanceof String name ? name : "";
    String name = written.substring(written.indexOf('/') + 1);
    if (name.isEmpty()) {
      return make(body, written);
    }
    return oneAtATime.with("volume/" + name, () -> make(body, written));
  }

  private Reply make(JsonObject body, String written) {
    int slash = written.indexOf('/');
    String name = written.substring(slash + 1);
    Demand demand = demand(body, slash < 0 ? "" : written.substring(0, slash), name);
    Failure trouble = null;
    for (String node : nodes(demand, written)) {
      try {
        EngineRequest request =
            EngineRequest.post(LIMIT, "volumes", "create").json(body.copy().put("Name", name));
        return reply(node, fleet.host(node).call(request));
      } catch (Unreachable e) {
        trouble = e;
      }
    }
    throw trouble;
  }

  /**
   * Where one is already, its engine has the word: it may be of another driver. And if that engine
   * is away, a second one elsewhere, empty, is not what anybody wants.
   */
  private List<String> nodes(Demand demand, String written) {
    List<String> having =
        book.called(written).stream().flatMap(volume -> volume.nodes().stream()).toList();
    if (!having.isEmpty() && demand.rules().isEmpty()) {
      return having;
    }
    Placement placement = fleet.rank(demand);
    placement.first(demand);
    List<String> ranked = placement.nodes();
    List<String> there = ranked.stream().filter(having::contains).toList();
    return there.isEmpty() ? ranked : there;
  }

  private Demand demand(JsonObject body, String node, String name) {
    List<Rule> rules =
        node.isEmpty()
            ? List.of()
            : List.of(new Rule.Constraint(Expression.parse("node==" + node)));
    return PlacementLabels.demand("the volume " + name, body, rules, besideItsProject(body));
  }

  /** A container can only have volumes of one node: those of one project are likely to be one's. */
  private List<Rule> besideItsProject(JsonObject body) {
    Object project =
        body.getValue("Labels") instanceof JsonObject labels ? labels.getValue(PROJECT) : null;
    if (project == null) {
      return List.of();
    }
    Set<String> nodes =
        book.all().stream()
            .filter(volume -> project.equals(volume.labels().getValue(PROJECT)))
            .flatMap(volume -> volume.nodes().stream())
            .collect(Collectors.toSet());
    return nodes.isEmpty()
        ? List.of()
        : List.of(new Rule.Whitelist(nodes, "beside the volumes of " + project));
  }

  private Reply reply(String node, EngineResponse response) {
    if (!response.isSuccess() || !(response.json().orElse("") instanceof JsonObject made)) {
      return Replies.of(response);
    }
    KnownVolume volume = new KnownVolume(made.getString("Name"), List.of(node), made);
    return Replies.json(response.status(), new ShownVolumes(form, book.all()).shown(volume));
  }
}
