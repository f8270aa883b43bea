package io.dockherd.apps.model;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A command run in a container beside its process.
 *
 * <pre>{"command":["warm-up"],"user":"","privileged":false,"workingDirectory":"","environment":{}}
 * </pre>
 */
public record Hook(
    List<String> command,
    String user,
    boolean isPrivileged,
    String workingDirectory,
    Map<String, String> environment) {
  public Hook {
    command = List.copyOf(command);
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(workingDirectory, "workingDirectory");
    environment = JsonReading.copy(environment);
  }

  static Hook of(JsonObject json) {
    return new Hook(
        JsonReading.texts(json, "command"),
        json.getString("user", ""),
        json.getBoolean("privileged", false),
        json.getString("workingDirectory", ""),
        JsonReading.textMap(json, "environment"));
  }

  JsonObject json() {
    return new JsonObject()
        .put("command", new JsonArray(command))
        .put("user", user)
        .put("privileged", isPrivileged)
        .put("workingDirectory", workingDirectory)
        .put("environment", JsonReading.json(environment));
  }
}
