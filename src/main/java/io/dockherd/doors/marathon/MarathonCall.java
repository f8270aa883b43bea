package io.dockherd.doors.marathon;

import io.dockherd.apps.model.AppPath;
import io.dockherd.doors.Clearance;
import io.dockherd.doors.JsonFault;
import io.dockherd.doors.OpenCall;
import io.dockherd.doors.Query;
import io.dockherd.failure.Invalid;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A request to the Marathon API, on its way to its {@link Endpoint}.
 *
 * @param open the request as the door has it
 * @param subject the app or group the path names, absolute; {@code /} when it names none
 * @param names what stands in the path for the route's other names
 * @param query decoded
 * @param bodyBytes the longest body
 * @param clearance for what the route is for
 */
record MarathonCall(
    OpenCall open,
    String subject,
    Map<String, String> names,
    Query query,
    int bodyBytes,
    Clearance clearance) {
  MarathonCall {
    Objects.requireNonNull(open, "open");
    Objects.requireNonNull(subject, "subject");
    names = Map.copyOf(names);
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(clearance, "clearance");
  }

  /**
   * Returns when the caller may do that to an app or group.
   *
   * @throws io.dockherd.failure.Refused when not
   */
  void admit(String id) {
    clearance.admit(id);
  }

  /** The same for all of these. */
  void admit(Collection<AppPath> apps) {
    apps.forEach(app -> admit(app.value()));
  }

  /** The app the path names. */
  AppPath app() {
    try {
      return new AppPath(subject);
    } catch (Invalid e) {
      throw MarathonError.of(404, "App '" + subject + "' does not exist");
    }
  }

  /** Whether a parameter is on; a name without a value is. */
  boolean isOn(String name, boolean unsaid) {
    List<String> values = query.texts(name);
    return values.isEmpty()
        ? unsaid
        : values.getFirst().isEmpty() || values.getFirst().equalsIgnoreCase("true");
  }

  /** Whether it only asks what a change would come to, where there is such a thing. */
  boolean isDryRun() {
    return isOn("dryRun", false);
  }

  /** Whether a media type is among those the caller wants. */
  boolean accepts(String type) {
    return open.headers().getAll("Accept").stream()
        .anyMatch(header -> header.toLowerCase(Locale.ROOT).contains(type));
  }

  /** The whole body as a JSON object. */
  JsonObject json() {
    return value() instanceof JsonObject json ? json : refuse("error.expected.jsobject");
  }

  /** The whole body as a list of JSON objects. */
  List<JsonObject> list() {
    if (value() instanceof JsonArray list && list.stream().allMatch(JsonObject.class::isInstance)) {
      return list.stream().map(JsonObject.class::cast).toList();
    }
    return List.of(refuse("error.expected.jsarray"));
  }

  private static JsonObject refuse(String error) {
    throw MarathonError.noJson(error);
  }

  private Object value() {
    Buffer body = open.body(bodyBytes);
    if (body.length() == 0) {
      throw MarathonError.noJson("there is no body");
    }
    try {
      return Json.decodeValue(body);
    } catch (DecodeException e) {
      throw MarathonError.noJson(JsonFault.of(e));
    }
  }
}
