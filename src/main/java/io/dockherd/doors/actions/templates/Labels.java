package io.dockherd.doors.actions.templates;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Changes to a container's labels, {@code {"tier":"web","old":null}}: null takes one away. */
public record Labels(Map<String, Optional<String>> changes) {
  public Labels {
    changes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(changes));
  }

  /**
   * Reads them; numbers and flags become text. Empty when it is no object.
   *
   * @param field it is the value of
   * @throws io.dockherd.failure.Invalid when a label's value is none
   */
  public static Optional<Labels> read(String field, Object value) {
    return value instanceof JsonObject object
        ? Optional.of(new Labels(NamedValues.read(field, object, name -> !name.isEmpty())))
        : Optional.empty();
  }

  /** The document with the changes made to its {@code Labels}. */
  public JsonObject over(JsonObject document) {
    JsonObject labels = new JsonObject();
    changes.forEach((name, value) -> labels.put(name, value.orElse(null)));
    return Merge.over(document, new JsonObject().put("Labels", labels));
  }
}
