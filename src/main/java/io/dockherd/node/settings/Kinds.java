package io.dockherd.node.settings;

import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.scheduling.Filters;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of values there are. Empty text stands for "not given" where a value is optional. */
final class Kinds {
  private static final Pattern AMOUNT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) *([A-Za-z]*)");
  private static final Map<String, Long> MILLIS =
      Map.of("", 1L, "ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

  static final Kind<String> TEXT = new Kind<>("text", "TEXT", Kinds::text);

  static final Kind<String> NAME =
      new Kind<>(
          "a name of letters, digits, '.', '_' and '-'",
          "NAME",
          written -> matching(text(written), "[A-Za-z0-9._-]+"));

  static final Kind<Optional<String>> OPTIONAL_NAME =
      new Kind<>(NAME.expected(), "NAME", optional(NAME.reader()::read));

  static final Kind<Optional<String>> OPTIONAL_TEXT =
      new Kind<>("text", "TEXT", optional(Function.identity()));

  static final Kind<Optional<Path>> OPTIONAL_PATH =
      new Kind<>("a path", "PATH", optional(Path::of));

  static final Kind<Boolean> SWITCH = new Kind<>("true or false", "", Kinds::truth);

  static final Kind<Integer> PORT =
      new Kind<>(
          "a port number from 0 to 65535", "PORT", written -> (int) whole(written, 0, 65535));

  static final Kind<Integer> COUNT =
      new Kind<>(
          "a whole number from 0 on",
          "NUMBER",
          written -> (int) whole(written, 0, Integer.MAX_VALUE));

  static final Kind<Duration> DURATION =
      new Kind<>(
          "a time in milliseconds, or with a unit as in '250 ms', '5 s', '2 m', '1 h', '7 d'",
          "TIME",
          Kinds::duration);

  static final Kind<Long> SIZE =
      new Kind<>(
          "a size in bytes, or with a unit as in '64 KiB', '4 MiB'",
          "SIZE",
          written -> amount(written, BYTES));

  static final Kind<List<String>> LIST =
      new Kind<>("a list of texts, or one text with commas", "A,B", Kinds::list);

  static final Kind<Optional<List<String>>> OPTIONAL_LIST =
      new Kind<>(
          LIST.expected(),
          LIST.placeholder(),
          written -> "".equals(written) ? Optional.empty() : Optional.of(list(written)));

  static final Kind<Map<String, String>> LABELS =
      new Kind<>(
          "an object of texts, or 'key=value' pairs with commas",
          "K=V,…",
          written -> pairs(written, Kinds::text));

  static final Kind<Map<String, Duration>> LIMITS =
      new Kind<>(
          "an object of times, or 'name=time' pairs with commas",
          "NAME=TIME,…",
          written -> pairs(written, Kinds::duration));

  static final Kind<NameForm> NAME_FORM =
      new Kind<>(
          "plain or swarm",
          "FORM",
          written ->
              NameForm.valueOf(matching(text(written).toUpperCase(Locale.ROOT), "PLAIN|SWARM")));

  static final Kind<Level> LEVEL =
      new Kind<>(
          "one of debug, info, warning, error",
          "LEVEL",
          written ->
              Level.valueOf(
                  matching(text(written).toUpperCase(Locale.ROOT), "DEBUG|INFO|WARNING|ERROR")));

  static final Kind<String> STRATEGY =
      new Kind<>(
          "one of spread, binpack, random",
          "NAME",
          written -> matching(text(written), "spread|binpack|binpacking|random"));

  static final Kind<List<String>> FILTERS =
      new Kind<>("some of " + String.join(", ", Filters.names()), "A,B", Kinds::filters);

  static final Kind<Double> OVERCOMMIT =
      new Kind<>("a number larger than -1, as in '0.05'", "SHARE", Kinds::overcommit);

  static final Kind<String> CPU_SHARES =
      new Kind<>("weight or cores", "MEANING", written -> matching(text(written), "weight|cores"));

  static final Kind<List<Integer>> PORT_RANGE =
      new Kind<>("two port numbers as in '31000-32000'", "FIRST-LAST", Kinds::portRange);

  static final Kind<List<String>> SCHEMES =
      new Kind<>("some of http, https, file", "A,B", Kinds::schemes);

  private Kinds() {}

  private static List<Integer> portRange(Object written) {
    String[] ends = matching(text(written), "[0-9]{1,5} *- *[0-9]{1,5}").split(" *- *");
    int first = (int) whole(ends[0], 1, 65535);
    return List.of(first, (int) whole(ends[1], first, 65535));
  }

  private static List<String> schemes(Object written) {
    List<String> schemes = list(written);
    if (!List.of("http", "https", "file").containsAll(schemes)) {
      throw new IllegalArgumentException();
    }
    return schemes;
  }

  private static List<String> filters(Object written) {
    List<String> names = list(written);
    if (!Filters.names().containsAll(names)) {
      throw new IllegalArgumentException();
    }
    return names;
  }

  private static double overcommit(Object written) {
    double share = Double.parseDouble(written instanceof Number ? plain(written) : text(written));
    if (!(share > -1 && share < 1000)) {
      throw new IllegalArgumentException();
    }
    return share;
  }

  private static String text(Object written) {
    if (written instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException();
  }

  private static <T> Kind.Reader<Optional<T>> optional(Function<String, T> reader) {
    return written -> Optional.of(text(written)).filter(text -> !text.isEmpty()).map(reader);
  }

  private static String matching(String text, String pattern) {
    if (text.matches(pattern)) {
      return text;
    }
    throw new IllegalArgumentException();
  }

  private static boolean truth(Object written) {
    if (written instanceof Boolean truth) {
      return truth;
    }
    return Boolean.parseBoolean(matching(text(written).toLowerCase(Locale.ROOT), "true|false"));
  }

  private static long whole(Object written, long least, long most) {
    long number = amount(written, Map.of("", 1L));
    if (number < least || number > most) {
      throw new IllegalArgumentException();
    }
    return number;
  }

  private static Duration duration(Object written) {
    return Duration.ofMillis(amount(written, MILLIS));
  }

  /** A number, with any fraction cut off as the seed did, times its unit. */
  private static long amount(Object written, Map<String, Long> units) {
    Matcher amount = AMOUNT.matcher(written instanceof Number ? plain(written) : text(written));
    if (!amount.matches() || !units.containsKey(amount.group(2))) {
      throw new IllegalArgumentException();
    }
    BigDecimal unit = BigDecimal.valueOf(units.get(amount.group(2)));
    try {
      return new BigDecimal(amount.group(1)).multiply(unit).toBigInteger().longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String plain(Object number) {
    return new BigDecimal(number.toString()).toPlainString();
  }

  private static List<String> list(Object written) {
    if (written instanceof JsonArray array) {
      return array.stream().map(Kinds::text).toList();
    }
    return Arrays.stream(text(written).split(","))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private static <T> Map<String, T> pairs(Object written, Function<Object, T> value) {
    Map<String, T> pairs = new LinkedHashMap<>();
    if (written instanceof JsonObject object) {
      object.forEach(entry -> pairs.put(entry.getKey(), value.apply(entry.getValue())));
    } else {
      for (String pair : list(written)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException();
        }
        pairs.put(
            pair.substring(0, equals).strip(), value.apply(pair.substring(equals + 1).strip()));
      }
    }
    return Collections.unmodifiableMap(pairs);
  }
}
