package io.dockherd.doors.docker.system;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A node as {@code info} shows it.
 *
 * @param address with port
 * @param engineId as the engine calls itself
 * @param error why its engine does not answer; "" when it does
 * @param contact when it last did
 * @param nanoCpus reserved by its containers, in billionths of a CPU
 * @param memoryBytes likewise
 * @param isDrained whether it takes no new container
 */
record NodeStatus(
    String name,
    String address,
    String engineId,
    String error,
    Instant contact,
    String serverVersion,
    Counts counts,
    long nanoCpus,
    int cpus,
    long memoryBytes,
    long memoryTotalBytes,
    boolean isDrained,
    Map<String, String> labels) {

  /** How many containers there are, in which state. */
  record Counts(int running, int paused, int stopped) {
    int all() {
      return running + paused + stopped;
    }

    Counts plus(Counts other) {
      return new Counts(running + other.running, paused + other.paused, stopped + other.stopped);
    }
  }

  NodeStatus {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(engineId, "engineId");
    Objects.requireNonNull(error, "error");
    Objects.requireNonNull(contact, "contact");
    Objects.requireNonNull(serverVersion, "serverVersion");
    Objects.requireNonNull(counts, "counts");
    labels = Map.copyOf(labels);
  }

  boolean isHealthy() {
    return error.isEmpty();
  }

  /** Whether its engine has ever answered its node. */
  boolean isKnown() {
    return !serverVersion.isEmpty();
  }
}
