package io.dockherd.apps.pods;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.dockherd.failure.Invalid;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code .dockerignore}: what of a folder is not sent to the engine that builds an image of it.
 * One pattern a line, {@code #} begins a comment, {@code !} takes something back in, {@code **}
 * stands for any number of folders; the last line that fits decides. As
 * https://docs.docker.com/build/concepts/context/#dockerignore-files says.
 *
 * <p>The file comes from strangers: each line is matched in a time that grows with the path, and so
 * is never a trap.
 */
record IgnoreRules(List<Rule> rules) {
  /** Nothing is left out. */
  static final IgnoreRules NONE = new IgnoreRules(List.of());

  /**
   * One line.
   *
   * @param isException whether it takes back in
   */
  record Rule(Pattern pattern, boolean isException) {}

  /** More would be matched against each file of a folder for minutes. */
  private static final int MOST = 1_000;

  IgnoreRules {
    rules = List.copyOf(rules);
  }

  /**
   * Reads a file's text.
   *
   * @throws Invalid when a line is no pattern, or there are too many
   */
  static IgnoreRules of(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String written : text.lines().toList()) {
      String line = written.strip();
      boolean isException = line.startsWith("!");
      String glob = clean(isException ? line.substring(1).strip() : line);
      if (!line.startsWith("#") && !glob.isEmpty()) {
        rules.add(new Rule(pattern(line, glob), isException));
      }
    }
    if (rules.size() > MOST) {
      throw new Invalid(".dockerignore", ".dockerignore has more than " + MOST + " lines", "");
    }
    return new IgnoreRules(rules);
  }

  private static Pattern pattern(String line, String glob) {
    try {
      return Pattern.compile(regex(glob));
    } catch (PatternSyntaxException e) {
      throw new Invalid(
          ".dockerignore", "'" + line + "' in .dockerignore is no pattern: " + e.getMessage(), "");
    }
  }

  private static String clean(String glob) {
    String clean = glob.replaceAll("/+", "/").replaceAll("^(\\./)+", "");
    clean = clean.replaceAll("^/", "").replaceAll("/\\.?$", "");
    // One says as much as many.
    while (clean.contains("**/**/")) {
      clean = clean.replace("**/**/", "**/");
    }
    return clean.equals(".") ? "" : clean;
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> {
          boolean isDouble = glob.startsWith("**", i);
          if (!isDouble) {
            regex.append("[^/]*");
          } else if (glob.startsWith("**/", i)) {
            regex.append("(?:.*/)?");
            i += 2;
          } else {
            regex.append(".*");
            i++;
          }
        }
        case '?' -> regex.append("[^/]");
        case '[' -> i = choice(glob, i, regex);
        case '\\' -> {
          if (i + 1 < glob.length()) {
            i++;
            regex.append(Pattern.quote(glob.substring(i, i + 1)));
          }
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    // What is below something that fits, fits.
    return regex.append("(?:/.*)?").toString();
  }

  /** {@code [a-c]}; one without an end is a bracket and no more. */
  private static int choice(String glob, int start, StringBuilder regex) {
    int end = glob.indexOf(']', start + 2);
    if (end < 0) {
      regex.append("\\[");
      return start;
    }
    String inside = glob.substring(start + 1, end);
    boolean isNegated = inside.startsWith("^");
    String letters =
        (isNegated ? inside.substring(1) : inside).replaceAll("([\\\\\\[&])", "\\\\$1");
    regex.append(isNegated ? "[^" : "[").append(letters).append(']');
    return end;
  }

  /**
   * Whether that is left out.
   *
   * @param path below the folder, with slashes
   */
  boolean ignores(String path) {
    boolean isIgnored = false;
    for (Rule rule : rules) {
      if (rule.isException() == isIgnored && rule.pattern().matcher(path).matches()) {
        isIgnored = !rule.isException();
      }
    }
    return isIgnored;
  }
}
