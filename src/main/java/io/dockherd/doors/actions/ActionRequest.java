package io.dockherd.doors.actions;

import io.dockherd.access.Identity;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * An action as it was asked for.
 *
 * <pre>{"action":"stop-container","id":"web","timeout":5}</pre>
 *
 * @param json all fields; those an action does not know are ignored
 * @param arrival the address it came in on
 * @param who asks
 * @param requestId follows it through logs and across nodes
 * @param deadline by when it is to be done
 */
public record ActionRequest(
    JsonObject json, Arrival arrival, Identity who, String requestId, Deadline deadline) {
  public ActionRequest {
    Objects.requireNonNull(json, "json");
    Objects.requireNonNull(arrival, "arrival");
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(deadline, "deadline");
  }

  /** A field's value. */
  public <T> Optional<T> get(Field<T> field) {
    return field.in(json);
  }

  /** A field's value, which must be there. */
  public <T> T need(Field<T> field) {
    return field.required(json);
  }

  /** Whether a flag is set. */
  public boolean is(Field<Boolean> flag) {
    return flag.in(json).orElse(false);
  }
}
