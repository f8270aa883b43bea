package io.dockherd.compose.loading;

import io.dockherd.compose.problems.Position;
import io.dockherd.compose.problems.Problems;
import io.dockherd.compose.yaml.YamlLimits;
import io.dockherd.failure.Invalid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Files, read within limits and named as the caller would. */
final class Texts {
  /** The file named {@code -}. */
  static final Path STANDARD_INPUT = Path.of("-");

  /** Includes can fan out: two of two of two are soon more than any project has. */
  static final int MOST_FILES = 1000;

  /** An env file is read for each service that names it. */
  private static final long MOST_TEXT = 16 << 20;

  private final SourceFiles sources;
  private final Path shownFrom;
  private final Problems problems;
  private final Map<Path, Optional<String>> known = new HashMap<>();
  private int read;
  private long given;

  Texts(SourceFiles sources, Path shownFrom, Problems problems) {
    this.sources = sources;
    this.shownFrom = shownFrom;
    this.problems = problems;
  }

  /**
   * A path as somebody wrote it.
   *
   * @throws Invalid when it can't be one
   */
  static Path path(String written) {
    try {
      return Path.of(written);
    } catch (InvalidPathException e) {
      throw new Invalid("file", "no file can be called so: " + e.getReason(), "name another", e);
    }
  }

  /** What to call a file in messages: relative to where the caller stands, if it lies below. */
  String shown(Path file) {
    return file.startsWith(shownFrom) ? shownFrom.relativize(file).toString() : file.toString();
  }

  /**
   * What a file holds; empty when there is none.
   *
   * @throws Invalid when it can't be read, or the project has more files than any has
   */
  Optional<byte[]> bytes(Path file) {
    if (++read > MOST_FILES) {
      throw problems.stop(
          Position.of(shown(file)),
          "the project has more than " + MOST_FILES + " files",
          "include fewer");
    }
    try {
      return sources.read(file, YamlLimits.defaults().bytes() + 1);
    } catch (IOException e) {
      throw problems.stop(
          Position.of(shown(file)), "the file can't be read: " + reason(e), "look at its rights");
    }
  }

  /** A file as text; empty when there is none, or it is no text, which has been told. */
  Optional<String> text(Path file) {
    Optional<String> text = known.get(file);
    if (text == null) {
      text = decoded(file);
      known.put(file, text);
    }
    given += text.map(String::length).orElse(0);
    if (given > MOST_TEXT) {
      throw problems.stop(
          Position.of(shown(file)), "the project reads too much from env files", "use fewer");
    }
    return text;
  }

  private Optional<String> decoded(Path file) {
    Optional<byte[]> bytes = bytes(file);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    if (bytes.get().length > YamlLimits.defaults().bytes()) {
      throw problems.stop(Position.of(shown(file)), "the file is too long", "split it");
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.get())).toString());
    } catch (CharacterCodingException e) {
      problems.add(Position.of(shown(file)), "the file is not UTF-8 text", "write it as that");
      return Optional.of("");
    }
  }

  private static String reason(IOException failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
