package io.dockherd.compose.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command line as one text, split as a shell would, without a shell's expansions: {@code echo 'a
 * b' \"c} is three words.
 */
public final class ShellWords {
  private ShellWords() {}

  /** The words; empty when a quote is never closed. */
  public static Optional<List<String>> split(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean isWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        char next = text.charAt(++i);
        word.append(escaped(quote, next));
        isWord = true;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        isWord = true;
      } else if (c == quote && quote != 0) {
        quote = 0;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (isWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        isWord = false;
      } else {
        word.append(c);
        isWord = true;
      }
    }
    if (isWord) {
      words.add(word.toString());
    }
    return quote == 0 ? Optional.of(List.copyOf(words)) : Optional.empty();
  }

  /** Within double quotes a backslash is itself, but before what is special there. */
  private static String escaped(char quote, char next) {
    boolean isItself = quote == '"' && next != '"' && next != '\\' && next != '$';
    return isItself ? "\\" + next : Character.toString(next);
  }
}
