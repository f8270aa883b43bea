package io.dockherd.doors.docker.events;

import io.dockherd.doors.docker.Filters;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which events somebody wants: all of Docker's filters, with Docker's rules, and {@code node}.
 *
 * <ul>
 *   <li>{@code type}, {@code scope}: the same word. {@code event}: the same word; the beginning of
 *       it when one that goes on after a colon is among the words ({@code exec_start}, {@code
 *       exec_create}, {@code health_status}).
 *   <li>{@code container}, {@code volume}, {@code network}, {@code plugin}, {@code daemon}, {@code
 *       service}, {@code secret}, {@code config}: the actor's id or name, or the beginning of one,
 *       whatever the event's type (so does an engine). Also with its node in front: {@code
 *       node-1/web}.
 *   <li>{@code image}: the actor's id or the image it was made of, with or without the tag.
 *   <li>{@code label}: {@code key} or {@code key=value}, all of them; {@code node.name} and its
 *       like count as labels.
 *   <li>{@code node}: where it happened: the node's name, or the beginning of its engine's id.
 * </ul>
 */
record EventFilter(Filters filters) {
  private static final List<String> NAMED =
      List.of("container", "volume", "network", "plugin", "daemon", "service", "secret", "config");

  private static final Set<String> GO_ON_AFTER_A_COLON =
      Set.of("exec_create", "exec_start", "health_status");

  EventFilter {
    Objects.requireNonNull(filters, "filters");
  }

  /**
   * Reads one. A filter that there is not is passed over, as an engine does.
   *
   * @throws Invalid when it is none
   */
  static EventFilter parse(String json) {
    return new EventFilter(Filters.parse(json));
  }

  /**
   * Whether that event is wanted.
   *
   * @param event as the door tells it: {@link NodeMark#on}
   */
  boolean includes(JsonObject event) {
    JsonObject actor = event.getJsonObject("Actor", new JsonObject());
    JsonObject attributes = actor.getJsonObject("Attributes", new JsonObject());
    String id = actor.getString("ID", "");
    String name = text(attributes, "name");
    String node = text(attributes, "node.name");
    return filters.isExactly("type", event.getString("Type", ""))
        && filters.any("event", wanted(event.getString("Action", "")))
        && filters.isExactly("scope", event.getString("scope", ""))
        && filters.any("node", value -> isNode(value, node, text(attributes, "node.id")))
        && NAMED.stream()
            .allMatch(field -> filters.any(field, value -> isNamed(value, node, id, name)))
        && filters.any("image", isImage(event, id, attributes))
        && filters.hasAll("label", attributes);
  }

  private Predicate<String> wanted(String action) {
    boolean isBeginning = filters.get("event").stream().anyMatch(GO_ON_AFTER_A_COLON::contains);
    return isBeginning ? action::startsWith : action::equals;
  }

  private static boolean isNode(String value, String node, String id) {
    return value.equals(node) || !value.isEmpty() && id.startsWith(value);
  }

  private static boolean isNamed(String value, String node, String id, String name) {
    String plain = value.startsWith("/") ? value.substring(1) : value;
    if (id.startsWith(plain) || name.startsWith(plain)) {
      return true;
    }
    String prefix = node + "/";
    return plain.startsWith(prefix) && isNamed(plain.substring(prefix.length()), "", id, name);
  }

  private static Predicate<String> isImage(JsonObject event, String id, JsonObject attributes) {
    boolean isOfImage = event.getString("Type", "").equals("image");
    String image = text(attributes, isOfImage ? "name" : "image");
    Set<String> names = new java.util.HashSet<>(List.of(id, image));
    names.add(withoutTag(id));
    names.add(withoutTag(image));
    return names::contains;
  }

  /** As people write it: {@code docker.io/library/busybox:1.36} is {@code busybox}. */
  static String withoutTag(String image) {
    String name = image.split("@", 2)[0];
    int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    String bare = colon < 0 ? name : name.substring(0, colon);
    String ours = bare.startsWith("docker.io/") ? bare.substring("docker.io/".length()) : bare;
    return ours.startsWith("library/") ? ours.substring("library/".length()) : ours;
  }

  private static String text(JsonObject attributes, String key) {
    Object value = attributes.getValue(key);
    return value == null ? "" : value.toString();
  }
}
