package io.dockherd.doors.marathon.definition;

import io.dockherd.apps.model.AppPath;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A group as it is written, with groups in it:
 *
 * <pre>
 * {"id":"/shop","dependencies":["/net"],"apps":[{"id":"web",…}],"groups":[{"id":"back","apps":[…]}]}
 * {"scaleBy":2.0}</pre>
 *
 * @param id absolute
 * @param apps by path, with the dependencies of the groups they are in
 * @param levels what is said of each group that is named
 * @param scaleBy all there are, and nothing else
 */
public record GroupDefinition(
    String id, Map<AppPath, JsonObject> apps, Map<String, Level> levels, OptionalDouble scaleBy) {
  private static final int DEEPEST = 50;

  /** Whether a group's apps, and its groups, are said; what is not said stays as it is. */
  public record Level(boolean saysApps, boolean saysGroups) {}

  public GroupDefinition {
    Objects.requireNonNull(id, "id");
    apps = Collections.unmodifiableMap(new LinkedHashMap<>(apps));
    levels = Map.copyOf(levels);
    Objects.requireNonNull(scaleBy, "scaleBy");
  }

  /**
   * Reads one.
   *
   * @throws NotValid when it is none
   */
  public static GroupDefinition of(String id, JsonObject said) {
    if (!id.equals("/")) {
      MarathonId.objection(id)
          .ifPresent(
              why -> {
                throw NotValid.rule("/id", why);
              });
    }
    JsonObject group = Reading.types(said);
    if (group.containsKey("version")) {
      throw NotValid.rule("/version", "a group has no versions here: roll its apps back");
    }
    if (!group.containsKey("scaleBy")) {
      Reading reading = new Reading(new LinkedHashMap<>(), new LinkedHashMap<>());
      reading.group(id, group, List.of(), 0);
      return new GroupDefinition(id, reading.apps, reading.levels, OptionalDouble.empty());
    }
    if (group.size() > (group.containsKey("id") ? 2 : 1)) {
      throw NotValid.rule("/scaleBy", "may only be combined with the 'id' field");
    }
    return new GroupDefinition(
        id, Map.of(), Map.of(), OptionalDouble.of(group.getDouble("scaleBy")));
  }

  /** Whether an app of the group that is not named is to be no more. */
  public boolean drops(AppPath app) {
    String at = id;
    while (!app.group().equals(at)) {
      String child = child(at, app.group());
      if (!levels.containsKey(child)) {
        return levels.get(at).saysGroups();
      }
      at = child;
    }
    return levels.get(at).saysApps();
  }

  private static String child(String group, String below) {
    int from = group.equals("/") ? 1 : group.length() + 1;
    int end = below.indexOf('/', from);
    return end < 0 ? below : below.substring(0, end);
  }

  private record Reading(Map<AppPath, JsonObject> apps, Map<String, Level> levels) {
    private static JsonObject types(JsonObject said) {
      Violations wrong = new Violations();
      JsonObject group = AppShape.GROUP.read(said, "", wrong);
      wrong.require(
          group.getJsonArray("pods", new JsonArray()).isEmpty(),
          "/pods",
          "pods of Marathon's own kind are not here: write a pod as Compose files");
      wrong.raise(NotValid::types);
      return group;
    }

    private void group(String id, JsonObject group, List<String> inherited, int depth) {
      if (depth > DEEPEST) {
        throw NotValid.rule("/groups", "groups are nested too deeply");
      }
      JsonArray needs = new JsonArray(inherited).copy();
      Parts.texts(group, "dependencies").forEach(it -> needs.add(MarathonId.absolute(it, id)));
      levels.put(id, new Level(group.containsKey("apps"), group.containsKey("groups")));
      for (JsonObject app : members(group, "apps")) {
        app(id, app, needs);
      }
      for (JsonObject inner : members(group, "groups")) {
        String name = MarathonId.absolute(id(inner), id);
        requireIn(id, name);
        group(name, types(inner), needs.stream().map(String.class::cast).toList(), depth + 1);
      }
    }

    private void app(String group, JsonObject written, JsonArray needs) {
      String id = MarathonId.absolute(id(written), group);
      requireIn(group, id);
      MarathonId.objection(id)
          .ifPresent(
              why -> {
                throw NotValid.rule("/apps", id + " " + why);
              });
      JsonObject app = written.copy();
      // What is of another type there is told when the app is read.
      if (!needs.isEmpty()
          && app.getValue("dependencies", new JsonArray()) instanceof JsonArray said) {
        JsonArray own = said.copy();
        needs.stream().filter(need -> !own.contains(need)).forEach(own::add);
        app.put("dependencies", own);
      }
      if (apps.put(new AppPath(id), app) != null) {
        throw NotValid.rule("/apps", id + " is there twice");
      }
    }

    private static List<JsonObject> members(JsonObject group, String field) {
      JsonArray all = group.getJsonArray(field, new JsonArray());
      if (!all.stream().allMatch(JsonObject.class::isInstance)) {
        throw NotValid.types(List.of(new Violation("/" + field, "error.expected.jsobject")));
      }
      return Parts.objects(group, field);
    }

    private static String id(JsonObject said) {
      if (said.getValue("id") instanceof String id) {
        return id;
      }
      throw NotValid.rule("/id", "error.path.missing");
    }

    private static void requireIn(String group, String id) {
      if (!group.equals("/") && !id.startsWith(group + "/")) {
        throw NotValid.rule("/id", id + " is not in the group " + group + " it is written in");
      }
    }
  }
}
