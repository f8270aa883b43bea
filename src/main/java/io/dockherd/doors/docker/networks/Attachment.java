package io.dockherd.doors.docker.networks;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.doors.docker.containers.ContainerLookup;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Fleet.Located;
import io.dockherd.fleet.networks.KnownNetwork;
import io.dockherd.fleet.networks.KnownNetwork.Copy;
import io.dockherd.fleet.networks.KnownNetwork.Reach;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Puts containers on networks and takes them off, at the engine that has the container. */
public record Attachment(Fleet fleet, NetworkLookup networks, ContainerLookup lookup) {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  public Attachment {
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(networks, "networks");
    Objects.requireNonNull(lookup, "lookup");
  }

  /** Its routes. */
  public List<Route> routes() {
    return List.of(
        Route.change("POST", "/networks/{name}/connect", "network.connect", this::connect),
        Route.change(
            "POST", "/networks/{name}/disconnect", "network.disconnect", this::disconnect));
  }

  private Reply connect(DockerCall call) {
    KnownNetwork network = networks.of(call.name("name"));
    JsonObject body = call.json();
    Located container = lookup.of(container(body));
    String node = container.host().node();
    String id = network.on(node).map(Copy::id).orElseGet(() -> brought(network, node));
    return Replies.of(ask(container, id, "connect", body));
  }

  /** One of the herd is made where it is needed. */
  private String brought(KnownNetwork network, String node) {
    if (network.reach() != Reach.HERD) {
      throw elsewhere(network, node);
    }
    return fleet.networkOn(node, network.id(), LIMIT);
  }

  private Reply disconnect(DockerCall call) {
    KnownNetwork network = networks.of(call.name("name"));
    JsonObject body = call.json();
    boolean isForced = Boolean.TRUE.equals(body.getValue("Force"));
    try {
      Located container = lookup.of(container(body));
      String node = container.host().node();
      String id = network.on(node).map(Copy::id).orElseThrow(() -> elsewhere(network, node));
      return Replies.of(ask(container, id, "disconnect", body));
    } catch (NotFound gone) {
      if (!isForced) {
        throw gone;
      }
      return leftBehind(network, body, gone);
    }
  }

  /** A container that is gone may have left its endpoint; by force it is taken off all the same. */
  private Reply leftBehind(KnownNetwork network, JsonObject body, NotFound gone) {
    for (Copy copy : network.copies()) {
      EngineResponse response =
          fleet
              .host(copy.node())
              .call(EngineRequest.post(LIMIT, "networks", copy.id(), "disconnect").json(body));
      if (response.isSuccess()) {
        return Replies.of(response);
      }
    }
    throw gone;
  }

  private static EngineResponse ask(
      Located container, String network, String verb, JsonObject body) {
    JsonObject own = body.copy().put("Container", container.id());
    return container.host().call(EngineRequest.post(LIMIT, "networks", network, verb).json(own));
  }

  private static String container(JsonObject body) {
    if (body.getValue("Container") instanceof String name && !name.isEmpty()) {
      return name;
    }
    throw new DockerError(400, "no container is named");
  }

  private static DockerError elsewhere(KnownNetwork network, String node) {
    return new DockerError(
        404,
        "network "
            + network.name()
            + " not found on "
            + node
            + ", where the container is: it is on "
            + String.join(", ", network.copies().stream().map(Copy::node).toList()));
  }
}
