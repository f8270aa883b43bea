package io.dockherd.doors.marathon.definition;

import java.util.List;

/** Shows tests of the documentation what is passed on. */
public final class DockerOptionsPage {
  private DockerOptionsPage() {}

  /** The options, by name. */
  public static List<String> names() {
    return DockerOptions.names();
  }
}
