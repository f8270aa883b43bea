package io.dockherd.doors.marathon.definition;

import java.util.Objects;

/**
 * One thing that is wrong with a document.
 *
 * @param path where, as {@code /container/docker/image} or {@code /healthChecks(0)/path}; {@code /}
 *     for the whole
 * @param message what, in Marathon's words where it has some: clients look for them
 */
public record Violation(String path, String message) {
  public Violation {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(message, "message");
  }
}
