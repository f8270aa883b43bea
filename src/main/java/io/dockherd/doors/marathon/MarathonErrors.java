package io.dockherd.doors.marathon;

import io.dockherd.doors.Answer;
import io.dockherd.doors.Turned;
import io.dockherd.doors.marathon.definition.NotValid;
import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unplaceable;
import io.dockherd.failure.Unreachable;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;

/** What went wrong, as Marathon tells it: a status and {@code {"message":…}}. */
final class MarathonErrors {
  private static final Log LOG = Log.of(MarathonErrors.class);

  private MarathonErrors() {}

  static Answer answer(String requestId, Throwable cause) {
    return switch (cause) {
      case MarathonError error -> json(error.status(), error.body());
      case NotValid wrong -> json(422, wrong.json());
      case Invalid wrong -> json(422, NotValid.rule("/", wrong.explanation()).json());
      case Failure failure -> said(status(failure), failure.explanation());
      case Turned turned -> said(turned.status(), turned.getMessage());
      default -> {
        LOG.error("call broke", cause, "request", requestId);
        yield said(500, "this should not have happened: " + cause);
      }
    };
  }

  /** The outcome in a word, for the audit. */
  static String outcome(Throwable cause) {
    return switch (cause) {
      case MarathonError error -> String.valueOf(error.status());
      case NotValid wrong -> "422";
      case Failure failure -> String.valueOf(status(failure));
      case Turned turned -> turned.code();
      default -> "broken";
    };
  }

  private static Answer said(int status, String message) {
    return json(status, new JsonObject().put("message", message));
  }

  private static Answer json(int status, JsonObject body) {
    return Answer.json(status, body.toBuffer());
  }

  private static int status(Failure failure) {
    return switch (failure) {
      case Invalid e -> 422;
      case Refused e -> 403;
      case NotFound e -> 404;
      case Ambiguous e -> 409;
      case Conflict e -> 409;
      case Unreachable e -> 503;
      case Unplaceable e -> 503;
      case TimedOut e -> 503;
    };
  }
}
