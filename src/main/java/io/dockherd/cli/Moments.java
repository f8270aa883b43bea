package io.dockherd.cli;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as people read them. */
final class Moments {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private Moments() {}

  /** When an event was told, by the clock on the wall here. */
  static String local(JsonObject event) {
    return CLOCK.format(Instant.ofEpochMilli(event.getLong("atMillis", 0L)));
  }
}
