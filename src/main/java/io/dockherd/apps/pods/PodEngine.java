package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppLabel;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Refused;
import io.dockherd.fleet.CreateOrder;
import io.dockherd.fleet.Creation;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.requests.Fields;
import io.dockherd.fleet.watch.KnownContainer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is done at this node's own engine for instances. An answer of the engine's that is no yes is
 * a {@link Refused} in its words.
 */
final class PodEngine {
  /** An engine that starts twenty containers at once takes seconds for one. */
  private static final Duration CALL = Duration.ofSeconds(60);

  private final Fleet fleet;
  private final Commands commands;

  PodEngine(Fleet fleet) {
    this.fleet = fleet;
    this.commands = new Commands(fleet);
  }

  /**
   * The list entries of all containers that belong to instances of this herd, in any state. What
   * was made by others and only bears their labels is none.
   */
  List<JsonObject> containers() {
    return containers(List.of(PodLabels.INSTANCE)).stream().filter(this::isOurs).toList();
  }

  private boolean isOurs(JsonObject entry) {
    return PodLabels.of(fleet.herd(), entry).isPresent();
  }

  /** The same of one instance. */
  List<JsonObject> containersOf(AppPath path, InstanceId id) {
    return containersOf(path, id, Set.of());
  }

  /**
   * The same.
   *
   * @param known ids of its containers: one of them is its own though somebody has renamed it
   */
  List<JsonObject> containersOf(AppPath path, InstanceId id, Collection<String> known) {
    return containers(ofInstance(path, id)).stream()
        .filter(entry -> isOurs(entry) || known.contains(entry.getString("Id")))
        .toList();
  }

  private static List<String> ofInstance(AppPath path, InstanceId id) {
    return List.of(PodLabels.APP + "=" + path, PodLabels.INSTANCE + "=" + id);
  }

  private List<JsonObject> containers(List<String> more) {
    return objects(
        check(
            fleet
                .local()
                .call(
                    EngineRequest.get(CALL, "containers", "json")
                        .query("all", 1)
                        .query("filters", labelled(more)))));
  }

  /** As engines take it to list only what bears our herd's label and those. */
  private String labelled(List<String> more) {
    JsonArray labels = new JsonArray().add(KnownContainer.HERD_LABEL + "=" + fleet.herd());
    more.forEach(labels::add);
    return new JsonObject().put("label", labels).encode();
  }

  /** The list entries of all containers there are, whoever made them. */
  List<JsonObject> everyContainer() {
    return objects(
        check(fleet.local().call(EngineRequest.get(CALL, "containers", "json").query("all", 1))));
  }

  /** What inspect says; empty when there is no such container. */
  Optional<JsonObject> inspect(String id) {
    EngineResponse response = fleet.local().call(EngineRequest.get(CALL, "containers", id, "json"));
    return response.status() == 404
        ? Optional.empty()
        : Optional.of(check(response).body().toJsonObject());
  }

  /**
   * Makes a container under a name that is claimed in the herd.
   *
   * @return its id
   */
  String create(String name, JsonObject document) {
    Creation made =
        fleet.createOn(
            fleet.local().node(),
            new CreateOrder(name, document, false, CALL).sealed(AppLabel.SEAL));
    return switch (made) {
      case Creation.Created created -> created.id();
      case Creation.Declined declined -> throw new Refused(name, declined.response().message(), "");
      case Creation.Failed failed -> throw failed.failure();
    };
  }

  /** Puts a container on one network more. */
  void connect(String id, String network, JsonObject endpoint) {
    String here =
        fleet.networks().ofTheHerd(network).isPresent()
            ? fleet.networkOn(fleet.local().node(), network, CALL)
            : network;
    change(
        EngineRequest.post(CALL, "networks", here, "connect")
            .json(new JsonObject().put("Container", id).put("EndpointConfig", endpoint)));
  }

  void start(String id) {
    change(EngineRequest.post(CALL, "containers", id, "start"));
  }

  /** Asks it to end, and kills it after the grace; one that has gone has ended. */
  void stop(String id, Duration grace) {
    changeIfThere(
        EngineRequest.post(CALL.plus(grace), "containers", id, "stop")
            .query("t", Math.max(0, (grace.toMillis() + 999) / 1000)));
  }

  /** Removes it and its nameless volumes. */
  void remove(String id) {
    changeIfThere(EngineRequest.delete(CALL, "containers", id).query("v", 1).query("force", 1));
  }

