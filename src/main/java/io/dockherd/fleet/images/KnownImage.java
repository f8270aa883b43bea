package io.dockherd.fleet.images;

import io.dockherd.herd.facts.Fact;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * An image on a node, as its engine lists it.
 *
 * @param id in full, {@code sha256:…}
 * @param tags {@code redis:6}; none when it has none
 * @param digests {@code redis@sha256:…}
 * @param created when it was built, in seconds since 1970
 * @param entry the engine's own
 */
public record KnownImage(
    String node,
    String id,
    List<String> tags,
    List<String> digests,
    long created,
    JsonObject entry) {
  private static final int SHORT_ID = 12;

  public KnownImage {
    tags = List.copyOf(tags);
    digests = List.copyOf(digests);
  }

  /** What a fact says. */
  static KnownImage of(Fact fact) {
    return of(fact.owner(), fact.json());
  }

  /** What the entry of an engine's list says. */
  public static KnownImage of(String node, JsonObject entry) {
    return new KnownImage(
        node,
        entry.getString("Id", ""),
        names(entry, "RepoTags"),
        names(entry, "RepoDigests"),
        entry.getValue("Created") instanceof Number seconds ? seconds.longValue() : 0,
        entry);
  }

  /** Older engines write {@code <none>:<none>} where there is no name. */
  private static List<String> names(JsonObject entry, String field) {
    return entry.getValue(field) instanceof JsonArray names
        ? names.stream()
            .map(String::valueOf)
            .filter(name -> !name.startsWith("<none>"))
            .distinct()
            .toList()
        : List.of();
  }

  /** The id as people write it. */
  public String shortId() {
    return shortId(id);
  }

  /** An id as people write it. */
  public static String shortId(String id) {
    String bare = id.startsWith("sha256:") ? id.substring("sha256:".length()) : id;
    return bare.substring(0, Math.min(SHORT_ID, bare.length()));
  }
}
