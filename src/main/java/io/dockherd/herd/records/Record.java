package io.dockherd.herd.records;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * What a key holds.
 *
 * @param key a path as {@code templates/web}
 * @param version of the last write
 * @param value what was written
 */
public record Record(String key, Version version, JsonObject value) {
  public Record {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(value, "value");
  }
}
