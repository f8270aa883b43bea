package io.dockherd.herd;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.keys.HerdKey;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How a program of one's own takes part in a herd. {@link #of} gives the defaults.
 *
 * @param herd the herd's name
 * @param name this program's, unique among all members
 * @param discovery where the nodes are, as nodes are told: {@code nodes://…}, {@code dns://…}, …
 * @param address where the nodes reach this program: an IP address of this machine
 * @param groupPort 0 for any free one; a fixed one where a firewall stands between it and the nodes
 * @param busPort likewise
 * @param meeting 15 s: how long a node is looked for
 * @param nameLost told when an older member of this name turns up after a split; the program has
 *     left the herd by then
 */
public record ProgramSettings(
    String herd,
    String name,
    HerdKey key,
    String discovery,
    String address,
    int groupPort,
    int busPort,
    Duration meeting,
    Consumer<Conflict> nameLost) {
  public ProgramSettings {
    Objects.requireNonNull(herd, "herd");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(discovery, "discovery");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(meeting, "meeting");
    Objects.requireNonNull(nameLost, "nameLost");
    checkPort(groupPort);
    checkPort(busPort);
  }

  /** The defaults: any free ports, and nobody is told of a lost name but the log. */
  public static ProgramSettings of(
      String herd, String name, HerdKey key, String discovery, String address) {
    return new ProgramSettings(
        herd, name, key, discovery, address, 0, 0, Duration.ofSeconds(15), taken -> {});
  }

  /** The same on these ports. */
  public ProgramSettings withPorts(int group, int bus) {
    return new ProgramSettings(herd, name, key, discovery, address, group, bus, meeting, nameLost);
  }

  /** The same, looking so long for a node. */
  public ProgramSettings withMeeting(Duration limit) {
    return new ProgramSettings(
        herd, name, key, discovery, address, groupPort, busPort, limit, nameLost);
  }

  /** The same, telling {@code listener} of a lost name. */
  public ProgramSettings onNameLost(Consumer<Conflict> listener) {
    return new ProgramSettings(
        herd, name, key, discovery, address, groupPort, busPort, meeting, listener);
  }

  private static void checkPort(int port) {
    if (port < 0 || port > 65535) {
      throw new Invalid(
          String.valueOf(port), "a port is 0 to 65535, not " + port, "give another port");
    }
  }
}
