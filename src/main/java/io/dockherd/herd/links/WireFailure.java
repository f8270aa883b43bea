package io.dockherd.herd.links;

import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unplaceable;
import io.dockherd.failure.Unreachable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A failure on its way from the member it happened on to the one that asked.
 *
 * <pre>{"failure":"Conflict","subject":"web","message":"there is a web already","remedy":""}</pre>
 *
 * {@code Ambiguous} has {@code candidates}, {@code Unplaceable} has {@code reasons}.
 */
public final class WireFailure {
  private static final int MAX_CANDIDATES = 1000;

  private WireFailure() {}

  /** As JSON. */
  public static JsonObject write(Failure failure) {
    JsonObject json =
        new JsonObject()
            .put("failure", failure.getClass().getSimpleName())
            .put("subject", failure.subject())
            .put("message", failure.getMessage())
            .put("remedy", failure.remedy());
    return switch (failure) {
      case Ambiguous several -> json.put("candidates", new JsonArray(several.candidates()));
      case Unplaceable nowhere -> json.put("reasons", reasons(nowhere));
      case NotFound f -> json;
      case Conflict f -> json;
      case Refused f -> json;
      case Unreachable f -> json;
      case TimedOut f -> json;
      case Invalid f -> json;
    };
  }

  /** The HTTP status to send along, for whoever looks at the line. */
  public static int status(Failure failure) {
    return switch (failure) {
      case Invalid f -> 400;
      case Refused f -> 403;
      case NotFound f -> 404;
      case Ambiguous f -> 409;
      case Conflict f -> 409;
      case Unreachable f -> 502;
      case Unplaceable f -> 503;
      case TimedOut f -> 504;
    };
  }

  /** The failure a member sent; one of a kind unknown here is a refusal. */
  public static Failure read(JsonObject json) {
    String subject = text(json, "subject");
    String message = text(json, "message");
    String remedy = text(json, "remedy");
    return switch (text(json, "failure")) {
      case "NotFound" -> new NotFound(subject, message, remedy);
      case "Conflict" -> new Conflict(subject, message, remedy);
      case "Unreachable" -> new Unreachable(subject, message, remedy);
      case "TimedOut" -> new TimedOut(subject, message, remedy);
      case "Invalid" -> new Invalid(subject, message, remedy);
      case "Ambiguous" -> new Ambiguous(subject, candidates(json));
      case "Unplaceable" -> new Unplaceable(subject, reasons(json));
      default -> new Refused(subject, message, remedy);
    };
  }

  private static String text(JsonObject json, String key) {
    return json.getValue(key) instanceof String text ? text : "";
  }

  private static List<String> candidates(JsonObject json) {
    return json.getValue("candidates") instanceof JsonArray array
        ? array.stream().limit(MAX_CANDIDATES).map(String::valueOf).toList()
        : List.of();
  }

  private static JsonObject reasons(Unplaceable nowhere) {
    JsonObject reasons = new JsonObject();
    nowhere.reasons().forEach(reasons::put);
    return reasons;
  }

  private static Map<String, String> reasons(JsonObject json) {
    Map<String, String> reasons = new LinkedHashMap<>();
    if (json.getValue("reasons") instanceof JsonObject object) {
      object.forEach(entry -> reasons.put(entry.getKey(), String.valueOf(entry.getValue())));
    }
    return reasons;
  }
}
