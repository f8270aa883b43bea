package io.dockherd.node.manage;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.discovery.Roster;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Which list of engines is to be shown.
 *
 * @param timeout how long it may take
 */
public record ListSettings(Roster roster, Duration timeout) {
  public ListSettings {
    Objects.requireNonNull(roster, "roster");
    Objects.requireNonNull(timeout, "timeout");
  }

  /**
   * Reads and checks, with classic Swarm's messages.
   *
   * @param discovery where engines are listed; "" when nobody said
   * @throws Invalid for the first thing that is wrong
   */
  public static ListSettings of(String discovery, String timeout, List<String> options) {
    if (discovery.isBlank()) {
      throw new Invalid(
          "discovery",
          "discovery required to list a cluster",
          "as in 'dockherd list etcd://10.0.0.9:2379'");
    }
    String message = "--timeout should be a positive number";
    Duration limit = GoDuration.parse(timeout, message);
    if (!limit.isPositive()) {
      throw new Invalid("--timeout", message, "10s is the default");
    }
    return new ListSettings(Roster.of(discovery, ManageSettings.discoveryOptions(options)), limit);
  }
}
