package io.dockherd.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** A container of a {@link ScriptedEngine}. */
final class ScriptedContainer {
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final String id;
  private final JsonObject document;
  private final Instant created = Instant.now();
  private String name;
  private String state = "created";
  private String startedAt = NEVER;
  private String finishedAt = NEVER;
  private int exitCode;
  private boolean isOutOfMemory;
  private String health = "";

  ScriptedContainer(String id, String name, JsonObject document) {
    this.id = id;
    this.name = name;
    this.document = document;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  boolean isRunning() {
    return state.equals("running");
  }

  boolean hasLabel(String wanted) {
    int equals = wanted.indexOf('=');
    Object value =
        document
            .getJsonObject("Labels", new JsonObject())
            .getValue(equals < 0 ? wanted : wanted.substring(0, equals));
    return value != null && (equals < 0 || value.equals(wanted.substring(equals + 1)));
  }

  /** Its program ends. */
  void end(int code, boolean outOfMemory) {
    state = "exited";
    finishedAt = Instant.now().toString();
    exitCode = code;
    isOutOfMemory = outOfMemory;
  }

  /** What its own health check says from now on. */
  void feels(String status) {
    health = status;
  }

  void rename(String other) {
    name = other;
  }

  /** Whether that changed anything. */
  boolean act(String action) {
    String before = state;
    switch (action) {
      case "start", "restart" -> {
        state = "running";
        startedAt = Instant.now().toString();
        exitCode = 0;
        isOutOfMemory = false;
        if (document.containsKey("Healthcheck")) {
          health = "starting";
        }
      }
      case "stop", "kill" -> {
        state = "exited";
        finishedAt = Instant.now().toString();
      }
      case "pause" -> state = "paused";
      case "unpause" -> state = "running";
      default -> throw new IllegalArgumentException(action);
    }
    return !before.equals(state) || action.equals("restart");
  }

  JsonObject attributes() {
    return new JsonObject().put("name", name).put("image", document.getString("Image"));
  }

  JsonObject entry() {
    return new JsonObject()
        .put("Id", id)
        .put("Names", new JsonArray().add("/" + name))
        .put("Image", document.getString("Image"))
        .put("Created", created.getEpochSecond())
        .put("Labels", document.getJsonObject("Labels", new JsonObject()))
        .put("State", state)
        .put("Status", statusText())
        .put("Mounts", new JsonArray());
  }

  private String statusText() {
    return switch (state) {
      case "created" -> "Created";
      case "running" -> "Up Less than a second";
      case "paused" -> "Up Less than a second (Paused)";
      default -> "Exited (" + exitCode + ") Less than a second ago";
    };
  }

  JsonObject inspect() {
    JsonObject inspected =
        new JsonObject()
            .put("Id", id)
            .put("Created", created.toString())
            .put("Name", "/" + name)
            .put("Config", document)
            .put("HostConfig", document.getJsonObject("HostConfig", new JsonObject()))
            .put(
                "State",
                new JsonObject()
                    .put("Status", state)
                    .put("StartedAt", startedAt)
                    .put("FinishedAt", finishedAt)
                    .put("Running", state.equals("running") || state.equals("paused"))
                    .put("OOMKilled", isOutOfMemory)
                    .put("ExitCode", exitCode));
    if (!health.isEmpty()) {
      inspected.getJsonObject("State").put("Health", new JsonObject().put("Status", health));
    }
    return inspected;
  }
}
