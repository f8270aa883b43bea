package io.dockherd.apps.health;

import io.dockherd.apps.model.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks an instance once. */
@FunctionalInterface
public interface Prober {
  /**
   * Asks and waits for the answer; whatever goes wrong is the outcome.
   *
   * @param limit for all of it
   */
  Outcome probe(HealthCheck.Probe probe, Target target, Duration limit);

  /**
   * Who is asked.
   *
   * @param endpoints on the host, in the order of the pod's ports
   * @param containers the pod's names for them → engine's id
   * @param primary the first container's name
   * @param host the host's address, for ports that are none of the pod's
   */
  record Target(
      List<Endpoint> endpoints, Map<String, String> containers, String primary, String host) {
    public Target {
      endpoints = List.copyOf(endpoints);
      containers = Map.copyOf(containers);
    }
  }

  /** A port of the host. */
  record Endpoint(String address, int port) {}
}
