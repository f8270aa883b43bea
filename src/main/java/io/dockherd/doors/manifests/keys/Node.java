package io.dockherd.doors.manifests.keys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is at a key.
 *
 * <pre>
 * {"key":"/apps/x/y/manifest","value":"…","modifiedIndex":5,"createdIndex":4}
 * {"key":"/apps/x","dir":true,"nodes":[{…}],"modifiedIndex":4,"createdIndex":4}</pre>
 *
 * @param value empty for a directory, and for what was deleted
 * @param nodes in a directory, as far as they are shown
 * @param modified index of the last change; of a directory, of its beginning
 */
public record Node(
    Key key,
    Optional<String> value,
    boolean isDirectory,
    List<Node> nodes,
    long modified,
    long created) {
  public Node {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    nodes = List.copyOf(nodes);
  }

  /** A value. */
  public static Node file(Key key, String value, long modified, long created) {
    return new Node(key, Optional.of(value), false, List.of(), modified, created);
  }

  /** A directory that began at that index. */
  public static Node directory(Key key, List<Node> nodes, long began) {
    return new Node(key, Optional.empty(), true, nodes, began, began);
  }

  /** What is told of it when it was deleted. */
  public Node deletedAt(long index) {
    return new Node(key, Optional.empty(), isDirectory, List.of(), index, created);
  }

  /** The same without what is in it. */
  public Node closed() {
    return new Node(key, value, isDirectory, List.of(), modified, created);
  }

  /** Reads what {@link #json} wrote, but for what is in a directory. */
  public static Node of(JsonObject json) {
    return new Node(
        Key.parse(json.getString("key", "").replace("%", "%25")),
        Optional.ofNullable(json.getString("value")),
        json.getBoolean("dir", false),
        List.of(),
        json.getLong("modifiedIndex", 0L),
        json.getLong("createdIndex", 0L));
  }

  /** As etcd writes it. */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    if (!key.isRoot()) {
      json.put("key", key.toString());
    }
    value.ifPresent(text -> json.put("value", text));
    if (isDirectory) {
      json.put("dir", true);
    }
    if (!nodes.isEmpty()) {
      JsonArray all = new JsonArray();
      nodes.forEach(node -> all.add(node.json()));
      json.put("nodes", all);
    }
    return key.isRoot() ? json : json.put("modifiedIndex", modified).put("createdIndex", created);
  }
}
