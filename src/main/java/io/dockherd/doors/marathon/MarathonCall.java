package io.dockherd.doors.marathon;

import io.dockherd.apps.model.AppPath;
import io.dockherd.doors.JsonFault;
import io.dockherd.doors.OpenCall;
import io.dockherd.doors.Query;
import io.dockherd.doors.marathon.definition.MarathonId;
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
import java.util.function.Consumer;

/**
 * A request to the Marathon API, on its way to its {@link Endpoint}.
 *
 * @param open the request as the door has it
 * @param names what stands in the path for the route's names
 * @param query decoded
 * @param bodyBytes the longest body
 * @param gate asks the gate whether the caller may do what the route is for to that app or group
 */
record MarathonCall(
    OpenCall open, Map<String, String> names, Query query, int bodyBytes, Consumer<String> gate) {
  MarathonCall {
    Objects.requireNonNull(open, "open");
    names = Map.copyOf(names);
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(gate, "gate");
  }

  /**
   * Returns when the caller may do that to an app or group.
   *
   * @throws io.dockherd.failure.Refused when not
   */
  void admit(String id) {
    gate.accept(id);
  }

  /** The same for all of these. */
  void admit(Collection<AppPath> apps) {
    apps.forEach(app -> admit(app.value()));
  }

  /** The app the path names. */
  AppPath app() {
    String id = MarathonId.absolute(names.get("id"), "/");
    try {
      return new AppPath(id);
    } catch (Invalid e) {
      throw MarathonError.of(404, "App '" + id + "' does not exist");
    }
  }

  /** The group the path names; {@code /} when it names none. */
  String group() {
    return MarathonId.absolute(names.getOrDefault("id", ""), "/");
  }

  /** Whether a parameter is on; a name without a value is. */
  boolean isOn(String name, boolean unsaid) {
    List<String> values = query.texts(name);
    return values.isEmpty()
        ? unsaid
        : values.getFirst().isEmpty() || values.getFirst().equalsIgnoreCase("true");
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
