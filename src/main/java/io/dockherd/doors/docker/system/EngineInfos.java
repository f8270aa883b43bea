package io.dockherd.doors.docker.system;

import io.dockherd.doors.docker.HerdEngines;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What engines say of themselves, as if they were one: a switch is on when it is on everywhere, a
 * text stands where all say the same, plug-ins and runtimes are those of any, warnings tell whose.
 */
record EngineInfos(List<HerdEngines.Known> nodes) {
  private static final Set<String> UNITED = Set.of("Plugins", "Runtimes");

  EngineInfos {
    nodes = nodes.stream().filter(known -> known.engine().isReachable()).toList();
  }

  JsonObject merged() {
    JsonObject merged = new JsonObject();
    Set<String> differing = new HashSet<>();
    JsonArray warnings = new JsonArray();
    for (HerdEngines.Known node : nodes) {
      for (Map.Entry<String, Object> field : node.engine().info()) {
        if (field.getKey().equals("Warnings")) {
          warn(warnings, node.node(), field.getValue());
        } else {
          merge(merged, differing, field);
        }
      }
    }
    differing.forEach(field -> merged.put(field, ""));
    return merged.put("Warnings", warnings);
  }

  private static void merge(
      JsonObject merged, Set<String> differing, Map.Entry<String, Object> field) {
    String name = field.getKey();
    Object before = merged.getValue(name);
    Object now = field.getValue();
    if (before == null) {
      merged.put(name, now instanceof JsonObject object ? object.copy() : now);
    } else if (before instanceof Boolean was && now instanceof Boolean is) {
      merged.put(name, was && is);
    } else if (UNITED.contains(name)
        && before instanceof JsonObject was
        && now instanceof JsonObject is) {
      unite(was, is);
    } else if (before instanceof JsonArray was && now instanceof JsonArray is) {
      merged.put(name, common(was, is));
    } else if (before instanceof String && !before.equals(now)) {
      differing.add(name);
    }
  }

  /** Plug-ins are lists by kind, runtimes objects by name. */
  private static void unite(JsonObject all, JsonObject more) {
    for (Map.Entry<String, Object> field : more) {
      if (all.getValue(field.getKey()) instanceof JsonArray has
          && field.getValue() instanceof JsonArray is) {
        JsonArray both = has.copy();
        is.stream().filter(each -> !has.contains(each)).forEach(both::add);
        all.put(field.getKey(), both);
      } else if (all.getValue(field.getKey()) == null) {
        all.put(field.getKey(), field.getValue());
      }
    }
  }

  private static JsonArray common(JsonArray a, JsonArray b) {
    JsonArray common = new JsonArray();
    a.stream().filter(b::contains).forEach(common::add);
    return common;
  }

  private static void warn(JsonArray warnings, String node, Object told) {
    if (told instanceof JsonArray each) {
      each.forEach(warning -> warnings.add(node + ": " + warning));
    }
  }
}
