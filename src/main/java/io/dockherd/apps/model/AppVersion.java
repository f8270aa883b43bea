package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/**
 * What an app was to be from one change to the next: a configuration and a number of instances.
 *
 * <pre>{"stamp":"2026-11-28T09:00:00.123Z","revision":"7-ab12cd34","instances":3,"who":"local"}
 * </pre>
 *
 * @param stamp when it was said, to the millisecond, in UTC; each version of an app has its own
 */
public record AppVersion(Instant stamp, RevisionId revision, int instances, String who) {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Cuts the stamp to milliseconds. */
  public AppVersion {
    stamp = stamp.truncatedTo(ChronoUnit.MILLIS);
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(who, "who");
    if (instances < 0) {
      throw new IllegalArgumentException("instances must not be negative: " + instances);
    }
  }

  /** {@code 2026-11-28T09:00:00.123Z}: always three decimals, as Marathon writes it. */
  public String text() {
    return text(stamp);
  }

  /** The same for any time. */
  public static String text(Instant time) {
    return FORM.format(time);
  }

  static AppVersion of(JsonObject json) {
    return new AppVersion(
        Instant.parse(json.getString("stamp")),
        RevisionId.of(json.getString("revision")),
        json.getInteger("instances", 1),
        json.getString("who", ""));
  }

  JsonObject json() {
    return new JsonObject()
        .put("stamp", text())
        .put("revision", revision.toString())
        .put("instances", instances)
        .put("who", who);
  }
}
