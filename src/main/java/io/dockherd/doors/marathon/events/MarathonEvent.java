package io.dockherd.doors.marathon.events;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * One event as it is told: {@code id: 5f0c1a2b-17}, {@code event: status_update_event}, {@code
 * data: {…}} and a blank line.
 *
 * @param number counts the events of this life of the node
 */
record MarathonEvent(long number, String type, JsonObject data) {
  MarathonEvent {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(data, "data");
  }

  /**
   * As it is sent.
   *
   * @param life names this life of the node, so that another's numbers are not taken for its own
   */
  Buffer frame(String life) {
    return Buffer.buffer(
        mark(life, number) + "event: " + type + "\ndata: " + data.encode() + "\n\n");
  }

  /** The line that says how far a reader has come. */
  static String mark(String life, long number) {
    return "id: " + life + "-" + number + "\n";
  }
}
