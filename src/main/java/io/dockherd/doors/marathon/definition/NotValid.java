package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A document that breaks rules, with all it breaks:
 *
 * <pre>
 * {"message":"Object is not valid","details":[{"path":"/id","errors":["must not be root"]}]}</pre>
 *
 * <p>Not a {@link io.dockherd.failure.Failure}: those name one subject, this a list in Marathon's
 * own form.
 */
public final class NotValid extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  private NotValid(String message, List<Violation> violations) {
    super(message, null, false, false);
    this.violations = List.copyOf(violations);
  }

  /** A field has a value of a wrong type. */
  static NotValid types(List<Violation> violations) {
    return new NotValid("Invalid JSON", violations);
  }

  /** A rule is broken. */
  static NotValid rules(List<Violation> violations) {
    return new NotValid("Object is not valid", violations);
  }

  /** One rule is broken. */
  public static NotValid rule(String path, String message) {
    return rules(List.of(new Violation(path, message)));
  }

  /** What is wrong. */
  public List<Violation> violations() {
    return violations;
  }

  /** As it is answered. */
  public JsonObject json() {
    Map<String, JsonArray> errors = new LinkedHashMap<>();
    violations.forEach(
        each -> errors.computeIfAbsent(each.path(), path -> new JsonArray()).add(each.message()));
    JsonArray details = new JsonArray();
    errors.forEach(
        (path, messages) ->
            details.add(new JsonObject().put("path", path).put("errors", messages)));
    return new JsonObject().put("message", getMessage()).put("details", details);
  }
}
