package io.dockherd.doors.docker.containers;

import io.dockherd.engine.EngineRequest;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Fleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How much containers hold on disk: counted by their engines when they are asked, never before. */
record Sizes(Fleet fleet) {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<String> FIELDS = List.of("SizeRw", "SizeRootFs");

  Sizes {
    Objects.requireNonNull(fleet, "fleet");
  }

  /**
   * The size fields of the containers of those nodes, by full id; an engine that fails has none.
   */
  Map<String, JsonObject> of(Set<String> nodes) {
    Map<String, JsonObject> sizes = new HashMap<>();
    EngineRequest request =
        EngineRequest.get(LIMIT, "containers", "json").query("all", 1).query("size", 1);
    for (EachHost.Word word :
        EachHost.ask(
            fleet.hosts().stream().filter(host -> nodes.contains(host.node())).toList(), request)) {
      if (word.json() instanceof JsonArray entries) {
        entries.forEach(entry -> add(sizes, (JsonObject) entry));
      }
    }
    return sizes;
  }

  private static void add(Map<String, JsonObject> sizes, JsonObject entry) {
    JsonObject size = new JsonObject();
    for (String field : FIELDS) {
      if (entry.containsKey(field)) {
        size.put(field, entry.getValue(field));
      }
    }
    sizes.put(entry.getString("Id"), size);
  }
}
