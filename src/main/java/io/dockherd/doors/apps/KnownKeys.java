package io.dockherd.doors.apps;

import io.dockherd.apps.Wanted;
import io.dockherd.compose.schema.Nearest;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * Finds keys that mean nothing. Documents of other versions are read with what they have beyond
 * ours; what somebody says here is meant, so that a slip of the pen is told and not dropped.
 */
final class KnownKeys {
  private static final Set<String> WANTED = Set.of("path", "instances", "config");

  private KnownKeys() {}

  /**
   * What is wanted, if all of it is understood. A configuration writes each key it knows, so that
   * what was said and is not in it is none.
   *
   * @throws Invalid when a key is not known, or does not go with others that were said
   */
  static Wanted wanted(JsonObject said) {
    said.fieldNames().stream()
        .filter(key -> !WANTED.contains(key))
        .forEach(key -> refuse("", key, WANTED));
    Wanted wanted = Wanted.of(said);
    wanted.config().ifPresent(config -> compare("config", said.getValue("config"), config.json()));
    return wanted;
  }

  private static void compare(String path, Object said, Object understood) {
    if (said instanceof JsonObject object && understood instanceof JsonObject known) {
      for (String key : object.fieldNames()) {
        if (!known.containsKey(key)) {
          refuse(path, key, known.fieldNames());
        }
        compare(path + "." + key, object.getValue(key), known.getValue(key));
      }
    } else if (said instanceof JsonArray list
        && understood instanceof JsonArray known
        && list.size() == known.size()) {
      for (int i = 0; i < list.size(); i++) {
        compare(path + "[" + i + "]", list.getValue(i), known.getValue(i));
      }
    }
  }

  private static void refuse(String path, String key, Set<String> known) {
    String whole = path.isEmpty() ? key : path + "." + key;
    throw new Invalid(
        whole,
        "'" + whole + "' means nothing here",
        Nearest.of(key, known)
            .map(near -> "did you mean '" + near + "'?")
            .orElseGet(
                () -> "these are known: " + String.join(", ", known.stream().sorted().toList())));
  }
}
