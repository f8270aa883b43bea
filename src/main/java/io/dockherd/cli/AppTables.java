package io.dockherd.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How apps and instances are listed. */
final class AppTables {
  private AppTables() {}

  static List<JsonObject> objects(JsonObject json, String key) {
    List<JsonObject> all = new ArrayList<>();
    json.getJsonArray(key, new JsonArray()).forEach(each -> all.add((JsonObject) each));
    return all;
  }

  static Table apps(JsonObject answer) {
    Table table = new Table("APP", "REVISION", "HEALTHY", "STATE");
    for (JsonObject app : objects(answer, "apps")) {
      String wanted = app.getBoolean("global", false) ? "all" : app.getInteger("instances") + "";
      table.row(
          app.getString("path"),
          app.getString("revision"),
          app.getInteger("healthy") + "/" + wanted,
          state(app));
    }
    return table;
  }

  /** In a few words: what goes on with it, else that all is well. */
  static String state(JsonObject app) {
    JsonObject rollout = app.getJsonObject("rollout");
    JsonObject waiting = app.getJsonObject("waiting");
    if (rollout != null && rollout.getString("state").equals("paused")) {
      return rollout.getString("kind") + " paused: " + rollout.getString("message");
    }
    String why = waiting == null ? "" : "waits: " + waiting.getString("reason");
    if (rollout != null) {
      return rollout.getString("kind") + " under way" + (why.isEmpty() ? "" : ", " + why);
    }
    return why.isEmpty() ? "settled" : why;
  }

  static Table instances(JsonObject answer) {
    Table table = new Table("INSTANCE", "APP", "NODE", "REVISION", "STATE", "PORTS", "MESSAGE");
    for (JsonObject app : objects(answer, "apps")) {
      for (JsonObject instance : objects(app, "present")) {
        String ports =
            instance.getJsonArray("ports", new JsonArray()).stream()
                .map(port -> instance.getString("host", "") + ":" + port)
                .collect(Collectors.joining(", "));
        String phase = instance.getString("phase");
        boolean isRunning = phase.equals("running");
        table.row(
            instance.getString("id"),
            app.getString("path"),
            instance.getString("node"),
            instance.getString("revision"),
            isRunning ? instance.getBoolean("healthy") ? "healthy" : "running" : phase,
            ports,
            message(instance));
      }
    }
    return table;
  }

  private static String message(JsonObject instance) {
    JsonObject failure = instance.getJsonObject("failure");
    return failure == null ? instance.getString("message", "") : failure.getString("message", "");
  }
}
