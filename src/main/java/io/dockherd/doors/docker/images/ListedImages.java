package io.dockherd.doors.docker.images;

import io.dockherd.fleet.images.KnownImage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The images of several nodes as one list: each once, the newest first. {@code Nodes} and the label
 * {@code io.dockherd.nodes} say which nodes have it; its names are those of all of them.
 *
 * <pre>
 * {"Id":"sha256:…","RepoTags":["web:1"],"RepoDigests":[],"Created":1774000000,"Size":4266343,
 *  "Labels":{"io.dockherd.nodes":"host-1,host-3"},"Nodes":["host-1","host-3"],…}</pre>
 */
final class ListedImages {
  static final String NODES_LABEL = "io.dockherd.nodes";

  private ListedImages() {}

  /**
   * The list.
   *
   * @param isOld whether the caller expects words where there are no names, as before API 1.43
   */
  static JsonArray of(List<KnownImage> images, ImageFilter filter, boolean isOld) {
    Map<String, List<KnownImage>> byId = new LinkedHashMap<>();
    images.stream()
        .filter(image -> filter.admitsNode(image.node()) && filter.admits(image))
        .sorted(Comparator.comparingLong(KnownImage::created).reversed())
        .forEach(image -> byId.computeIfAbsent(image.id(), id -> new ArrayList<>()).add(image));
    JsonArray listed = new JsonArray();
    byId.values().forEach(same -> entry(same, filter, isOld).ifPresent(listed::add));
    return listed;
  }

  /** What is shown of one image; empty when nothing is. */
  private static Optional<JsonObject> entry(
      List<KnownImage> same, ImageFilter filter, boolean isOld) {
    Set<String> tags = new LinkedHashSet<>();
    Set<String> digests = new LinkedHashSet<>();
    Set<String> where = new TreeSet<>();
    boolean isNamed = false;
    for (KnownImage image : same) {
      isNamed |= !image.tags().isEmpty() || !image.digests().isEmpty();
      image.tags().stream().filter(filter::admitsName).forEach(tags::add);
      image.digests().stream().filter(filter::admitsName).forEach(digests::add);
      where.add(image.node());
    }
    boolean hasShown = !tags.isEmpty() || !digests.isEmpty();
    if (!filter.admits(isNamed, hasShown)) {
      return Optional.empty();
    }
    JsonObject entry = same.getFirst().entry().copy();
    Object labels = entry.getValue("Labels");
    JsonObject marked = labels instanceof JsonObject object ? object : new JsonObject();
    if (isOld && tags.isEmpty()) {
      tags.add("<none>:<none>");
    }
    if (isOld && digests.isEmpty() && !isNamed) {
      digests.add("<none>@<none>");
    }
    return Optional.of(
        entry
            .put("RepoTags", new JsonArray(List.copyOf(tags)))
            .put("RepoDigests", new JsonArray(List.copyOf(digests)))
            .put("Labels", marked.put(NODES_LABEL, String.join(",", where)))
            .put("Nodes", new JsonArray(List.copyOf(where))));
  }
}
