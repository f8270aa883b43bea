package io.dockherd.doors.marathon.answers;

import io.dockherd.doors.marathon.definition.NotValid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Chooses apps by their labels: {@code team==a, stage in (test, live), public}. Commas are ANDs;
 * every term, {@code !=} and {@code notin} too, wants the label to be there. Characters beyond
 * letters, digits, {@code -}, {@code _} and {@code .} are written with a backslash.
 */
public final class LabelSelector {
  private final String text;
  private int at;

  private LabelSelector(String text) {
    this.text = text;
  }

  /**
   * Reads one.
   *
   * @throws NotValid when it is none
   */
  public static Predicate<Map<String, String>> parse(String text) {
    LabelSelector selector = new LabelSelector(text);
    Predicate<Map<String, String>> all = selector.term();
    while (selector.takes(',')) {
      all = all.and(selector.term());
    }
    if (selector.at < text.length()) {
      throw selector.wrong("a comma or the end is expected");
    }
    return all;
  }

  private Predicate<Map<String, String>> term() {
    String key = word();
    blanks();
    if (starts("==")) {
      String value = word();
      return labels -> value.equals(labels.get(key));
    }
    if (starts("!=")) {
      String value = word();
      return labels -> labels.containsKey(key) && !value.equals(labels.get(key));
    }
    if (starts("notin")) {
      Set<String> values = set();
      return labels -> labels.containsKey(key) && !values.contains(labels.get(key));
    }
    if (starts("in")) {
      Set<String> values = set();
      return labels -> labels.containsKey(key) && values.contains(labels.get(key));
    }
    return labels -> labels.containsKey(key);
  }

  private Set<String> set() {
    List<String> values = new ArrayList<>();
    if (!takes('(')) {
      throw wrong("'(' is expected");
    }
    do {
      values.add(word());
    } while (takes(','));
    if (!takes(')')) {
      throw wrong("')' is expected");
    }
    return Set.copyOf(values);
  }

  private String word() {
    blanks();
    StringBuilder word = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        word.append(text.charAt(at + 1));
        at += 2;
      } else if (isBare(c)) {
        word.append(c);
        at++;
      } else {
        break;
      }
    }
    if (word.isEmpty()) {
      throw wrong("a name or value is expected");
    }
    return word.toString();
  }

  private static boolean isBare(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "-_.".indexOf(c) >= 0;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean starts(String what) {
    boolean isSo = text.startsWith(what, at);
    at += isSo ? what.length() : 0;
    return isSo;
  }

  private boolean takes(char c) {
    blanks();
    boolean isSo = at < text.length() && text.charAt(at) == c;
    at += isSo ? 1 : 0;
    return isSo;
  }

  private NotValid wrong(String what) {
    return NotValid.rule(
        "/label", "'" + text + "' is no label selector: " + what + " at character " + (at + 1));
  }
}
