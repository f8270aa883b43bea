package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppLabel;
import io.dockherd.failure.Invalid;
import io.dockherd.fleet.requests.Fields;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * An image that was built for an instance, which goes with it. What is built of such an image
 * inherits its labels, and is nobody's but its maker's.
 *
 * @param reference to remove it by: its name, or its id when another has its name by now
 */
record BuiltImage(InstanceKey key, String reference) {
  /** The label that holds its own name. */
  static final String NAME = "io.dockherd.image";

  /** What is put on it. */
  static JsonObject labels(String herd, InstanceKey key, String name) {
    return new JsonObject()
        .put(AppLabel.HERD, herd)
        .put(AppLabel.APP, key.path().value())
        .put(AppLabel.INSTANCE, key.id().toString())
        .put(NAME, name);
  }

  /** By its list entry; empty when it is none of these. */
  static Optional<BuiltImage> of(String herd, JsonObject entry) {
    JsonObject labels = Fields.object(entry, "Labels");
    String name = Fields.text(labels, NAME);
    if (name.isEmpty() || !herd.equals(Fields.text(labels, AppLabel.HERD))) {
      return Optional.empty();
    }
    List<String> names =
        Fields.array(entry, "RepoTags").stream()
            .map(String::valueOf)
            .filter(tag -> !tag.equals("<none>:<none>"))
            .toList();
    String whole = name.lastIndexOf(':') > name.lastIndexOf('/') ? name : name + ":latest";
    if (!names.isEmpty() && !names.contains(whole)) {
      return Optional.empty();
    }
    try {
      InstanceKey key =
          InstanceKey.of(
              new JsonObject()
                  .put("path", Fields.text(labels, AppLabel.APP))
                  .put("id", Fields.text(labels, AppLabel.INSTANCE)));
      return Optional.of(new BuiltImage(key, names.isEmpty() ? entry.getString("Id") : whole));
    } catch (Invalid e) {
      return Optional.empty();
    }
  }
}
