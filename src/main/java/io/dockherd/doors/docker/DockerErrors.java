package io.dockherd.doors.docker;

import io.dockherd.doors.Answer;
import io.dockherd.doors.Turned;
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

/** What went wrong, as Docker tells it: a status and {@code {"message":"No such container: x"}}. */
final class DockerErrors {
  private static final Log LOG = Log.of(DockerErrors.class);

  private DockerErrors() {}

  static Answer answer(String requestId, Throwable cause) {
    return switch (cause) {
      case DockerError error -> answer(error.status(), error.getMessage());
      case Failure failure -> answer(status(failure), message(failure));
      case Turned turned -> answer(turned.status(), turned.getMessage());
      default -> {
        LOG.error("call broke", cause, "request", requestId);
        yield answer(500, "this should not have happened: " + cause);
      }
    };
  }

  static Answer answer(int status, String message) {
    return new Answer(
        status,
        "application/json",
        new JsonObject().put("message", message).toBuffer(),
        java.util.Map.of());
  }

  /** The outcome in a word, for the audit. */
  static String outcome(Throwable cause) {
    return switch (cause) {
      case DockerError error -> String.valueOf(error.status());
      case Failure failure -> String.valueOf(status(failure));
      case Turned turned -> turned.code();
      default -> "broken";
    };
  }

  private static int status(Failure failure) {
    return switch (failure) {
      case Invalid e -> 400;
      case Refused e -> 403;
      case NotFound e -> 404;
      case Ambiguous e -> 409;
      case Conflict e -> 409;
      case Unreachable e -> 503;
      case Unplaceable e -> 500;
      case TimedOut e -> 504;
    };
  }

  /** Programs look for Docker's "No such container", with its capital. */
  private static String message(Failure failure) {
    if (failure instanceof Unplaceable nowhere) {
      return Nowhere.message(nowhere);
    }
    String text = failure.explanation();
    return text.startsWith("no such ") ? "N" + text.substring(1) : text;
  }
}
