package io.dockherd.doors.docker.containers;

import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The images a filter {@code ancestor} means: those it names, and those made from them. */
record Ancestors(Facts facts) {
  Ancestors {
    Objects.requireNonNull(facts, "facts");
  }

  /** Their full ids; none for a name nobody has. */
  Set<String> idsOf(List<String> references) {
    List<JsonObject> images = facts.of(FactKind.IMAGE).stream().map(Fact::json).toList();
    Deque<String> found = new ArrayDeque<>();
    for (JsonObject image : images) {
      if (references.stream().anyMatch(reference -> isNamed(image, reference))) {
        found.add(image.getString("Id", ""));
      }
    }
    Set<String> ids = new HashSet<>();
    while (!found.isEmpty()) {
      String id = found.poll();
      if (ids.add(id)) {
        images.stream()
            .filter(image -> id.equals(image.getString("ParentId")))
            .forEach(image -> found.add(image.getString("Id", "")));
      }
    }
    return ids;
  }

  private static boolean isNamed(JsonObject image, String reference) {
    String id = image.getString("Id", "");
    String digits = id.substring(id.indexOf(':') + 1);
    boolean isId =
        reference.startsWith("sha256:")
            ? id.startsWith(reference)
            : reference.matches("[0-9a-f]{4,64}") && digits.startsWith(reference);
    String familiar = familiar(reference);
    return isId
        || has(image, "RepoTags", familiar)
        || has(image, "RepoTags", familiar + ":latest")
        || has(image, "RepoDigests", familiar);
  }

  /** As engines write it in lists. */
  private static String familiar(String reference) {
    return reference.replaceFirst("^(index\\.)?docker\\.io/", "").replaceFirst("^library/", "");
  }

  private static boolean has(JsonObject image, String field, String name) {
    return image.getValue(field) instanceof JsonArray names && names.contains(name);
  }
}
