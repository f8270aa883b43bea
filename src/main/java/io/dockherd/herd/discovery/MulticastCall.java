package io.dockherd.herd.discovery;

import io.dockherd.failure.Invalid;
import io.dockherd.failure.Unreachable;
import io.dockherd.telemetry.Log;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Calls out on the network of the node's own address, and answers when others of the herd call. */
public final class MulticastCall implements Discovery {
  private static final Log LOG = Log.of(MulticastCall.class);
  private static final String GROUP_4 = "239.255.74.11";
  private static final String GROUP_6 = "ff02::7411";
  private static final Duration SILENCE = Duration.ofMillis(250);
  private static final Duration STEP = Duration.ofMillis(25);

  private final Optional<InetAddress> group;
  private final int port;
  private final byte[] herd;
  private final List<Station> stations = new CopyOnWriteArrayList<>();

  private MulticastCall(Optional<InetAddress> group, int port, String herd) {
    this.group = group;
    this.port = port;
    this.herd = Call.hash(herd);
  }

  static MulticastCall parse(String text, String herd, int port) {
    if (text.isBlank()) {
      return new MulticastCall(Optional.empty(), port, herd);
    }
    List<HostPort> hosts = HostList.parse(text.startsWith(":") ? GROUP_4 + text : text, port);
    if (hosts.size() != 1) {
      throw new Invalid(text, "'" + text + "' is not one multicast group", "as " + GROUP_4);
    }
    InetAddress group = literal(hosts.getFirst().host());
    if (!group.isMulticastAddress()) {
      throw new Invalid(text, "'" + text + "' is no multicast group", "as " + GROUP_4);
    }
    Optional<InetAddress> given = text.startsWith(":") ? Optional.empty() : Optional.of(group);
    return new MulticastCall(given, hosts.getFirst().port(), herd);
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException e) {
      throw new Invalid(address, "'" + address + "' is no IP address", "as " + GROUP_4, e);
    }
  }

  /** The group called; empty for the usual one of the node's kind of address. */
  public Optional<InetAddress> group() {
    return group;
  }

  /** The UDP port called. */
  public int port() {
    return port;
  }

  /**
   * Begins to listen.
   *
   * @throws Unreachable when the network doesn't let it
   */
  @Override
  public void announce(InetSocketAddress self) {
    boolean six = self.getAddress() instanceof Inet6Address;
    InetAddress to = group.orElseGet(() -> literal(six ? GROUP_6 : GROUP_4));
    try {
      stations.add(new Station(self, new InetSocketAddress(to, port), herd));
    } catch (IOException | RuntimeException e) {
      throw new Unreachable(
          to.getHostAddress(),
          "can't call nodes by multicast to " + to.getHostAddress() + ": " + e.getMessage(),
          "discover them by nodes:// instead",
          e);
    }
  }

  /** {@inheritDoc} Waits a quarter of a second for answers, less once there are any. */
  @Override
  public Set<InetSocketAddress> find() {
    stations.forEach(Station::call);
    Set<InetSocketAddress> heard = heard();
    long deadline = System.nanoTime() + SILENCE.toNanos();
    while (heard.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(STEP.toNanos());
      heard = heard();
    }
    LockSupport.parkNanos(STEP.toNanos());
    return heard();
  }

  private Set<InetSocketAddress> heard() {
    Set<InetSocketAddress> heard = new HashSet<>();
    stations.forEach(station -> heard.addAll(station.heard()));
    return heard;
  }

  @Override
  public void close() {
    for (Station station : stations) {
      try {
        station.close();
      } catch (IOException e) {
        LOG.debug("can't close", "reason", e);
      }
    }
  }
}
