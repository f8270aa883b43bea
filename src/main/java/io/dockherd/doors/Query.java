package io.dockherd.doors;

import io.dockherd.failure.Invalid;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request's query.
 *
 * @param all name → values, decoded, in their order
 */
public record Query(Map<String, List<String>> all) {
  public Query {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    all.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    all = Collections.unmodifiableMap(copy);
  }

  /**
   * Reads one.
   *
   * @throws Invalid when it can't be decoded
   */
  public static Query parse(String raw) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String pair : raw.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        all.computeIfAbsent(decode(name), first -> new ArrayList<>()).add(decode(value));
      }
    }
    return new Query(all);
  }

  /** The first value of that name; "" when there is none, which Docker takes for the same. */
  public String text(String name) {
    return all.getOrDefault(name, List.of("")).getFirst();
  }

  /** All values of that name. */
  public List<String> texts(String name) {
    return all.getOrDefault(name, List.of());
  }

  /** Whether it is switched on, as Docker reads it: everything but these words is yes. */
  public boolean isOn(String name) {
    return switch (text(name).strip().toLowerCase(java.util.Locale.ROOT)) {
      case "", "0", "no", "false", "none" -> false;
      default -> true;
    };
  }

  /**
   * A whole number; empty when not given.
   *
   * @throws Invalid when it is none
   */
  public Optional<Integer> number(String name) {
    String text = text(name).strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new Invalid(name, "'" + text + "' is no whole number for " + name, "", e);
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Invalid(text, "the query can't be decoded: " + text, "", e);
    }
  }
}
