package io.dockherd.compose.yaml;

import io.dockherd.compose.yaml.YamlScalar.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes a tree as YAML: two spaces a level, keys sorted, one way of writing each value, so that
 * equal trees are equal texts. Whatever plain YAML, of 1.1 or 1.2, might take for something else
 * than a text is quoted.
 */
public final class YamlWriter {
  private static final String STEP = "  ";
  private static final int LONGEST_PLAIN = 200;
  private static final String PLAIN_START = "[A-Za-z/_.]";
  private static final Pattern PLAIN =
      Pattern.compile(PLAIN_START + "(?:[A-Za-z0-9/_.,+=@%$() -]|:(?! |$))*(?<! )");
  private static final Pattern TAKEN =
      Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n|\\.inf|\\.nan|\\.[0-9].*");

  private final StringBuilder text = new StringBuilder();

  private YamlWriter() {}

  /**
   * The tree as text with a line feed at its end.
   *
   * @param first keys of the outermost mapping that come before the sorted ones
   */
  public static String write(YamlMap root, List<String> first) {
    YamlWriter writer = new YamlWriter();
    if (root.entries().isEmpty()) {
      return "{}\n";
    }
    for (String key : first) {
      root.get(key).ifPresent(value -> writer.entry("", key, value));
    }
    sorted(root)
        .forEach(
            (key, value) -> {
              if (!first.contains(key)) {
                writer.entry("", key, value);
              }
            });
    return writer.text.toString();
  }

  private static Map<String, YamlNode> sorted(YamlMap map) {
    Map<String, YamlNode> sorted = new TreeMap<>();
    map.entries().forEach((key, entry) -> sorted.put(key, entry.value()));
    return sorted;
  }

  private void entry(String indent, String key, YamlNode value) {
    text.append(indent).append(word(key)).append(':');
    switch (value) {
      case YamlMap map when !map.entries().isEmpty() -> {
        text.append('\n');
        map(indent + STEP, map);
      }
      case YamlList list when !list.items().isEmpty() -> {
        text.append('\n');
        list(indent + STEP, list);
      }
      default -> inline(value);
    }
  }

  private void map(String indent, YamlMap map) {
    sorted(map).forEach((key, value) -> entry(indent, key, value));
  }

  private void list(String indent, YamlList list) {
    for (YamlNode item : list.items()) {
      switch (item) {
        case YamlMap map when !map.entries().isEmpty() -> {
          // The first key stands beside the dash.
          int start = text.length();
          map(indent + STEP, map);
          text.replace(start, start + indent.length() + STEP.length(), indent + "- ");
        }
        case YamlList inner when !inner.items().isEmpty() -> {
          text.append(indent).append("-\n");
          list(indent + STEP, inner);
        }
        default -> {
          text.append(indent).append('-');
          inline(item);
        }
      }
    }
  }

  private void inline(YamlNode value) {
    text.append(' ');
    switch (value) {
      case YamlMap map -> text.append("{}");
      case YamlList list -> text.append("[]");
      case YamlScalar scalar -> text.append(scalar(scalar));
    }
    text.append('\n');
  }

  private static String scalar(YamlScalar scalar) {
    return switch (scalar.kind()) {
      case NOTHING -> "null";
      case TEXT -> word(scalar.text());
      case FLAG, WHOLE, DECIMAL -> Numbers.asText(scalar);
    };
  }

  private static String word(String word) {
    boolean isPlain =
        word.length() < LONGEST_PLAIN
            && PLAIN.matcher(word).matches()
            && !TAKEN.matcher(word).matches()
            && PlainScalar.kind(word) == Kind.TEXT;
    return isPlain ? word : JsonWriter.quoted(word);
  }
}
