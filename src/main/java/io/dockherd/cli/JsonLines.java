package io.dockherd.cli;

import io.dockherd.failure.Unreachable;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** JSON objects as they come, one a line; empty lines only say that the other side is alive. */
record JsonLines(InputStream stream) {
  /** Tells each, until there are no more. */
  void forEach(Consumer<JsonObject> listener) {
    whileTaken(
        line -> {
          listener.accept(line);
          return true;
        });
  }

  /** Prints each in some form, until there are no more or nobody is left who reads them. */
  void print(PrintWriter out, Function<JsonObject, String> form) {
    whileTaken(
        line -> {
          out.println(form.apply(line));
          // A writer over standard output does not see what that stream has swallowed.
          return !out.checkError() && !System.out.checkError();
        });
  }

  private void whileTaken(Predicate<JsonObject> listener) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && (line.isBlank() || listener.test(new JsonObject(line)))) {
        line = lines.readLine();
      }
    } catch (IOException e) {
      throw new Unreachable("door", "the node broke off: " + e.getMessage(), "ask another", e);
    }
  }
}
