package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Field;
import io.dockherd.doors.actions.templates.Environment;
import io.dockherd.doors.actions.templates.Labels;
import io.dockherd.doors.actions.templates.Merge;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * What a create request says of the container, before it is one document. The rules, in order: the
 * template; {@code body} merged over it; {@code env} and {@code labels} over that, each by name;
 * {@code image} only where all that names none.
 *
 * @param template with its variables put in
 */
record ContainerDraft(
    Optional<JsonObject> template,
    Optional<String> image,
    Optional<JsonObject> body,
    Optional<Environment> env,
    Optional<Labels> labels) {
  private static final String IMAGE = "Image";

  ContainerDraft {
    Objects.requireNonNull(template, "template");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(env, "env");
    Objects.requireNonNull(labels, "labels");
  }

  /**
   * The document in the engine's create syntax.
   *
   * @throws io.dockherd.failure.Invalid when nothing names an image
   */
  JsonObject document() {
    JsonObject document = template.orElseGet(this::bare);
    document = body.isPresent() ? Merge.over(document, body.get()) : document;
    document = env.isPresent() ? env.get().over(document) : document;
    document = labels.isPresent() ? labels.get().over(document) : document.copy();
    if (!(document.getValue(IMAGE) instanceof String named) || named.isEmpty()) {
      document.put(IMAGE, image.orElseThrow(() -> Field.missing("image")));
    }
    return document;
  }

  /** Whether it is of an image alone, so that the image's own command is what runs. */
  boolean isOfImageAlone() {
    return template.isEmpty() && body.isEmpty();
  }

  /**
   * Of an image alone: its own command, with standard input held open, so that an image whose
   * command is a shell stays up as the seed's containers did.
   */
  private JsonObject bare() {
    return !isOfImageAlone()
        ? new JsonObject()
        : new JsonObject()
            .put("AttachStdin", false)
            .put("AttachStdout", true)
            .put("AttachStderr", true)
            .put("Tty", false)
            .put("OpenStdin", true)
            .put("StdinOnce", false);
  }
}
