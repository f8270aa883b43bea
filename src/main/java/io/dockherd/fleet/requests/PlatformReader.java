package io.dockherd.fleet.requests;

import io.dockherd.scheduling.Rule;
import java.util.Locale;
import java.util.Map;

/** Platforms as clients write them, and as engines say what they are. */
public final class PlatformReader {
  /** What a kernel calls itself → what images are labelled with. */
  private static final Map<String, String> ARCHITECTURES =
      Map.of(
          "x86_64", "amd64", "aarch64", "arm64", "armv7l", "arm", "armv6l", "arm", "i686", "386");

  private PlatformReader() {}

  /** {@code linux/arm64/v8}, {@code linux}, {@code arm64}; the variant does not count. */
  static Rule.Platform read(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split("/");
    if (parts.length == 1) {
      boolean isOs = parts[0].equals("linux") || parts[0].equals("windows");
      return isOs ? new Rule.Platform(parts[0], "") : new Rule.Platform("", architecture(parts[0]));
    }
    return new Rule.Platform(parts[0], architecture(parts[1]));
  }

  /** As images have it: {@code x86_64} → {@code amd64}. */
  public static String architecture(String text) {
    return ARCHITECTURES.getOrDefault(text, text);
  }
}
