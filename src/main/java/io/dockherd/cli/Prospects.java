package io.dockherd.cli;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether anything will come of an app. The herd itself tries for ever to bring a new one up, with
 * growing waits; whoever watches would like to know.
 */
final class Prospects {
  private final int mostFailures;
  private final Map<String, Integer> before = new HashMap<>();

  /**
   * @param mostFailures how many are too many; 0: no number is
   */
  Prospects(int mostFailures) {
    this.mostFailures = mostFailures;
  }

  /**
   * Whether too many instances have failed: so many more than are well, and one of them since it
   * was first looked at, for what made earlier ones fail may have been mended.
   *
   * @param app as the apps door shows it
   */
  boolean areBad(JsonObject app) {
    int failures = app.getInteger("failures");
    int known = before.merge(app.getString("path"), failures, Math::min);
    return mostFailures > 0
        && failures > known
        && failures - app.getInteger("healthy") >= mostFailures;
  }
}
