package io.dockherd.doors.actions;

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
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What went wrong, in the words of the actions door:
 *
 * <pre>
 * {"status":"error","message":"id must be specified","code":"invalid","subject":"id",
 *  "requestId":"5f0c…"}</pre>
 *
 * <p>{@code status} is {@code "timeout or no such id"} where the seed said so, and an unknown
 * action has its {@code error}. {@code code} is for programs, {@code message} for people.
 */
final class ActionErrors {
  private static final Log LOG = Log.of(ActionErrors.class);
  private static final String LOST = "timeout or no such id";

  private ActionErrors() {}

  /** The answer to a request that failed for that reason. */
  static Reply reply(String requestId, Throwable cause) {
    return switch (cause) {
      case Failure failure -> new Reply(status(failure), body(failure, requestId).toBuffer());
      case Turned turned ->
          new Reply(
              turned.status(),
              error("error", turned.getMessage(), turned.code(), requestId).toBuffer());
      case UnknownAction unknown ->
          new Reply(
              400,
              new JsonObject()
                  .put("error", "no such action is supported")
                  .mergeIn(error("error", unknown.getMessage(), "no-such-action", requestId))
                  .put("subject", unknown.action())
                  .toBuffer());
      default -> {
        LOG.error("call broke", cause, "request", requestId);
        yield new Reply(
            500,
            error("error", "this should not have happened: " + cause, "broken", requestId)
                .toBuffer());
      }
    };
  }

  /** The entry of an aggregate for a part that failed on {@code node} ("" when on none). */
  static JsonObject entry(String node, Failure failure) {
    JsonObject entry = new JsonObject();
    entry.put("error", failure instanceof TimedOut ? "timeout" : failure.getMessage());
    if (!node.isEmpty()) {
      entry.put("node", node);
    }
    entry.put("message", failure.explanation()).put("code", code(failure));
    addDetails(entry, failure);
    return entry;
  }

  static int status(Failure failure) {
    return switch (failure) {
      case Invalid e -> 400;
      case Refused e -> 403;
      case NotFound e -> 404;
      case Ambiguous e -> 409;
      case Conflict e -> 409;
      case Unreachable e -> 502;
      case Unplaceable e -> 503;
      case TimedOut e -> 504;
    };
  }

  static String code(Failure failure) {
    return switch (failure) {
      case Invalid e -> "invalid";
      case Refused e -> "refused";
      case NotFound e -> "not-found";
      case Ambiguous e -> "ambiguous";
      case Conflict e -> "conflict";
      case Unreachable e -> "unreachable";
      case Unplaceable e -> "unplaceable";
      case TimedOut e -> "timed-out";
    };
  }

  private static JsonObject body(Failure failure, String requestId) {
    boolean lost = failure instanceof NotFound || failure instanceof TimedOut;
    JsonObject body = error(lost ? LOST : "error", failure.explanation(), code(failure), requestId);
    if (!failure.subject().isEmpty()) {
      body.put("subject", failure.subject());
    }
    addDetails(body, failure);
    return body;
  }

  private static void addDetails(JsonObject json, Failure failure) {
    if (failure instanceof Ambiguous ambiguous) {
      json.put("candidates", new JsonArray(ambiguous.candidates()));
    }
    if (failure instanceof Unplaceable unplaceable) {
      JsonObject reasons = new JsonObject();
      unplaceable.reasons().forEach(reasons::put);
      json.put("reasons", reasons);
    }
  }

  private static JsonObject error(String status, String message, String code, String requestId) {
    return new JsonObject()
        .put("status", status)
        .put("message", message)
        .put("code", code)
        .put("requestId", requestId);
  }
}
