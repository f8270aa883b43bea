package io.dockherd.doors.marathon.definition;

import java.util.Objects;
import java.util.Set;

/**
 * What an app has to fit into.
 *
 * @param servicePorts of all other apps
 * @param base the group it is written in, for relative ids
 */
public record Surroundings(Set<Integer> servicePorts, String base) {
  public Surroundings {
    servicePorts = Set.copyOf(servicePorts);
    Objects.requireNonNull(base, "base");
  }

  /** In the root, with those ports taken. */
  public static Surroundings of(Set<Integer> servicePorts) {
    return new Surroundings(servicePorts, "/");
  }
}
