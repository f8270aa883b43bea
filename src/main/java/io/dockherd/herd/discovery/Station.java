package io.dockherd.herd.discovery;

import io.dockherd.telemetry.Log;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Calls and answers on the network of one address.
 *
 * <p>Goes no further than that network (a hop limit of 1). Answers are as short as calls and go to
 * the caller only.
 */
final class Station implements Closeable {
  private static final Log LOG = Log.of(Station.class);
  private static final int KNOWN_MAX = 1024;
  private static final long KNOWN_NANOS = 60_000_000_000L;

  private final InetSocketAddress self;
  private final InetSocketAddress group;
  private final byte[] herd;
  private final DatagramChannel hearing;
  private final DatagramChannel speaking;
  private final ConcurrentHashMap<InetSocketAddress, Long> heard = new ConcurrentHashMap<>();

  /** Begins to listen. */
  Station(InetSocketAddress self, InetSocketAddress group, byte[] herd) throws IOException {
    this.self = self;
    this.group = group;
    this.herd = herd;
    NetworkInterface network = network(self.getAddress());
    ProtocolFamily family =
        self.getAddress() instanceof Inet6Address
            ? StandardProtocolFamily.INET6
            : StandardProtocolFamily.INET;
    hearing = DatagramChannel.open(family);
    speaking = DatagramChannel.open(family);
    try {
      hearing.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      hearing.bind(group).join(group.getAddress(), network);
      speaking.bind(new InetSocketAddress(self.getAddress(), 0));
      speaking.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
      speaking.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
      speaking.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    Thread.ofVirtual().name("multicast-calls").start(() -> hear(hearing));
    Thread.ofVirtual().name("multicast-answers").start(() -> hear(speaking));
  }

  private static NetworkInterface network(InetAddress address) throws IOException {
    // Of the many loopback addresses an interface has only the first.
    NetworkInterface network =
        NetworkInterface.getByInetAddress(
            address.isLoopbackAddress() ? InetAddress.getLoopbackAddress() : address);
    if (network == null) {
      throw new IOException("no network interface has the address " + address.getHostAddress());
    }
    return network;
  }

  /** Asks who is there; answers come later. */
  void call() {
    say(Call.Kind.SEEK, group);
  }

  /** Who has called or answered within a minute. */
  Set<InetSocketAddress> heard() {
    long now = System.nanoTime();
    return heard.entrySet().stream()
        .filter(entry -> now - entry.getValue() < KNOWN_NANOS)
        .map(ConcurrentHashMap.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private void hear(DatagramChannel in) {
    ByteBuffer datagram = ByteBuffer.allocate(Call.BYTES + 1);
    while (in.isOpen()) {
      try {
        InetSocketAddress from = (InetSocketAddress) in.receive(datagram.clear());
        Call.read(datagram.flip(), herd).ifPresent(call -> heard(call, from));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.debug("a datagram can't be read", "reason", e);
      }
    }
  }

  private void heard(Call call, InetSocketAddress from) {
    InetSocketAddress member = new InetSocketAddress(from.getAddress(), call.port());
    if (member.equals(self)) {
      return;
    }
    if (heard.size() >= KNOWN_MAX) {
      heard.keySet().retainAll(heard());
    }
    if (heard.size() < KNOWN_MAX) {
      heard.put(member, System.nanoTime());
    }
    if (call.kind() == Call.Kind.SEEK) {
      say(Call.Kind.HERE, from);
    }
  }

  private void say(Call.Kind kind, InetSocketAddress to) {
    try {
      speaking.send(new Call(kind, self.getPort()).write(herd), to);
    } catch (IOException e) {
      LOG.debug("a datagram can't be sent", "to", to, "reason", e);
    }
  }

  @Override
  public void close() throws IOException {
    hearing.close();
    speaking.close();
  }
}
