package io.dockherd.doors.docker.containers;

import io.dockherd.doors.docker.DockerError;
import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.Fleet;
import java.time.Duration;

/** Tells that a name is taken in Docker's sentence: programs look for it. */
final class TakenName {
  private static final Duration LOOKUP = Duration.ofSeconds(2);

  private TakenName() {}

  /**
   * The error.
   *
   * @param name as it was asked for
   */
  static DockerError told(Fleet fleet, String name) {
    return new DockerError(
        409,
        "Conflict. The container name \"/"
            + name.replaceFirst("^/", "")
            + "\" is already in use by container "
            + holder(fleet, name)
            + ". You have to remove (or rename) that container to be able to reuse that name.");
  }

  private static String holder(Fleet fleet, String name) {
    try {
      return '"' + fleet.locate(name, LOOKUP).id() + '"';
    } catch (Ambiguous several) {
      return String.join(" and ", several.candidates());
    } catch (Failure notYet) {
      return "that is just being created";
    }
  }
}
