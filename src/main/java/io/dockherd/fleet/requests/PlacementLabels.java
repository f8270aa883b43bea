package io.dockherd.fleet.requests;

import io.dockherd.failure.Invalid;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.Rule;
import io.dockherd.scheduling.Tenant;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where a volume or a network is to be made, by the labels containers have for that too. */
public final class PlacementLabels {
  private PlacementLabels() {}

  /**
   * What its labels demand and wish.
   *
   * @param subject what it is, for messages: "the volume data"
   * @param body of the create call
   * @param rules what else must hold
   * @param wishes what else should, before what the labels wish
   * @throws Invalid when an expression is none
   */
  public static Demand demand(
      String subject, JsonObject body, List<Rule> rules, List<Rule> wishes) {
    SwarmWishes said =
        SwarmWishes.take(new JsonObject().put("Labels", Fields.object(body, "Labels").copy()));
    List<Rule> allRules = new ArrayList<>(rules);
    allRules.addAll(said.rules());
    List<Rule> allWishes = new ArrayList<>(wishes);
    allWishes.addAll(said.wishes());
    return new Demand(subject, 0, Tenant.NOBODY, allRules, allWishes, Set.of());
  }
}
