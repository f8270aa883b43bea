package io.dockherd.node.settings;

import java.util.Objects;

/**
 * The shape of a setting's value: how it is read from text (flags, environment, defaults) and from
 * JSON (the configuration file).
 *
 * @param expected what is expected, as the end of the sentence "expected …"
 * @param placeholder one word that stands for the value in {@code --help}; empty for switches
 * @param reader gets a String, Number, Boolean, JsonObject or JsonArray and throws
 *     IllegalArgumentException when it can't be read
 */
public record Kind<T>(String expected, String placeholder, Reader<T> reader) {
  /** Turns what somebody wrote into a value. */
  @FunctionalInterface
  public interface Reader<T> {
    /** The value, or IllegalArgumentException. */
    T read(Object written);
  }

  public Kind {
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(placeholder, "placeholder");
    Objects.requireNonNull(reader, "reader");
  }

  /** Whether the flag alone, without a value, means true. */
  public boolean isSwitch() {
    return placeholder.isEmpty();
  }
}
