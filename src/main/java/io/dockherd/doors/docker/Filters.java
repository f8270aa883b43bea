package io.dockherd.doors.docker;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The {@code filters} of a list, an event stream or a prune, with Docker's rules for matching:
 * values of one field are alternatives, fields are conditions, a field that is not there says yes.
 *
 * <pre>
 * {"status":["running"],"label":["a=b","c"]}
 * {"status":{"running":true},"label":{"a=b":true,"c":true}}     the old form
 * </pre>
 *
 * @param values field → values
 */
public record Filters(Map<String, List<String>> values) {
  /** None. */
  public static final Filters NONE = new Filters(Map.of());

  public Filters {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    values.forEach((field, texts) -> copy.put(field, List.copyOf(texts)));
    values = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads them.
   *
   * @param json the query's value; "" for none
   * @throws Invalid when it is neither form
   */
  public static Filters parse(String json) {
    if (json.isBlank()) {
      return NONE;
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, Object> field : new JsonObject(json)) {
        values.put(field.getKey(), texts(field.getValue()));
      }
    } catch (DecodeException | ClassCastException e) {
      throw new Invalid("filters", "invalid filter: " + json, "", e);
    }
    return new Filters(values);
  }

  private static List<String> texts(Object value) {
    List<String> texts = new ArrayList<>();
    switch (value) {
      case JsonArray array -> array.forEach(text -> texts.add((String) text));
      case JsonObject object ->
          object.forEach(
              entry -> {
                if (!Boolean.FALSE.equals(entry.getValue())) {
                  texts.add(entry.getKey());
                }
              });
      case null, default -> throw new ClassCastException();
    }
    return texts;
  }

  /**
   * Refuses what is not known, as Docker does.
   *
   * @throws Invalid naming the first field that is not among them
   */
  public Filters only(Set<String> known) {
    for (String field : values.keySet()) {
      if (!known.contains(field)) {
        throw new Invalid(field, "invalid filter '" + field + "'", "");
      }
    }
    return this;
  }

  /** Whether there is a condition on that field. */
  public boolean has(String field) {
    return !get(field).isEmpty();
  }

  /** The values of that field; none when there is no condition on it. */
  public List<String> get(String field) {
    return values.getOrDefault(field, List.of());
  }

  /** The same without that field. */
  public Filters without(String field) {
    Map<String, List<String>> fewer = new LinkedHashMap<>(values);
    fewer.remove(field);
    return new Filters(fewer);
  }

  /** Whether one of the field's values fits, or there is none. */
  public boolean any(String field, Predicate<String> fits) {
    return !has(field) || get(field).stream().anyMatch(fits);
  }

  /** Whether the source is one of the field's values. */
  public boolean isExactly(String field, String source) {
    return any(field, source::equals);
  }

  /** Whether one of the field's values {@link #fits} the source, or there is none. */
  public boolean matches(String field, String source) {
    return any(field, value -> fits(value, source));
  }

  /** Whether a value is the source or, as a regular expression (RE2, as Docker's), is in it. */
  public static boolean fits(String value, String source) {
    if (value.equals(source)) {
      return true;
    }
    try {
      return Pattern.compile(value).matcher(source).find();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /** Whether all of the field's values, {@code key} or {@code key=value}, are among the pairs. */
  public boolean hasAll(String field, JsonObject pairs) {
    return get(field).stream().allMatch(wanted -> isAmong(wanted, pairs));
  }

  private static boolean isAmong(String wanted, JsonObject pairs) {
    int equals = wanted.indexOf('=');
    if (equals < 0) {
      return pairs.containsKey(wanted);
    }
    Object value = pairs.getValue(wanted.substring(0, equals));
    return value != null && value.toString().equals(wanted.substring(equals + 1));
  }

  /**
   * A yes or no; {@code otherwise} when there is no condition.
   *
   * @throws Invalid when it says neither or both
   */
  public boolean truth(String field, boolean otherwise) {
    List<String> said = get(field);
    boolean yes = said.contains("1") || said.contains("true");
    boolean no = said.contains("0") || said.contains("false");
    if (said.isEmpty()) {
      return otherwise;
    }
    if (yes == no) {
      throw new Invalid(field, "invalid filter '" + field + "=" + said + "'", "");
    }
    return yes;
  }

  /** As a query has them. */
  public String json() {
    JsonObject json = new JsonObject();
    values.forEach((field, texts) -> json.put(field, new JsonArray(texts)));
    return json.encode();
  }
}
