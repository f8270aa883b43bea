package io.dockherd.fleet;

import io.dockherd.engine.EngineResponse;
import io.dockherd.herd.links.WireFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What came of a {@link CreateCommand}, on its way back.
 *
 * <pre>
 * {"outcome":"created","id":"4f1…","answer":{"status":201,"headers":[["Server","Docker"]],"body":"base64"}}
 * {"outcome":"declined","answer":{…}}
 * {"outcome":"failed","failure":{…}}</pre>
 *
 * @see WireFailure the form of {@code failure}
 */
final class CarriedCreation {
  private CarriedCreation() {}

  static JsonObject json(Creation creation) {
    return switch (creation) {
      case Creation.Created created ->
          new JsonObject()
              .put("outcome", "created")
              .put("id", created.id())
              .put("answer", json(created.response()));
      case Creation.Declined declined ->
          new JsonObject().put("outcome", "declined").put("answer", json(declined.response()));
      case Creation.Failed failed ->
          new JsonObject()
              .put("outcome", "failed")
              .put("failure", WireFailure.write(failed.failure()));
    };
  }

  static Creation of(String node, JsonObject json) {
    return switch (json.getString("outcome")) {
      case "created" ->
          new Creation.Created(
              node, json.getString("id"), answer(json.getJsonObject("answer")), List.of());
      case "declined" ->
          new Creation.Declined(node, answer(json.getJsonObject("answer")), List.of());
      default ->
          new Creation.Failed(node, WireFailure.read(json.getJsonObject("failure")), List.of());
    };
  }

  private static JsonObject json(EngineResponse response) {
    JsonArray headers = new JsonArray();
    response
        .headers()
        .forEach(header -> headers.add(new JsonArray().add(header.name()).add(header.value())));
    return new JsonObject()
        .put("status", response.status())
        .put("headers", headers)
        .put("body", response.body());
  }

  private static EngineResponse answer(JsonObject json) {
    List<EngineResponse.Header> headers =
        json.getJsonArray("headers").stream()
            .map(JsonArray.class::cast)
            .map(pair -> new EngineResponse.Header(pair.getString(0), pair.getString(1)))
            .toList();
    return new EngineResponse(
        json.getInteger("status"), headers, json.getBuffer("body", Buffer.buffer()));
  }
}
