package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Containers of busybox on a real engine, for tests. */
record Containers(Engine engine) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** A new container; its id. */
  String create(String... command) {
    return create(body(command));
  }

  /** A new container that reads what is attached to it; its id. */
  String createInteractive(String... command) {
    return create(
        body(command).put("OpenStdin", true).put("StdinOnce", true).put("AttachStdin", true));
  }

  /** A request to attach to its input and output. */
  EngineRequest attach(String id) {
    return EngineRequest.post(LIMIT, "containers", id, "attach")
        .query("stream", true)
        .query("stdin", true)
        .query("stdout", true);
  }

  void start(String id) {
    EngineResponse started = engine.call(EngineRequest.post(LIMIT, "containers", id, "start"));
    assertEquals(204, started.status(), started::message);
  }

  JsonObject state(String id) {
    EngineResponse inspected = engine.call(EngineRequest.get(LIMIT, "containers", id, "json"));
    return ((JsonObject) inspected.json().orElseThrow()).getJsonObject("State");
  }

  void remove(String id) {
    EngineResponse removed =
        engine.call(EngineRequest.delete(LIMIT, "containers", id).query("force", true));
    assertEquals(204, removed.status(), removed::message);
  }

  private String create(JsonObject body) {
    EngineResponse created =
        engine.call(EngineRequest.post(LIMIT, "containers", "create").json(body));
    assertEquals(201, created.status(), created::message);
    return ((JsonObject) created.json().orElseThrow()).getString("Id");
  }

  private static JsonObject body(String... command) {
    return new JsonObject()
        .put("Image", "busybox")
        .put("Cmd", new JsonArray(List.of(command)))
        .put("HostConfig", new JsonObject().put("NetworkMode", "none"));
  }
}
