package io.dockherd.cli;

import io.dockherd.failure.Unreachable;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** JSON objects as they come, one a line; empty lines only say that the other side is alive. */
record JsonLines(InputStream stream) {
  /** Tells each, until there are no more. */
  void forEach(Consumer<JsonObject> listener) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null) {
        if (!line.isBlank()) {
          listener.accept(new JsonObject(line));
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      throw new Unreachable("door", "the node broke off: " + e.getMessage(), "ask another", e);
    }
  }
}
