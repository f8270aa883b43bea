package io.dockherd.fleet.watch;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The questions a watch asks its engine. */
record EngineReader(Engine engine, Duration limit) {
  /** All containers' list entries, newest first. */
  List<JsonObject> containers() {
    return objects(array(get("containers", "json").query("all", 1)));
  }

  /** The list entries of those that exist. */
  List<JsonObject> containers(Collection<String> ids) {
    JsonObject filters = new JsonObject().put("id", new JsonArray(List.copyOf(ids)));
    return objects(
        array(get("containers", "json").query("all", 1).query("filters", filters.encode())));
  }

  /** What inspect says of a container; empty when it is gone. */
  Optional<JsonObject> container(String id) {
    EngineRequest request = get("containers", id, "json");
    EngineResponse response = engine.call(request);
    return response.status() == 404
        ? Optional.empty()
        : Optional.of((JsonObject) answer(request, response, JsonObject.class));
  }

  /** Entries of the image list by id. */
  Map<String, JsonObject> images() {
    return by("Id", array(get("images", "json")));
  }

  /** Entries of the volume list by name. */
  Map<String, JsonObject> volumes() {
    return by("Name", object(get("volumes")).getJsonArray("Volumes"));
  }

  /** Entries of the network list by id. */
  Map<String, JsonObject> networks() {
    return by("Id", array(get("networks")));
  }

  /** What the engine says of itself. */
  JsonObject info() {
    return object(get("info"));
  }

  private EngineRequest get(String... segments) {
    return EngineRequest.get(limit, segments);
  }

  private JsonArray array(EngineRequest request) {
    return (JsonArray) answer(request, engine.call(request), JsonArray.class);
  }

  private JsonObject object(EngineRequest request) {
    return (JsonObject) answer(request, engine.call(request), JsonObject.class);
  }

  private Object answer(EngineRequest request, EngineResponse response, Class<?> shape) {
    return response
        .json()
        .filter(json -> response.isSuccess() && shape.isInstance(json))
        .orElseThrow(
            () ->
                new Refused(
                    request.path(),
                    "the engine at "
                        + engine.address()
                        + " answered "
                        + request.path()
                        + " with "
                        + response.status()
                        + ": "
                        + response.message(),
                    ""));
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  /** A list that is null counts as empty: so do engines. */
  private static Map<String, JsonObject> by(String key, JsonArray entries) {
    Map<String, JsonObject> byKey = new LinkedHashMap<>();
    if (entries != null) {
      objects(entries).forEach(entry -> byKey.put(entry.getString(key), entry));
    }
    return byKey;
  }
}
