package io.dockherd.compose.interpolation;

import io.dockherd.compose.problems.Position;
import io.dockherd.compose.problems.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads an {@link EnvironmentFile} from its first character to its last. */
final class EnvironmentFileReader {
  /** All values together; lines that double the line above are soon worth gigabytes. */
  private static final long MOST = 16 << 20;

  private final String file;
  private final String text;
  private final Variables outer;
  private final Problems problems;
  private final Map<String, Optional<String>> values = new LinkedHashMap<>();
  private long filled;
  private int at;
  private int counted;
  private int line = 1;
  private int lineStart;

  EnvironmentFileReader(String file, String text, Variables outer, Problems problems) {
    this.file = file;
    this.text = text;
    this.outer = outer;
    this.problems = problems;
  }

  EnvironmentFile read() {
    if (text.startsWith("\uFEFF")) {
      at = 1;
    }
    while (at < text.length()) {
      skipBlanks();
      if (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '#') {
        assignment();
      }
      skipLine();
    }
    return new EnvironmentFile(values);
  }

  private void assignment() {
    Position start = here();
    String name = name();
    if (name.equals("export") && at < text.length() && isBlank(text.charAt(at))) {
      skipBlanks();
      name = name();
    }
    skipBlanks();
    boolean hasValue = at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':');
    boolean isOver = at >= text.length() || text.charAt(at) == '\n' || text.charAt(at) == '#';
    if (name.isEmpty() || !hasValue && !isOver) {
      problems.add(start, "this line gives no variable", EnvironmentFile.FORM);
    } else if (hasValue) {
      at++;
      skipBlanks();
      value(name, start);
    } else {
      values.put(name, outer.value(name));
    }
  }

  private void value(String name, Position start) {
    char quote = at < text.length() ? text.charAt(at) : '\n';
    if (quote != '"' && quote != '\'') {
      put(name, plain(), start);
      return;
    }
    int end = closing(quote);
    if (end < 0) {
      problems.add(start, "the quoted value of " + name + " has no end", "close the quotes");
      at = text.length();
      return;
    }
    String inner = text.substring(at + 1, end);
    at = end + 1;
    if (quote == '\'') {
      values.put(name, Optional.of(inner.replace("\\'", "'")));
    } else {
      put(name, unescaped(inner), start);
    }
    skipBlanks();
    if (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '#') {
      problems.add(here(), "there is more after the quoted value of " + name, "quote all of it");
    }
  }

  private void put(String name, String template, Position start) {
    try {
      String value =
          Template.parse(template)
              .fill(
                  outer.or(known -> values.getOrDefault(known, Optional.empty())),
                  unset ->
                      problems.warn(
                          "unset " + unset,
                          start,
                          "the variable " + unset + " is not set; it counts as empty",
                          ""));
      filled += value.length();
      if (filled > MOST) {
        throw problems.stop(
            start, "with its variables put in the file is too long", "use shorter ones");
      }
      values.put(name, Optional.of(value));
    } catch (BadTemplate e) {
      problems.add(start, name + ": " + e.getMessage(), e.remedy());
    }
  }

  /** Up to the end of the line, or a comment, which has a blank before it. */
  private String plain() {
    int start = at;
    while (at < text.length() && text.charAt(at) != '\n' && !isComment(start)) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private boolean isComment(int start) {
    return text.charAt(at) == '#' && (at == start || isBlank(text.charAt(at - 1)));
  }

  private int closing(char quote) {
    for (int i = at + 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == quote) {
        return i;
      }
    }
    return -1;
  }

  /** An escaped dollar becomes {@code $$}, which the template takes for a dollar. */
  private static String unescaped(String inner) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      if (c != '\\' || i + 1 == inner.length()) {
        plain.append(c);
        continue;
      }
      char escaped = inner.charAt(++i);
      plain.append(
          switch (escaped) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"' -> "\"";
            case '\\' -> "\\";
            case '$' -> "$$";
            default -> "\\" + escaped;
          });
    }
    return plain.toString();
  }

  private String name() {
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isNamePart(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end + 1;
  }

  /** Counts on from where it was asked last: asked for every line, it still reads all but once. */
  private Position here() {
    for (; counted < at; counted++) {
      if (text.charAt(counted) == '\n') {
        line++;
        lineStart = counted + 1;
      }
    }
    return new Position(file, line, at - lineStart + 1);
  }
}
