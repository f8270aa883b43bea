package io.dockherd.node.manage;

import io.dockherd.failure.Invalid;
import io.dockherd.herd.discovery.HostPort;
import io.dockherd.herd.discovery.Registration;
import io.dockherd.herd.discovery.RosterEntries;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What classic Swarm's agent was told, checked: an address to register, and how often.
 *
 * @param delay of which a random part is waited once, lest all agents come at once
 */
public record JoinSettings(
    Registration registration, HostPort address, Duration heartbeat, Duration delay) {
  public JoinSettings {
    Objects.requireNonNull(registration, "registration");
    Objects.requireNonNull(address, "address");
  }

  /**
   * What was said, as written.
   *
   * @param discovery the store; "" when nobody said
   * @param advertise the address; "" when nobody said
   */
  public record Said(
      String discovery,
      String advertise,
      String heartbeat,
      String ttl,
      String delay,
      List<String> discoveryOptions) {
    public Said {
      discoveryOptions = List.copyOf(discoveryOptions);
    }
  }

  /**
   * Reads and checks, in classic Swarm's order and with its messages.
   *
   * @throws Invalid for the first thing that is wrong
   */
  public static JoinSettings of(Said said) {
    if (said.discovery().isBlank()) {
      throw new Invalid(
          "discovery",
          "discovery required to join a cluster",
          "as in 'dockherd join --advertise 10.0.0.1:2375 etcd://10.0.0.9:2379'");
    }
    HostPort address = address(said.advertise());
    Duration delay =
        least("--delay", said.delay(), Duration.ZERO, "--delay should not be a negative number");
    Duration heartbeat =
        least(
            "--heartbeat",
            said.heartbeat(),
            Duration.ofSeconds(1),
            "--heartbeat should be at least one second");
    Duration ttl =
        least(
            "--ttl",
            said.ttl(),
            heartbeat.plusNanos(1),
            "--ttl must be strictly superior to the heartbeat value");
    Registration registration =
        Registration.of(
            said.discovery(),
            ManageSettings.discoveryOptions(said.discoveryOptions()),
            address,
            ttl);
    return new JoinSettings(registration, address, heartbeat, delay);
  }

  private static HostPort address(String advertise) {
    if (advertise.isBlank()) {
      throw new Invalid(
          "--advertise", "missing mandatory --advertise flag", "as in --advertise 10.0.0.1:2375");
    }
    try {
      return RosterEntries.engine(advertise.strip());
    } catch (Invalid e) {
      throw new Invalid(
          "--advertise",
          "--advertise should be of the form ip:port or hostname:port",
          "not '" + advertise + "'",
          e);
    }
  }

  private static Duration least(String flag, String text, Duration least, String message) {
    Duration time = GoDuration.parse(text, message);
    if (time.compareTo(least) < 0) {
      throw new Invalid(flag, message, "");
    }
    return time;
  }
}
