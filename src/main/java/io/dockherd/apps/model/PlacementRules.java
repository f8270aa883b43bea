package io.dockherd.apps.model;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Where an app's instances may be.
 *
 * <pre>
 * {"constraints":[…],"affinities":["container==db","image==~redis"],"spreadOver":["zone"],"maxPerNode":0}
 * </pre>
 *
 * @param affinities classic Swarm's expressions, {@code ~} for those that are only wished
 * @param spreadOver labels over whose values instances are spread evenly, the first before the next
 * @param maxPerNode 0: as many as there is room for
 */
public record PlacementRules(
    List<Constraint> constraints,
    List<String> affinities,
    List<String> spreadOver,
    int maxPerNode) {
  /** Anywhere. */
  public static final PlacementRules NONE = new PlacementRules(List.of(), List.of(), List.of(), 0);

  public PlacementRules {
    constraints = List.copyOf(constraints);
    affinities = List.copyOf(affinities);
    spreadOver = List.copyOf(spreadOver);
    if (maxPerNode < 0) {
      throw new IllegalArgumentException("maxPerNode must not be negative: " + maxPerNode);
    }
  }

  static PlacementRules of(JsonObject json) {
    return new PlacementRules(
        JsonReading.objects(json, "constraints", Constraint::of),
        JsonReading.texts(json, "affinities"),
        JsonReading.texts(json, "spreadOver"),
        json.getInteger("maxPerNode", 0));
  }

  JsonObject json() {
    return new JsonObject()
        .put("constraints", JsonReading.json(constraints, Constraint::json))
        .put("affinities", new JsonArray(affinities))
        .put("spreadOver", new JsonArray(spreadOver))
        .put("maxPerNode", maxPerNode);
  }
}
