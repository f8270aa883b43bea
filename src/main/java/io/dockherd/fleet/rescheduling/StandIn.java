package io.dockherd.fleet.rescheduling;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Refused;
import io.dockherd.fleet.CreateOrder;
import io.dockherd.fleet.Creation;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.networks.HerdNetwork;
import io.dockherd.fleet.requests.CreateRequest;
import io.dockherd.fleet.watch.KnownContainer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes displaced containers anew. Each step looks first at what is there: it may be the second
 * try.
 */
record StandIn(Fleet fleet) {
  /** Pulling included: the next node may lack the image. */
  private static final Duration MAKING = Duration.ofMinutes(10);

  private static final Duration ATTEMPT = Duration.ofSeconds(30);
  private static final Duration CALL = Duration.ofSeconds(30);

  /** What of a network's list entry a create call takes. */
  private static final List<String> NETWORK =
      List.of(
          "Name", "Driver", "EnableIPv6", "IPAM", "Internal", "Attachable", "Options", "Labels");

  /**
   * Makes it where it fits, not yet started.
   *
   * @throws RuntimeException a failure, when no node takes it
   */
  Sightings.Seen make(Displaced displaced) {
    String name = displaced.recreation().name();
    JsonObject document = displaced.recreation().document().copy();
    JsonObject labels = document.getJsonObject("Labels", new JsonObject()).copy();
    document.put("Labels", labels.put(KnownContainer.REPLACES_LABEL, displaced.id()));
    CreateRequest request = CreateRequest.read(name, document, "", false, displaced.swarmId());
    CreateOrder order =
        new CreateOrder(
            name, request.document(), true, "", MAKING, ATTEMPT, Optional.of(request.demand()), "");
    return seen(name, fleet.create(order, 1).getFirst());
  }

  /**
   * Makes it on that node under another name, beside its original, not yet started.
   *
   * @return its id
   * @throws RuntimeException a failure, when the node does not take it
   */
  String makeOn(String node, Displaced displaced, String name) {
    JsonObject document = displaced.recreation().document().copy();
    document.getJsonObject("Labels", new JsonObject()).remove(KnownContainer.REPLACES_LABEL);
    CreateRequest request = CreateRequest.read(name, document, "", false, displaced.swarmId());
    CreateOrder order =
        new CreateOrder(
            name, request.document(), true, "", MAKING, ATTEMPT, Optional.of(request.demand()), "");
    return seen(name, fleet.createOn(node, order)).id();
  }

  private static Sightings.Seen seen(String name, Creation outcome) {
    return switch (outcome) {
      case Creation.Created made -> new Sightings.Seen(made.node(), made.id());
      case Creation.Declined declined ->
          throw new Refused(
              name,
              "the engine of " + declined.node() + " said: " + declined.response().message(),
              "");
      case Creation.Failed failed -> throw failed.failure();
    };
  }

  /** Connects it as its original was, and starts it if that ran. */
  void bringUp(Displaced displaced, String node, String id) {
    if (!displaced.ran()) {
      return;
    }
    Host host = fleet.host(node);
    JsonObject inspected = inspect(host, id).orElseThrow(() -> new Refused(id, "it is gone", ""));
    if (inspected.getJsonObject("State", new JsonObject()).getBoolean("Running", false)) {
      return;
    }
    displaced.networks().forEach(network -> ensure(host, network));
    JsonObject connected =
        inspected
            .getJsonObject("NetworkSettings", new JsonObject())
            .getJsonObject("Networks", new JsonObject());
    for (String network : new TreeSet<>(displaced.recreation().networks().keySet())) {
      if (!connected.containsKey(network)) {
        JsonObject endpoint = displaced.recreation().networks().get(network);
        check(
            host.call(
                EngineRequest.post(CALL, "networks", network, "connect")
                    .json(new JsonObject().put("Container", id).put("EndpointConfig", endpoint))));
      }
    }
    check(host.call(EngineRequest.post(CALL, "containers", id, "start")));
  }

  /**
   * A network the lost node had. One of the herd is made as it always is, for every engine chooses
   * its own subnet, and the lost one's may be taken here; another as it was.
   */
  private void ensure(Host host, JsonObject network) {
    String name = network.getString("Name", "");
    if (fleet.networks().ofTheHerd(name).isPresent()) {
      fleet.networkOn(host.node(), name, CALL);
    } else if (host.call(EngineRequest.get(CALL, "networks", name)).status() == 404) {
      JsonObject document = HerdNetwork.again(network).orElseGet(() -> asItWas(network));
      check(host.call(EngineRequest.post(CALL, "networks", "create").json(document)));
    }
  }

  private static JsonObject asItWas(JsonObject network) {
    JsonObject document = new JsonObject().put("CheckDuplicate", true);
    NETWORK.forEach(
        field -> {
          if (network.getValue(field) != null) {
            document.put(field, network.getValue(field));
          }
        });
    return document;
  }

  /** What its engine says of it now; empty when it is gone. */
  static Optional<JsonObject> inspect(Host host, String id) {
    EngineResponse response = host.call(EngineRequest.get(CALL, "containers", id, "json"));
    if (response.status() == 404) {
      return Optional.empty();
    }
    check(response);
    return Optional.of(response.body().toJsonObject());
  }

  /** Removes a container and nothing else: no volume, named or not. */
  static void remove(Host host, String id) {
    EngineResponse response =
        host.call(EngineRequest.delete(CALL, "containers", id).query("force", 1));
    if (response.status() != 404) {
      check(response);
    }
  }

  static void check(EngineResponse response) {
    if (!response.isSuccess() && response.status() != 304) {
      throw new Refused("", "an engine said: " + response.message(), "");
    }
  }
}
