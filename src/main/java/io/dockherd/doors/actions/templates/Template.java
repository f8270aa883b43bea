package io.dockherd.doors.actions.templates;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * A template as it was found.
 *
 * @param name its name
 * @param source where it was found
 * @param document in Docker's create syntax, variables not yet put in; not to be changed
 */
public record Template(TemplateName name, Source source, JsonObject document) {
  /** Where a template comes from; the first that has one of the name wins. */
  public enum Source {
    /** Put through the API: the same on all nodes. */
    RECORD("record"),
    /** A file in this node's templates directory. */
    FILE("file"),
    /** Comes with the software. */
    BUILT_IN("built-in");

    private final String word;

    Source(String word) {
      this.word = word;
    }

    /** As answers have it. */
    public String word() {
      return word;
    }
  }

  public Template {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(document, "document");
  }
}
