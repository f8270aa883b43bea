package io.dockherd.system;

import io.dockherd.lab.Invocation;
import io.dockherd.lab.LabHerd;
import io.dockherd.lab.LabHost;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What system tests ask the actions door, in few words. */
final class Ask {
  private static final JsonArray SLEEP = new JsonArray().add("sleep").add("1000");

  private final LabHerd herd;

  Ask(LabHerd herd) {
    this.herd = herd;
  }

  /** A request for sleeping containers. */
  static JsonObject sleepers(int instances) {
    return new JsonObject()
        .put("action", "create-container")
        .put("image", "busybox")
        .put("instances", instances)
        .put("body", new JsonObject().put("Cmd", SLEEP).put("StopSignal", "SIGKILL"));
  }

  /** Creates sleeping containers; the envelopes of those that were created. */
  List<JsonObject> create(int host, int instances) {
    return herd.post(host, sleepers(instances)).getJsonArray("containers").stream()
        .map(JsonObject.class::cast)
        .filter(entry -> entry.getInteger("statusCode", 0) == 201)
        .toList();
  }

  /** Creates a sleeping container on each host, and tells the id of the one on that host. */
  String createdOn(int host) {
    String node = herd.host(host).name();
    return create(1, herd.lab().hosts().size()).stream()
        .filter(one -> one.getString("dockerInstance").equals(node))
        .map(Ask::id)
        .findFirst()
        .orElseThrow();
  }

  /** The id in a create's envelope. */
  static String id(JsonObject created) {
    return created.getJsonObject("Response").getJsonObject("Body").getString("Id");
  }

  /** Does one thing to one container. */
  JsonObject act(int host, String action, String id) {
    return herd.post(host, new JsonObject().put("action", action).put("id", id));
  }

  /** The ids of all containers as one node lists them for the whole herd. */
  Set<String> listed(int host) {
    JsonObject all =
        herd.post(host, new JsonObject().put("action", "list-containers").put("all", true));
    return all.getJsonArray("containers").stream()
        .map(JsonObject.class::cast)
        .filter(entry -> entry.getValue("Response") instanceof JsonObject)
        .flatMap(entry -> entry.getJsonObject("Response").getJsonArray("Body").stream())
        .map(container -> ((JsonObject) container).getString("Id"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The ids the engines themselves list. */
  Set<String> onEngines(int... hosts) {
    Set<String> ids = new TreeSet<>();
    for (int host : hosts) {
      herd.containersOn(host).forEach(container -> ids.add(container.getString("Id")));
    }
    return ids;
  }

  /** The docker command straight on a host's engine, past every node. */
  static String docker(LabHost host, String... arguments) {
    String[] command =
        Stream.concat(
                Stream.of("docker", "--host", "unix://" + host.engineSocket()),
                Stream.of(arguments))
            .toArray(String[]::new);
    return Invocation.attempt(command).orFail().output();
  }
}
