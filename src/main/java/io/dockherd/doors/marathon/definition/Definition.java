package io.dockherd.doors.marathon.definition;

import io.dockherd.apps.model.AppPath;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * An app as Marathon has it, complete and checked.
 *
 * @param document in the newest form, with all defaults and service ports filled in, without the
 *     number of instances and what only a server says
 */
public record Definition(AppPath path, JsonObject document, int instances) {
  public Definition {
    Objects.requireNonNull(path, "path");
    document = document.copy();
    if (instances < 0) {
      throw new IllegalArgumentException("instances must not be negative");
    }
  }
}
