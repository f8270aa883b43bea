package io.dockherd.doors.manifests.ledger;

import io.dockherd.doors.manifests.format.ManifestName;
import io.dockherd.doors.manifests.keys.Node;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * A manifest as it was written: a record under {@code manifests/dummy/nginx}.
 *
 * <pre>
 * {"value":"{\"image\":…}","modified":7,"created":5,"began":4,"appBegan":2,"stamp":"2026-11-28T09:00:00.123Z"}
 * </pre>
 *
 * @param value the very text
 * @param modified index of the last change
 * @param created index at which the key was made, or set anew
 * @param began index at which its directory was made: since then it has always been there
 * @param appBegan the same of its app's directory
 * @param stamp of the app's version this is the manifest of; "" for none
 */
public record Entry(
    String value, long modified, long created, long began, long appBegan, String stamp) {
  public Entry {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(stamp, "stamp");
  }

  /** The same for another version of the app. */
  public Entry stamped(String other) {
    return new Entry(value, modified, created, began, appBegan, other);
  }

  /** The node at its key. */
  public Node node(ManifestName name) {
    return Node.file(Places.key(name), value, modified, created);
  }

  static Entry of(JsonObject json) {
    return new Entry(
        json.getString("value", ""),
        json.getLong("modified", 0L),
        json.getLong("created", 0L),
        json.getLong("began", 0L),
        json.getLong("appBegan", 0L),
        json.getString("stamp", ""));
  }

  JsonObject json() {
    return new JsonObject()
        .put("value", value)
        .put("modified", modified)
        .put("created", created)
        .put("began", began)
        .put("appBegan", appBegan)
        .put("stamp", stamp);
  }
}
