package io.dockherd.fleet.events;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * Something that happened in the herd.
 *
 * @param node the name of the node it happened on, or to
 * @param journal where it is written down: the life of the node that tells of it
 * @param number its place in that journal, rising; 0 for what was written down before the journal
 *     began
 * @param placedNanos when it happened as far as the order of events goes, since 1970; not the
 *     engine's own stamp where that is of no use ({@link ReorderWindow})
 * @param json as the engine told it; never to be changed
 */
public record HerdEvent(
    String node, String journal, long number, long placedNanos, JsonObject json) {
  public HerdEvent {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(json, "json");
  }

  /** The same, placed elsewhere in time. */
  HerdEvent placed(long nanos) {
    return new HerdEvent(node, journal, number, nanos, json);
  }
}
