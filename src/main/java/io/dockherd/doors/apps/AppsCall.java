package io.dockherd.doors.apps;

import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.ChangeOptions.Expected;
import io.dockherd.apps.model.AppPath;
import io.dockherd.doors.Clearance;
import io.dockherd.doors.OpenCall;
import io.dockherd.doors.Query;
import io.dockherd.failure.Invalid;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A request to the apps door, on its way to its {@link Endpoint}.
 *
 * @param open the request as the door has it
 * @param subject the app or group the path names, with a slash in front; {@code /} for none
 * @param query decoded
 * @param bodyBytes the longest body
 * @param clearance for what the route is for
 */
record AppsCall(OpenCall open, String subject, Query query, int bodyBytes, Clearance clearance) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  AppsCall {
    Objects.requireNonNull(open, "open");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(clearance, "clearance");
  }

  /** The app the path names. */
  AppPath app() {
    return new AppPath(subject);
  }

  /** The group the path names. */
  String group() {
    return subject.equals("/") ? "/" : new AppPath(subject).value();
  }

  /**
   * Returns when the caller may do what the route is for to that app, too.
   *
   * @throws io.dockherd.failure.Refused when not
   */
  void admit(AppPath app) {
    clearance.admit(app.value());
  }

  /** Whether it only asks what a change would come to. */
  boolean isDryRun() {
    return query.isOn("dryRun");
  }

  /** The whole body; an empty object where there is none. */
  JsonObject json() {
    Buffer body = open.body(bodyBytes);
    if (body.length() == 0) {
      return new JsonObject();
    }
    try {
      return new JsonObject(body);
    } catch (DecodeException e) {
      throw new Invalid("body", "the body is no JSON object: " + e.getMessage(), "", e);
    }
  }

  /** How the caller wants a change to be made. */
  ChangeOptions options() {
    return ChangeOptions.by(open.who().name(), LIMIT)
        .forced(query.isOn("force"))
        .expecting(expected());
  }

  /** By the headers HTTP has for it. */
  private Expected expected() {
    String match = open.headers().get("If-Match");
    String none = open.headers().get("If-None-Match");
    if (none != null && none.strip().equals("*")) {
      return new Expected.Absent();
    }
    if (match == null) {
      return new Expected.Anything();
    }
    String stamp = match.strip().replaceAll("^\"|\"$", "");
    try {
      return stamp.equals("*") ? new Expected.Present() : new Expected.At(Instant.parse(stamp));
    } catch (DateTimeException e) {
      throw new Invalid(
          "If-Match",
          "'" + match + "' is no version of an app",
          "give the ETag of what was read, or *",
          e);
    }
  }
}
