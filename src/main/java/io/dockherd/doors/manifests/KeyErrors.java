package io.dockherd.doors.manifests;

import io.dockherd.doors.Turned;
import io.dockherd.doors.manifests.keys.ErrorCode;
import io.dockherd.doors.manifests.keys.KeyError;
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

/** What went wrong, as etcd would have told it. */
final class KeyErrors {
  private static final Log LOG = Log.of(KeyErrors.class);

  /** As etcd would have told it, with that status. */
  record Told(int status, KeyError error) {}

  private KeyErrors() {}

  static Told of(String requestId, Throwable cause) {
    return switch (cause) {
      case KeyError error -> new Told(error.code().status(), error);
      case Failure failure -> told(code(failure), failure.explanation());
      case Turned turned ->
          new Told(
              turned.status(),
              KeyError.ofRequest(
                  turned.status() == 503 ? ErrorCode.BUSY : ErrorCode.INVALID_FORM,
                  turned.getMessage()));
      default -> {
        LOG.error("call broke", cause, "request", requestId);
        yield told(ErrorCode.INTERNAL, "this should not have happened: " + cause);
      }
    };
  }

  private static Told told(ErrorCode code, String cause) {
    return new Told(code.status(), KeyError.of(code, cause));
  }

  private static ErrorCode code(Failure failure) {
    return switch (failure) {
      case Invalid e -> ErrorCode.INVALID_FIELD;
      case Refused e -> ErrorCode.UNAUTHORIZED;
      case NotFound e -> ErrorCode.KEY_NOT_FOUND;
      case Ambiguous e -> ErrorCode.COMPARE_FAILED;
      case Conflict e -> ErrorCode.COMPARE_FAILED;
      case Unreachable e -> ErrorCode.INTERNAL;
      case Unplaceable e -> ErrorCode.INTERNAL;
      case TimedOut e -> ErrorCode.INTERNAL;
    };
  }

  /** The outcome in a word, for the audit. */
  static String outcome(Throwable cause) {
    return switch (cause) {
      case KeyError error -> String.valueOf(error.code().number());
      case Failure failure -> String.valueOf(code(failure).number());
      case Turned turned -> turned.code();
      default -> "broken";
    };
  }
}
