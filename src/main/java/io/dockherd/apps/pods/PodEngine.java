package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Hook;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done at this node's own engine for instances. An answer of the engine's that is no yes is
 * a {@link Refused} in its words.
 */
final class PodEngine {
  /** An engine that starts twenty containers at once takes seconds for one. */
  private static final Duration CALL = Duration.ofSeconds(60);

  /** Of what a command says. */
  private static final int MOST_LINES = 20;

  private final Fleet fleet;

  PodEngine(Fleet fleet) {
    this.fleet = fleet;
  }

  /** The list entries of all containers that belong to instances of this herd, in any state. */
  List<JsonObject> containers() {
    return containers(List.of(PodLabels.INSTANCE));
  }

  /** The same of one instance. */
  List<JsonObject> containersOf(AppPath path, InstanceId id) {
    return containers(ofInstance(path, id));
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
        fleet.createOn(fleet.local().node(), new CreateOrder(name, document, false, CALL));
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

  /** What came of a command. */
  record Said(int exitCode, String output) {}

  /** Runs a command in a running container. */
  Said run(String id, Hook hook, Duration limit) {
    JsonObject order =
        new JsonObject()
            .put("AttachStdout", true)
            .put("AttachStderr", true)
            .put("Cmd", new JsonArray(hook.command()))
            .put("Privileged", hook.isPrivileged());
    if (!hook.user().isEmpty()) {
      order.put("User", hook.user());
    }
    if (!hook.workingDirectory().isEmpty()) {
      order.put("WorkingDir", hook.workingDirectory());
    }
    if (!hook.environment().isEmpty()) {
      JsonArray environment = new JsonArray();
      hook.environment().forEach((name, value) -> environment.add(name + "=" + value));
      order.put("Env", environment);
    }
    String exec =
        check(fleet.local().call(EngineRequest.post(CALL, "containers", id, "exec").json(order)))
            .body()
            .toJsonObject()
            .getString("Id");
    EngineRequest start =
        EngineRequest.post(limit, "exec", exec, "start")
            .json(new JsonObject().put("Detach", false).put("Tty", false));
    String output;
    try (EngineStream stream = fleet.local().stream(start)) {
      output = String.join("\n", Tail.of(stream, limit, MOST_LINES));
    }
    JsonObject ended =
        check(fleet.local().call(EngineRequest.get(CALL, "exec", exec, "json")))
            .body()
            .toJsonObject();
    return new Said(
        ended.getValue("ExitCode") instanceof Number code ? code.intValue() : -1, output.strip());
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