  /** Unpacks a tar from its root on. */
  void put(String id, Buffer tar) {
    change(
        new EngineRequest(
            "PUT",
            EngineRequest.get(CALL, "containers", id, "archive").path(),
            Map.of("path", List.of("/")),
            Map.of(),
            new EngineRequest.Body.Bytes("application/x-tar", tar),
            CALL));
  }

  /** Runs commands in its containers. */
  Commands commands() {
    return commands;
  }

  /** The last lines a container wrote. */
  List<String> lastLines(String id, int count) {
    EngineRequest request =
        EngineRequest.get(CALL, "containers", id, "logs")
            .query("stdout", 1)
            .query("stderr", 1)
            .query("tail", count);
    try (EngineStream stream = fleet.local().stream(request)) {
      return stream.status() == 200 ? Tail.of(stream, CALL, count) : List.of();
    }
  }

  /** Whether the engine has an image of that name. */
  boolean hasImage(String image) {
    EngineResponse response = fleet.local().call(EngineRequest.get(CALL, "images", image, "json"));
    return response.status() != 404 && check(response).isSuccess();
  }

  /** Whether the engine has a volume of that name. */
  boolean hasVolume(String name) {
    EngineResponse response = fleet.local().call(EngineRequest.get(CALL, "volumes", name));
    return response.status() != 404 && check(response).isSuccess();
  }

  /** Makes a volume, or finds it made. */
  void makeVolume(JsonObject document) {
    change(EngineRequest.post(CALL, "volumes", "create").json(document));
  }

  /** The names of an instance's own volumes. */
  List<String> volumesOf(AppPath path, InstanceId id) {
    EngineRequest request =
        EngineRequest.get(CALL, "volumes").query("filters", labelled(ofInstance(path, id)));
    JsonObject answer = check(fleet.local().call(request)).body().toJsonObject();
    return Fields.array(answer, "Volumes").stream()
        .map(volume -> ((JsonObject) volume).getString("Name"))
        .toList();
  }

  /** Removes a volume; one that is in use or gone stays so. */
  void removeVolume(String name) {
    EngineResponse response = fleet.local().call(EngineRequest.delete(CALL, "volumes", name));
    if (response.status() != 404 && response.status() != 409) {
      check(response);
    }
  }

  /** All images that were built for instances of this herd. */
  List<BuiltImage> builtImages() {
    EngineRequest request =
        EngineRequest.get(CALL, "images", "json")
            .query("filters", labelled(List.of(BuiltImage.NAME)));
    return objects(check(fleet.local().call(request))).stream()
        .flatMap(entry -> BuiltImage.of(fleet.herd(), entry).stream())
        .toList();
  }

  /** Removes an image; one that others use, or that is gone, stays so. */
  void removeImage(BuiltImage image) {
    EngineResponse response =
        fleet.local().call(EngineRequest.delete(CALL, "images", image.reference()));
    if (response.status() != 404 && response.status() != 409) {
      check(response);
    }
  }

  /** The entries of the engine's own networks that bear the herd's label. */
  List<JsonObject> networks() {
    return networks(List.of());
  }

  /** Those that are an instance's own. */
  List<JsonObject> networksOf(AppPath path, InstanceId id) {
    return networks(ofInstance(path, id));
  }

  private List<JsonObject> networks(List<String> labels) {
    EngineRequest request = EngineRequest.get(CALL, "networks").query("filters", labelled(labels));
    return objects(check(fleet.local().call(request)));
  }

  void makeNetwork(JsonObject document) {
    change(EngineRequest.post(CALL, "networks", "create").json(document));
  }

  /** Removes a network nothing is on; the engine holds to that. */
  void removeNetwork(String id) {
    EngineResponse response = fleet.local().call(EngineRequest.delete(CALL, "networks", id));
    if (response.status() != 404 && response.status() != 403 && response.status() != 409) {
      check(response);
    }
  }

  private void change(EngineRequest request) {
    check(fleet.local().call(request));
  }

  private void changeIfThere(EngineRequest request) {
    EngineResponse response = fleet.local().call(request);
    boolean isBeingRemoved =
        response.status() == 409 && response.message().contains("already in progress");
    if (response.status() != 404 && !isBeingRemoved) {
      check(response);
    }
  }

  private EngineResponse check(EngineResponse response) {
    return check(fleet, response);
  }

  static EngineResponse check(Fleet fleet, EngineResponse response) {
    if (!response.isSuccess() && response.status() != 304) {
      throw new Refused(fleet.local().node(), response.message(), "");
    }
    return response;
  }

  private static List<JsonObject> objects(EngineResponse response) {
    List<JsonObject> objects = new ArrayList<>();
    response.body().toJsonArray().forEach(each -> objects.add((JsonObject) each));
    return objects;
  }
}
