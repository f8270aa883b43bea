package io.dockherd.node.settings;

import io.dockherd.failure.Invalid;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One thing that can be set.
 *
 * @param key its name in the configuration file, in camel case; flag and variable derive from it
 * @param aliases other names it answers to in the file and as a flag; the seed's among them
 * @param kind the shape of its value
 * @param fallback the default, as somebody would write it; empty when there is none
 * @param otherwise what happens when neither a value nor a fallback is there; empty when there is a
 *     fallback
 * @param why what it does, and why the default is what it is: the trade-off
 * @param isSecret whether a flag would show it to everybody on the machine, so that there is none
 */
public record Setting<T>(
    String key,
    List<String> aliases,
    Kind<T> kind,
    String fallback,
    String otherwise,
    String why,
    boolean isSecret) {
  public Setting {
    Objects.requireNonNull(key, "key");
    aliases = List.copyOf(aliases);
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(fallback, "fallback");
    Objects.requireNonNull(otherwise, "otherwise");
    Objects.requireNonNull(why, "why");
  }

  static <T> Setting<T> of(String key, Kind<T> kind, String fallback, String why) {
    return new Setting<>(key, List.of(), kind, fallback, "", why, false);
  }

  /** A setting whose default is found out at run time, as {@code otherwise} says. */
  static <T> Setting<T> found(String key, Kind<T> kind, String otherwise, String why) {
    return new Setting<>(key, List.of(), kind, "", otherwise, why, false);
  }

  Setting<T> alias(String... more) {
    return new Setting<>(key, List.of(more), kind, fallback, otherwise, why, isSecret);
  }

  Setting<T> secret() {
    return new Setting<>(key, aliases, kind, fallback, otherwise, why, true);
  }

  /** The key and its aliases. */
  public Stream<String> names() {
    return Stream.concat(Stream.of(key), aliases.stream());
  }

  /** The flags, as {@code --task-timeout}; none for a secret. */
  public List<String> flags() {
    return isSecret ? List.of() : names().map(name -> "--" + words(name, "-")).distinct().toList();
  }

  /** The environment variable, as {@code DOCKHERD_TASK_TIMEOUT}. */
  public String variable() {
    return "DOCKHERD_" + words(key, "_").toUpperCase(Locale.ROOT);
  }

  /** The value when nothing was said. */
  public T fallbackValue() {
    return kind.reader().read(fallback);
  }

  /** What the default is, in words. */
  public String fallbackText() {
    return fallback.isEmpty() ? otherwise : fallback;
  }

  /**
   * Reads what somebody wrote.
   *
   * @param source where it was written, for the message: a flag, a variable or a file's key
   * @throws Invalid naming the source, what was written and what is expected
   */
  public T read(Object written, String source) {
    try {
      return kind.reader().read(written);
    } catch (IllegalArgumentException e) {
      String shown = isSecret ? "" : ": " + written;
      throw new Invalid(key, source + " can't be read" + shown, "expected " + kind.expected(), e);
    }
  }

  private static String words(String camelCase, String joint) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1" + joint + "$2").toLowerCase(Locale.ROOT);
  }
}
