package io.dockherd.compose.yaml;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a tree as JSON: two spaces a level, or on one line; keys sorted. */
public final class JsonWriter {
  private final boolean isPretty;
  private final StringBuilder text = new StringBuilder();

  private JsonWriter(boolean isPretty) {
    this.isPretty = isPretty;
  }

  /**
   * The tree on several lines, with a line feed at its end.
   *
   * @param first keys of the outermost mapping that come before the sorted ones
   */
  public static String write(YamlMap root, List<String> first) {
    JsonWriter writer = new JsonWriter(true);
    writer.map(root, "", first);
    return writer.text.append('\n').toString();
  }

  /** The tree on one line without blanks: equal trees are equal texts, fit for a digest. */
  public static String compact(YamlNode node) {
    JsonWriter writer = new JsonWriter(false);
    writer.node(node, "");
    return writer.text.toString();
  }

  /** The text in quotes; what is within is escaped, so that it is a string of YAML too. */
  static String quoted(String word) {
    return word.codePoints()
        .mapToObj(JsonWriter::escaped)
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(int c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          c < ' ' || c >= 0x7F && c < 0xA0 || c == 0x2028 || c == 0x2029 || c == 0xFEFF
              ? String.format("\\u%04x", c)
              : Character.toString(c);
    };
  }

  private void node(YamlNode node, String indent) {
    switch (node) {
      case YamlMap map -> map(map, indent, List.of());
      case YamlList list -> list(list, indent);
      case YamlScalar scalar -> text.append(scalar(scalar));
    }
  }

  private static String scalar(YamlScalar scalar) {
    return switch (scalar.kind()) {
      case NOTHING -> "null";
      case TEXT -> quoted(scalar.text());
      case FLAG, WHOLE, DECIMAL -> Numbers.asText(scalar);
    };
  }

  private void map(YamlMap map, String indent, List<String> first) {
    Map<String, YamlNode> sorted = new TreeMap<>();
    map.entries().forEach((key, entry) -> sorted.put(key, entry.value()));
    text.append('{');
    boolean isFirst = true;
    for (String key : first) {
      if (sorted.containsKey(key)) {
        isFirst = entry(key, sorted.remove(key), indent, isFirst);
      }
    }
    for (Map.Entry<String, YamlNode> entry : sorted.entrySet()) {
      isFirst = entry(entry.getKey(), entry.getValue(), indent, isFirst);
    }
    close('}', indent, isFirst);
  }

  private boolean entry(String key, YamlNode value, String indent, boolean isFirst) {
    open(indent, isFirst);
    text.append(quoted(key)).append(isPretty ? ": " : ":");
    node(value, indent + "  ");
    return false;
  }

  private void list(YamlList list, String indent) {
    text.append('[');
    boolean isFirst = true;
    for (YamlNode item : list.items()) {
      open(indent, isFirst);
      node(item, indent + "  ");
      isFirst = false;
    }
    close(']', indent, isFirst);
  }

  private void open(String indent, boolean isFirst) {
    if (!isFirst) {
      text.append(',');
    }
    if (isPretty) {
      text.append('\n').append(indent).append("  ");
    }
  }

  private void close(char bracket, String indent, boolean isEmpty) {
    if (isPretty && !isEmpty) {
      text.append('\n').append(indent);
    }
    text.append(bracket);
  }
}
