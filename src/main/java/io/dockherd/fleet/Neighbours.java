package io.dockherd.fleet;

import io.dockherd.engine.Engine;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.members.Member;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The way to the other nodes: their relays. All methods that ask wait. */
public interface Neighbours {
  /**
   * The engine beside that member, called through the member's {@link RelayDoor}. Keeps its
   * connections until it is closed.
   */
  Engine engineOf(Member member);

  /**
   * Has the member do something.
   *
   * @param command its name: {@code create}
   * @throws Unreachable when the member can't be reached or goes before it answers
   * @throws TimedOut when the limit passes
   */
  JsonObject command(Member member, String command, JsonObject order, Duration limit);
}
