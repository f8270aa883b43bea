package io.dockherd.doors.actions;

import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields that every action reads. */
public final class CommonFields {
  public static final Field<String> ACTION = Field.text("action", "what is to be done");

  /** What is longer is no name of anything; engines and relays need not be asked for it. */
  private static final int LONGEST_ID = 512;

  private static final String NAMING =
      "a string of " + LONGEST_ID + " characters at most, without control characters";

  public static final Field<String> ID =
      Field.of(
          "id",
          NAMING,
          "the container: full id, unique prefix of it, name, or node/name;"
              + " for actions about no container also <cluster> or <cluster>.<node>",
          CommonFields::readName);

  public static final Field<String> NODE =
      Field.of("node", NAMING, "the node that is meant, by its name", CommonFields::readName);

  public static final Field<JsonObject> BODY =
      Field.object("body", "sent to the engine with POST requests");

  public static final Field<Map<String, String>> HEADERS =
      Field.of(
          "headers",
          "an object of strings",
          "sent to the engine as HTTP headers; those that frame the message are left out",
          CommonFields::readHeaders);

  public static final Field<Long> TIME_LIMIT =
      Field.whole(
          "timeLimit", 1, 7_200_000, "milliseconds this request may take, instead of the usual");

  /** All of them. */
  public static final List<Field<?>> ALL = List.of(ACTION, ID, NODE, BODY, HEADERS, TIME_LIMIT);

  /** The engine's client sets these itself; a caller's would cut or tie together requests. */
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

  private CommonFields() {}

  private static Optional<String> readName(Object value) {
    return value instanceof CharSequence text
            && !text.isEmpty()
            && text.length() <= LONGEST_ID
            && text.chars().noneMatch(Character::isISOControl)
        ? Optional.of(text.toString())
        : Optional.empty();
  }

  private static Optional<Map<String, String>> readHeaders(Object value) {
    if (!(value instanceof JsonObject object)) {
      return Optional.empty();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, Object> header : object) {
      boolean fit =
          NAME.matcher(header.getKey()).matches()
              && header.getValue() instanceof String text
              && VALUE.matcher(text).matches();
      if (!fit) {
        throw new Invalid(
            "headers",
            "'headers' must hold strings fit for HTTP headers, and '"
                + header.getKey()
                + "' holds none",
            "");
      }
      if (!FRAMING.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        headers.put(header.getKey(), (String) header.getValue());
      }
    }
    return Optional.of(Map.copyOf(headers));
  }
}
