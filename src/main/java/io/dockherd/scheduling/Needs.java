package io.dockherd.scheduling;

import java.util.List;

/**
 * What a container takes of its node for as long as it is there, running or not.
 *
 * @param memoryBytes reserved; 0 for none
 * @param nanoCpus reserved, in billionths of a CPU; 0 for none
 */
public record Needs(long memoryBytes, long nanoCpus, List<PortClaim> ports) {
  /** Nothing. */
  public static final Needs NONE = new Needs(0, 0, List.of());

  public Needs {
    ports = List.copyOf(ports);
    if (memoryBytes < 0 || nanoCpus < 0) {
      throw new IllegalArgumentException("needs must not be negative");
    }
  }

  /** Whether room is reserved for it. */
  public boolean reserves() {
    return memoryBytes > 0 || nanoCpus > 0;
  }
}
