package io.dockherd.doors.docker.networks;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.OneAtATime;
import io.dockherd.fleet.networks.HerdNetwork;
import io.dockherd.fleet.networks.KnownNetwork;
import io.dockherd.fleet.requests.PlacementLabels;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.Placement;
import io.dockherd.scheduling.Rule;
import io.dockherd.scheduling.expressions.Expression;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * {@code POST /networks/create}: a bridge becomes a network of the herd, made on one node now and
 * on others when containers there need it; what is asked for on a node, {@code host-1/app}, or of
 * another driver, is made on one node and stays there.
 */
public record CreateNetwork(Fleet fleet) {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Set<String> BRIDGES = Set.of("", "default", "bridge");

  public CreateNetwork {
    Objects.requireNonNull(fleet, "fleet");
  }

  /** Its route. */
  public List<Route> routes() {
    return List.of(Route.change("POST", "/networks/create", "network.create", this::answer));
  }

  private Reply answer(DockerCall call) {
    JsonObject body = call.json();
    String written = text(body, "Name");
    String name = written.substring(written.indexOf('/') + 1);
    if (name.isEmpty()) {
      throw new Invalid("Name", "invalid name: '" + written + "'", "");
    }
    return new OneAtATime(fleet).with("network/" + name, () -> make(body, written));
  }

  private Reply make(JsonObject body, String written) {
    int slash = written.indexOf('/');
    String node = slash < 0 ? "" : written.substring(0, slash);
    String name = written.substring(slash + 1);
    refuseIfTaken(node, name);
    JsonObject asked = isOfTheHerd(node, body) ? HerdNetwork.first(name, body) : plain(name, body);
    List<Rule> rules =
        node.isEmpty()
            ? List.of()
            : List.of(new Rule.Constraint(Expression.parse("node==" + node)));
    Demand demand = PlacementLabels.demand("the network " + name, body, rules, List.of());
    Placement placement = fleet.rank(demand);
    placement.first(demand);
    Failure trouble = null;
    for (String best : placement.nodes()) {
      try {
        EngineRequest request = EngineRequest.post(LIMIT, "networks", "create").json(asked);
        return Replies.of(fleet.host(best).call(request));
      } catch (Unreachable e) {
        trouble = e;
      }
    }
    throw trouble;
  }

  /**
   * Two of one name are never of use: which of them a container was on would be chance. The names
   * of those all engines have are left to the engine to refuse.
   */
  private void refuseIfTaken(String node, String name) {
    if (KnownNetwork.BUILT_IN.contains(name)) {
      return;
    }
    boolean isTaken =
        fleet.networks().named(name).stream()
            .anyMatch(
                network ->
                    node.isEmpty()
                        || network.reach() != KnownNetwork.Reach.NODE
                        || network.on(node).isPresent());
    if (isTaken) {
      throw new DockerError(409, "network with name " + name + " already exists");
    }
  }

  private static boolean isOfTheHerd(String node, JsonObject body) {
    boolean isFromAnother =
        body.getValue("ConfigFrom") instanceof JsonObject from && !text(from, "Network").isEmpty();
    return node.isEmpty()
        && BRIDGES.contains(text(body, "Driver"))
        && !Boolean.TRUE.equals(body.getValue("ConfigOnly"))
        && !isFromAnother;
  }

  private static JsonObject plain(String name, JsonObject body) {
    JsonObject plain = body.copy().put("Name", name);
    if (plain.getValue("Labels") instanceof JsonObject) {
      plain.put("Labels", HerdNetwork.bare(body));
    }
    return plain;
  }

  private static String text(JsonObject json, String key) {
    return json.getValue(key) instanceof String text ? text : "";
  }
}
