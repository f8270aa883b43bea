package io.dockherd.apps.logs;

import io.dockherd.fleet.Fleet;
import io.dockherd.herd.facts.Facts;
import java.util.Objects;

/** What apps write, over all their instances and nodes. */
public final class AppLogs {
  private final Fleet fleet;
  private final Facts facts;

  public AppLogs(Fleet fleet, Facts facts) {
    this.fleet = Objects.requireNonNull(fleet, "fleet");
    this.facts = Objects.requireNonNull(facts, "facts");
  }

  /**
   * Begins to read; returns at once. Read is only a little ahead of what is taken. A node that
   * can't be reached is passed over, and asked again as long as it is followed.
   */
  public LogFeed open(LogRequest request) {
    return new MergedLogs(fleet, facts, request).start();
  }
}
