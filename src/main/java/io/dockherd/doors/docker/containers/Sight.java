package io.dockherd.doors.docker.containers;

import io.dockherd.fleet.watch.KnownContainer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** A container on a node, as a list sees it. */
final class Sight {
  private final String node;
  private final KnownContainer known;
  private final KnownContainer shown;
  private final boolean isDown;
  private JsonObject entry;

  /**
   * @param known what is known of it
   * @param shown the same as lists show it, with its node
   * @param isDown whether its engine does not answer just now
   */
  Sight(String node, KnownContainer known, KnownContainer shown, boolean isDown) {
    this.node = node;
    this.known = known;
    this.shown = shown;
    this.isDown = isDown;
  }

  String node() {
    return node;
  }

  KnownContainer known() {
    return known;
  }

  KnownContainer shown() {
    return shown;
  }

  /** The entry of the list, parsed when it is first asked for; its {@code Status} is an old one. */
  synchronized JsonObject entry() {
    if (entry == null) {
      entry = shown.summary(Instant.EPOCH);
    }
    return entry;
  }

  JsonObject labels() {
    return entry().getJsonObject("Labels", new JsonObject());
  }

  /** Whether Docker counts it as running, paused and restarting ones too; its engine answers. */
  boolean isUp() {
    return !isDown && isRunning();
  }

  boolean isRunning() {
    return switch (known.status().state()) {
      case "running", "paused", "restarting" -> true;
      default -> false;
    };
  }
}
