package io.dockherd.doors.marathon.answers;

import io.dockherd.doors.marathon.definition.Parts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A group as Marathon shows it. A group is there as long as it has apps, in itself or below.
 *
 * @param id {@code /} for the root
 * @param apps all in it and below it
 */
public record ShownGroup(String id, List<ShownApp> apps) {
  public ShownGroup {
    Objects.requireNonNull(id, "id");
    apps = List.copyOf(apps);
  }

  /** The version of the newest app in it; the beginning of time where there is none. */
  public String version() {
    return apps.stream()
        .map(ShownApp::version)
        .max(Comparator.naturalOrder())
        .orElse("1970-01-01T00:00:00.000Z");
  }

  /**
   * With all below it.
   *
   * @param hasGroups whether groups in it are shown
   * @param hasApps whether apps are
   */
  public JsonObject json(boolean hasGroups, boolean hasApps, Embed embed) {
    JsonArray own = new JsonArray();
    TreeMap<String, JsonObject> below = new TreeMap<>();
    for (ShownApp app : apps) {
      String group = app.path().group();
      if (group.equals(id)) {
        own.add(embed.json(app));
      } else {
        String name = child(group);
        below.computeIfAbsent(name, it -> inner(it).json(hasGroups, hasApps, embed));
      }
    }
    JsonArray groups = new JsonArray();
    below.values().forEach(groups::add);
    return new JsonObject()
        .put("id", id)
        .put("apps", hasApps ? own : new JsonArray())
        .put("pods", new JsonArray())
        .put("groups", hasGroups ? groups : new JsonArray())
        .put("dependencies", dependencies())
        .put("version", version())
        .put("enforceRole", false);
  }

  private String child(String group) {
    int from = id.equals("/") ? 1 : id.length() + 1;
    int end = group.indexOf('/', from);
    return end < 0 ? group : group.substring(0, end);
  }

  private ShownGroup inner(String child) {
    return new ShownGroup(child, apps.stream().filter(app -> app.path().isUnder(child)).toList());
  }

  /** What all its apps depend on: a group's dependencies are kept with each of its apps. */
  private JsonArray dependencies() {
    if (apps.isEmpty()) {
      return new JsonArray();
    }
    List<String> common =
        Parts.texts(apps.getFirst().document(), "dependencies").stream()
            .filter(
                each ->
                    apps.stream()
                        .allMatch(
                            app -> Parts.texts(app.document(), "dependencies").contains(each)))
            .toList();
    return new JsonArray(apps.size() > 1 ? common : List.of());
  }
}
