package io.dockherd.cli;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.keys.KeyFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Where a command finds the herd key: in a file, on standard input, in the environment. */
final class KeyPlace {
  static final String STANDARD = "-";

  private static final int MAX_BYTES = 64 * 1024;

  private KeyPlace() {}

  /**
   * Reads the key from {@code place}, checked through.
   *
   * @param place a file, {@code -} for {@code input}, or "" for what the environment gives
   */
  static HerdKey read(String place, InputStream input, Map<String, String> environment) {
    HerdKey key =
        switch (place) {
          case "" ->
              KeyFile.fromEnvironment(environment)
                  .orElseThrow(
                      () ->
                          new Invalid(
                              "herd key",
                              "there is no herd key",
                              "name its file, or set "
                                  + KeyFile.FILE_VARIABLE
                                  + "; 'dockherd key new FILE' makes one"));
          case STANDARD -> HerdKey.parse(all(input));
          default -> KeyFile.read(Path.of(place));
        };
    return key.check();
  }

  /** Prints a secret as it is, without a line more or less. */
  static void print(PrintWriter out, String secret) {
    out.print(secret);
    out.flush();
  }

  private static String all(InputStream input) {
    try {
      return new String(input.readNBytes(MAX_BYTES + 1), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
