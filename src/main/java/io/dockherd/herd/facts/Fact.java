package io.dockherd.herd.facts;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * Something a member knows first-hand.
 *
 * @param owner the member's name
 * @param kind what it is about: container, image, engine, load, …
 * @param id unique among the owner's facts of that kind
 * @param value JSON, compact, as bytes: most facts are passed on unread
 */
public record Fact(String owner, String kind, String id, Buffer value) {
  public Fact {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(value, "value");
  }

  /** The value, parsed anew at each call. */
  public JsonObject json() {
    return value.toJsonObject();
  }

  /** Whether both lists hold the very same facts: then what was read of the one is so still. */
  public static boolean areSame(List<Fact> before, List<Fact> now) {
    if (before.size() != now.size()) {
      return false;
    }
    for (int i = 0; i < now.size(); i++) {
      if (before.get(i) != now.get(i)) {
        return false;
      }
    }
    return true;
  }
}
