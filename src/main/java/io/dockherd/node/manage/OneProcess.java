package io.dockherd.node.manage;

import io.dockherd.engine.Engine;
import io.dockherd.fleet.HerdFleet;
import io.dockherd.fleet.Neighbours;
import io.dockherd.fleet.OutOfReach;
import io.dockherd.herd.members.Member;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * A manager's neighbours: there are none. What is asked of an engine's member the manager does
 * itself, and an engine it has not adopted is one it has not met.
 */
final class OneProcess implements Neighbours {
  private volatile HerdFleet fleet;

  /** The one fleet there is; it is made with its neighbours, so it comes after them. */
  void serve(HerdFleet all) {
    fleet = all;
  }

  @Override
  public Engine engineOf(Member member) {
    return new OutOfReach(member.name(), "it has not answered yet");
  }

  @Override
  public JsonObject command(Member member, String command, JsonObject order, Duration limit) {
    return fleet.obey(member.name(), command, order);
  }
}
