package io.dockherd.fleet.requests;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is on a node, read from the entries its engine lists. */
public final class ContentsReader {
  private ContentsReader() {}

  /** Every way the images may be called, by the entries of the image list. */
  public static Set<String> images(List<JsonObject> entries) {
    Set<String> names = new HashSet<>();
    for (JsonObject entry : entries) {
      names.addAll(
          ImageReference.names(
              Fields.text(entry, "Id"),
              Fields.texts(Fields.array(entry, "RepoTags")),
              Fields.texts(Fields.array(entry, "RepoDigests"))));
    }
    names.remove("<none>:<none>");
    names.remove("<none>");
    return Set.copyOf(names);
  }

  /** Names, by the entries of the volume list. */
  public static Set<String> volumes(List<JsonObject> entries) {
    Set<String> names = new HashSet<>();
    entries.forEach(entry -> names.add(Fields.text(entry, "Name")));
    return Set.copyOf(names);
  }

  /** Names and ids, by the entries of the network list. */
  public static Set<String> networks(List<JsonObject> entries) {
    Set<String> names = new HashSet<>();
    for (JsonObject entry : entries) {
      names.add(Fields.text(entry, "Name"));
      names.add(Fields.text(entry, "Id"));
    }
    return Set.copyOf(names);
  }
}
