package io.dockherd.doors.marathon.events;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** Something to be told: what kind of event, and its fields. */
record Word(String type, JsonObject data) {
  Word {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(data, "data");
  }
}
