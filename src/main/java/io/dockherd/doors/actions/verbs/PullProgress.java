package io.dockherd.doors.actions.verbs;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Follows the lines an engine writes while it pulls; they may be cut anywhere. */
final class PullProgress {
  private static final int LONGEST_LINE = 1 << 16;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Map<String, String> layers = new LinkedHashMap<>();
  private String status = "";
  private String error = "";

  /** More of the engine's bytes. */
  void take(Buffer chunk) {
    for (byte b : chunk.getBytes()) {
      if (b == '\n') {
        takeLine();
      } else if (line.size() < LONGEST_LINE) {
        line.write(b);
      }
    }
  }

  /** How many layers are there and how many have come: {@code 3 of 5 layers}; changes seldom. */
  String summary() {
    long ready =
        layers.values().stream()
            .filter(state -> state.equals("Pull complete") || state.equals("Already exists"))
            .count();
    return ready + " of " + layers.size() + " layers";
  }

  /** The last thing said of the whole. */
  String status() {
    takeLine();
    return status;
  }

  /** What went wrong, if anything. */
  Optional<String> error() {
    takeLine();
    return Optional.of(error).filter(text -> !text.isEmpty());
  }

  private void takeLine() {
    String text = line.toString(StandardCharsets.UTF_8).strip();
    line.reset();
    if (text.isEmpty()) {
      return;
    }
    JsonObject said;
    try {
      said = new JsonObject(text);
    } catch (DecodeException e) {
      // A line of an engine that says something else; the rest still counts.
      return;
    }
    if (said.getValue("error") instanceof String reason) {
      error = reason;
    } else if (said.getValue("status") instanceof String state) {
      if (said.getValue("id") instanceof String id && !state.startsWith("Pulling from")) {
        layers.put(id, state);
      } else {
        status = state;
      }
    }
  }
}
