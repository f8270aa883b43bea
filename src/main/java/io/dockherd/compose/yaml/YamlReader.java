package io.dockherd.compose.yaml;

import io.dockherd.compose.problems.Position;
import io.dockherd.compose.problems.Problems;
import io.dockherd.failure.Invalid;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML text. What is wrong with its form is told at its place, as an {@link Invalid}. */
public final class YamlReader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String ONLY_TEXT = "write the file as UTF-8 text";

  private static final int LEAST_WINDOW = 1024;

  private final String file;
  private final YamlBudget budget;
  private final Problems problems;

  /**
   * A reader of one file.
   *
   * @param file what to call it
   * @param budget of the project it is part of
   * @param problems gathers what need not stop the reading, as a key written twice
   */
  public YamlReader(String file, YamlBudget budget, Problems problems) {
    this.file = file;
    this.budget = budget;
    this.problems = problems;
  }

  /**
   * The documents in {@code bytes}, in order; empty ones are left out.
   *
   * @throws Invalid when it is no YAML, is too big, or aliases make it too big
   */
  public List<YamlNode> read(byte[] bytes) {
    String text = decode(bytes);
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setCodePointLimit(budget.limits().bytes() + 1)
            // It copies what is left of a scalar for every window; one window has nothing to copy.
            .setBufferSize(Math.max(LEAST_WINDOW, text.length() + 1))
            .build();
    try {
      return new Composer(file, budget, problems, new Parse(settings).parseString(text).iterator())
          .documents();
    } catch (MarkedYamlEngineException e) {
      throw problems.stop(
          e.getProblemMark()
              .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
              .orElse(Position.of(file)),
          "this is not YAML: " + sentence(Optional.ofNullable(e.getProblem()).orElse("")),
          "");
    } catch (YamlEngineException e) {
      throw problems.stop(
          Position.of(file),
          "this is not YAML: " + sentence(Optional.ofNullable(e.getMessage()).orElse("")),
          "");
    }
  }

  private String decode(byte[] bytes) {
    YamlLimits limits = budget.limits();
    if (bytes.length > limits.bytes()) {
      throw problems.stop(
          Position.of(file),
          "the file has " + bytes.length + " bytes, more than the " + limits.bytes() + " allowed",
          "put what is long into files of its own, as configs do");
    }
    if (!budget.takeBytes(bytes.length)) {
      throw problems.stop(
          Position.of(file),
          "with this file the project has more than the "
              + limits.bytesTogether()
              + " bytes of YAML allowed",
          "put what is long into files of its own, as configs do");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw problems.stop(Position.of(file), "the file is not UTF-8 text", ONLY_TEXT);
    }
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    checkPrintable(text);
    return text;
  }

  private void checkPrintable(String text) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        line++;
        lineStart = i + 1;
      } else if (!isPrintable(c)) {
        throw problems.stop(
            new Position(file, line, i - lineStart + 1),
            "the character U+" + String.format("%04X", (int) c) + " can't be in YAML",
            ONLY_TEXT);
      }
    }
  }

  /** YAML's own rule; the decoder left no half of a surrogate pair. */
  private static boolean isPrintable(char c) {
    return c >= ' ' && c < 0x7F
        || c == '\t'
        || c == '\n'
        || c == '\r'
        || c == 0x85
        || c >= 0xA0 && c < 0xFFFE && c != BYTE_ORDER_MARK;
  }

  private static String sentence(String message) {
    return message.lines().findFirst().orElse("").strip();
  }
}
