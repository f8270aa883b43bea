package io.dockherd.doors.actions;

import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A field of a request: its name, what it may hold, and what for. JSON null counts as absent.
 *
 * @param name as the request has it
 * @param expected what it may hold, as {@code a string}
 * @param meaning one line for the docs
 * @param reader value → typed value; empty when it is none
 */
public record Field<T>(
    String name, String expected, String meaning, Function<Object, Optional<T>> reader) {
  private static final int SHOWN = 40;

  /** A string that is not empty. */
  public static Field<String> text(String name, String meaning) {
    return new Field<>(
        name,
        "a string",
        meaning,
        value ->
            value instanceof CharSequence text && !text.isEmpty()
                ? Optional.of(text.toString())
                : Optional.empty());
  }

  /** True or false. */
  public static Field<Boolean> flag(String name, String meaning) {
    return new Field<>(name, "true or false", meaning, only(Boolean.class));
  }

  /** A whole number; one written as 2.0 is one too. */
  public static Field<Long> whole(String name, long least, long most, String meaning) {
    return new Field<>(
        name,
        "a whole number from " + least + " to " + most,
        meaning,
        value ->
            value instanceof Number number
                    && number.doubleValue() == Math.rint(number.doubleValue())
                    && number.doubleValue() >= least
                    && number.doubleValue() <= most
                ? Optional.of(number.longValue())
                : Optional.empty());
  }

  /** An object. */
  public static Field<JsonObject> object(String name, String meaning) {
    return new Field<>(name, "an object", meaning, only(JsonObject.class));
  }

  /** A list of strings; a single string counts as a list of one. */
  public static Field<List<String>> texts(String name, String meaning) {
    return new Field<>(name, "a list of strings", meaning, Field::strings);
  }

  /** What {@code reader} accepts, described by {@code expected}. */
  public static <T> Field<T> of(
      String name, String expected, String meaning, Function<Object, Optional<T>> reader) {
    return new Field<>(name, expected, meaning, reader);
  }

  /**
   * The field's value in a request.
   *
   * @throws Invalid when it is of a wrong type
   */
  public Optional<T> in(JsonObject request) {
    Object value = request.getValue(name);
    if (value == null) {
      return Optional.empty();
    }
    Optional<T> read = reader.apply(value);
    if (read.isEmpty()) {
      throw new Invalid(
          name, "'" + name + "' must be " + expected + ", not " + describe(value), "");
    }
    return read;
  }

  /**
   * The field's value in a request that must have it.
   *
   * @throws Invalid when it is absent or of a wrong type
   */
  public T required(JsonObject request) {
    return in(request).orElseThrow(() -> missing(name));
  }

  /** The seed's words for an absent field. */
  public static Invalid missing(String name) {
    return new Invalid(name, name + " must be specified", "");
  }

  /** A value as an error message shows it. */
  public static String describe(Object value) {
    return switch (value) {
      case null -> "null";
      case JsonObject object -> "an object";
      case JsonArray array -> "a list";
      case java.util.Map<?, ?> map -> "an object";
      case List<?> list -> "a list";
      case Number number -> "the number " + cut(number.toString());
      case Boolean flag -> flag.toString();
      case CharSequence text when text.isEmpty() -> "an empty string";
      default -> "the string \"" + cut(value.toString()) + "\"";
    };
  }

  private static String cut(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static <T> Function<Object, Optional<T>> only(Class<T> type) {
    return value -> type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }

  private static Optional<List<String>> strings(Object value) {
    if (value instanceof CharSequence one) {
      return Optional.of(List.of(one.toString()));
    }
    if (!(value instanceof JsonArray array)) {
      return Optional.empty();
    }
    List<String> strings = new ArrayList<>();
    for (Object element : array) {
      if (!(element instanceof CharSequence text)) {
        return Optional.empty();
      }
      strings.add(text.toString());
    }
    return Optional.of(List.copyOf(strings));
  }
}
