package io.dockherd.herd.group;

import io.dockherd.herd.wire.Malformed;
import io.dockherd.herd.wire.WireReader;
import io.dockherd.herd.wire.WireWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jgroups.Address;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.UUID;

/** Peers and where they listen, in what this package's own protocols tell each other. */
final class Addresses {
  /** More than a herd has peers. */
  private static final int PEERS_MAX = 100_000;

  private static final int IP_BYTES_MAX = 16;
  private static final int PORT_MAX = 65_535;

  private Addresses() {}

  static void write(WireWriter out, Address peer) {
    UUID uuid = (UUID) peer;
    out.fixed(uuid.getMostSignificantBits()).fixed(uuid.getLeastSignificantBits());
  }

  static Address read(WireReader in) {
    return new UUID(in.fixed(), in.fixed());
  }

  static void writeAll(WireWriter out, Collection<Address> peers) {
    out.number(peers.size());
    peers.forEach(peer -> write(out, peer));
  }

  static Set<Address> readAll(WireReader in) {
    Set<Address> peers = new HashSet<>();
    for (int left = in.number(PEERS_MAX); left > 0; left--) {
      peers.add(read(in));
    }
    return peers;
  }

  /** Peers with where each listens. */
  static void writePlaces(WireWriter out, Map<Address, IpAddress> places) {
    out.number(places.size());
    places.forEach(
        (peer, place) -> {
          write(out, peer);
          out.bytes(place.getIpAddress().getAddress()).number(place.getPort());
        });
  }

  static Map<Address, IpAddress> readPlaces(WireReader in) {
    Map<Address, IpAddress> places = new HashMap<>();
    for (int left = in.number(PEERS_MAX); left > 0; left--) {
      Address peer = read(in);
      byte[] ip = in.bytes(IP_BYTES_MAX);
      int port = in.number(PORT_MAX);
      try {
        places.put(peer, new IpAddress(InetAddress.getByAddress(ip), port));
      } catch (UnknownHostException e) {
        throw new Malformed("an address of " + ip.length + " bytes");
      }
    }
    return places;
  }
}
