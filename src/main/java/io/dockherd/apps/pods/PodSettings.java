package io.dockherd.apps.pods;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a node runs instances.
 *
 * @param ports the host's ports it chooses from where an app leaves that to it
 * @param stagingLimit how long fetching artifacts and images may take. Pulls go on when it has
 *     passed, so that the next try finds the image there
 * @param startLimit from then on how long until every container has been started, waiting for each
 *     other included
 * @param pullTries how often an image is asked for
 * @param pullPause between two of these
 * @param look how often containers are looked at without being told of anything: events tell of
 *     changes at once, this mends what they missed
 * @param retry the pause before the engine is asked again that did not answer
 * @param leftoverGrace how long a container, network or folder that belongs to no instance is left
 *     alone, so that nothing is removed that somebody is just about to take on
 * @param dataDir where instances' folders lie; a temporary folder of the machine's where there is
 *     none, which the node's next process finds again
 */
public record PodSettings(
    Ports ports,
    Duration stagingLimit,
    Duration startLimit,
    int pullTries,
    Duration pullPause,
    Duration look,
    Duration retry,
    Duration leftoverGrace,
    Optional<Path> dataDir) {
  /** A range of ports, both ends included. */
  public record Ports(int first, int last) {
    public Ports {
      if (first < 1 || last < first || last > 65535) {
        throw new IllegalArgumentException("no range of ports: " + first + "-" + last);
      }
    }
  }

  public PodSettings {
    Objects.requireNonNull(ports, "ports");
    Objects.requireNonNull(dataDir, "dataDir");
    for (Duration each : new Duration[] {stagingLimit, startLimit, pullPause, look, retry}) {
      if (each.isNegative() || each.isZero()) {
        throw new IllegalArgumentException("it must be positive: " + each);
      }
    }
    Objects.requireNonNull(leftoverGrace, "leftoverGrace");
    if (pullTries < 1) {
      throw new IllegalArgumentException("pullTries must be positive: " + pullTries);
    }
  }

  /** What fits an engine on the same machine. */
  public static PodSettings defaults() {
    return new PodSettings(
        new Ports(31000, 32000),
        Duration.ofMinutes(30),
        Duration.ofMinutes(10),
        3,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofMinutes(2),
        Optional.empty());
  }

  /** The same with other ports. */
  public PodSettings choosing(Ports other) {
    return new PodSettings(
        other, stagingLimit, startLimit, pullTries, pullPause, look, retry, leftoverGrace, dataDir);
  }

  /** The same with other limits. */
  public PodSettings within(Duration staging, Duration start) {
    return new PodSettings(
        ports, staging, start, pullTries, pullPause, look, retry, leftoverGrace, dataDir);
  }

  /** The same, asking so often for an image. */
  public PodSettings pulling(int tries, Duration pause) {
    return new PodSettings(
        ports, stagingLimit, startLimit, tries, pause, look, retry, leftoverGrace, dataDir);
  }

  /** The same, clearing up after another time. */
  public PodSettings leaving(Duration grace) {
    return new PodSettings(
        ports, stagingLimit, startLimit, pullTries, pullPause, look, retry, grace, dataDir);
  }

  /** The same with folders there. */
  public PodSettings in(Optional<Path> folder) {
    return new PodSettings(
        ports, stagingLimit, startLimit, pullTries, pullPause, look, retry, leftoverGrace, folder);
  }
}
