package io.dockherd.doors.marathon;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of the Marathon API and what is behind it.
 *
 * @param method upper case
 * @param path as {@code /v2/apps/{id}/tasks/{task}}: {@code {id}} stands for one or more segments,
 *     for ids have slashes in them, any other name for one
 * @param verb what the gate is asked and the audit told
 * @param isChange whether it changes something, so that the audit is told
 * @param hasDryRun whether it can be asked what the change would come to
 * @param namesWithin whether the body says what it is about: then the endpoint asks the gate
 */
record Route(
    String method,
    String path,
    Pattern pattern,
    String verb,
    boolean isChange,
    boolean hasDryRun,
    boolean namesWithin,
    Endpoint endpoint) {
  private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

  Route {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(verb, "verb");
    Objects.requireNonNull(endpoint, "endpoint");
  }

  /** One that changes nothing. */
  static Route read(String method, String path, String verb, Endpoint endpoint) {
    return new Route(method, path, pattern(path), verb, false, false, false, endpoint);
  }

  /** One that changes something. */
  static Route change(String method, String path, String verb, Endpoint endpoint) {
    return new Route(method, path, pattern(path), verb, true, false, false, endpoint);
  }

  /** One that changes what its body names. */
  static Route changeWithin(String method, String path, String verb, Endpoint endpoint) {
    return new Route(method, path, pattern(path), verb, true, false, true, endpoint);
  }

  /** The same, when it can be asked what the change would come to. */
  Route withDryRun() {
    return new Route(method, path, pattern, verb, isChange, true, namesWithin, endpoint);
  }

  private static Pattern pattern(String path) {
    StringBuilder pattern = new StringBuilder();
    Matcher name = NAME.matcher(path);
    int at = 0;
    while (name.find()) {
      pattern.append(Pattern.quote(path.substring(at, name.start())));
      String form = name.group(1).equals("id") ? ".+" : "[^/]+";
      pattern.append("(?<").append(name.group(1)).append(">").append(form).append(")");
      at = name.end();
    }
    return Pattern.compile(pattern.append(Pattern.quote(path.substring(at))).toString());
  }

  /** What the names stand for, when the path is one of these. */
  Optional<Map<String, String>> names(String decoded) {
    Matcher matcher = pattern.matcher(decoded);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> names = new LinkedHashMap<>();
    pattern.namedGroups().keySet().forEach(name -> names.put(name, matcher.group(name)));
    return Optional.of(names);
  }
}
