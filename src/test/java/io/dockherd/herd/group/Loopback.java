package io.dockherd.herd.group;

import io.dockherd.Await;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jgroups.protocols.DISCARD;
import org.jgroups.stack.ProtocolStack;

/** Groups on loopback that find each other through this object. */
final class Loopback implements AutoCloseable {
  /** One peer with one channel. */
  static final class Peer {
    final JGroupsGroup group;
    final Listener listener = new Listener();
    final Channel channel;

    private Peer(JGroupsGroup group) {
      this.group = group;
      this.channel = group.open("test", listener);
    }
  }

  private final List<Peer> peers = new CopyOnWriteArrayList<>();
  private final List<Peer> crashed = new CopyOnWriteArrayList<>();
  private final Set<InetSocketAddress> addresses = ConcurrentHashMap.newKeySet();
  private final String herd = "test-" + System.nanoTime();
  private UnaryOperator<GroupSettings> tuning = UnaryOperator.identity();

  /** Changes the settings of peers to come. */
  Loopback tuned(UnaryOperator<GroupSettings> tuning) {
    this.tuning = tuning;
    return this;
  }

  Peer join() {
    return join(Optional.empty());
  }

  Peer join(Optional<SSLContext> tls) {
    Peer peer = prepare(tls);
    enter(peer);
    return peer;
  }

  /** A peer that has not joined. */
  Peer prepare(Optional<SSLContext> tls) {
    return prepare(tls, new InetSocketAddress(host(), 0));
  }

  Peer prepare(Optional<SSLContext> tls, InetSocketAddress listen) {
    GroupSettings settings = GroupSettings.of(herd, listen);
    return new Peer(new JGroupsGroup(tuning.apply(settings), new Board(), tls));
  }

  /** A peer that is told of these addresses and of no others, and of what is added to them. */
  Peer joinKnowing(Set<InetSocketAddress> some) {
    GroupSettings settings = GroupSettings.of(herd, new InetSocketAddress(host(), 0));
    Finder finder = () -> Set.copyOf(some);
    Peer peer = new Peer(new JGroupsGroup(tuning.apply(settings), finder, Optional.empty()));
    enter(peer);
    return peer;
  }

  /** An address that peers to come will be told of though no peer is there. */
  void mention(InetSocketAddress address) {
    addresses.add(address);
  }

  void enter(Peer peer) {
    peer.group.join();
    peers.add(peer);
  }

  void leave(Peer peer) {
    peers.remove(peer);
    peer.group.close();
  }

  /** The process is gone, without a word. */
  void crash(Peer peer) {
    peers.remove(peer);
    crashed.add(peer);
    ((PeerTransport) peer.group.library().stack().getTransport()).crash();
  }

  /** Nothing passes any more between {@code side} and all others; no connection ends. */
  void split(Peer... side) {
    Set<Peer> apart = Set.of(side);
    for (Peer peer : peers) {
      for (Peer other : peers) {
        if (apart.contains(other) != apart.contains(peer)) {
          mute(other, peer);
        }
      }
    }
  }

  /** Nothing passes any more between the two, either way; no connection ends. */
  void cut(Peer one, Peer other) {
    mute(one, other);
    mute(other, one);
  }

  /** What {@code from} sends does not come to {@code to} any more; no connection ends. */
  void mute(Peer from, Peer to) {
    ProtocolStack stack = to.group.library().stack();
    DISCARD discard = stack.findProtocol(DISCARD.class);
    if (discard == null) {
      discard = new DISCARD();
      try {
        stack.insertProtocol(discard, ProtocolStack.Position.ABOVE, PeerTransport.class);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    discard.addIgnoreMember(from.group.library().getAddress());
  }

  /** Everything passes again between the two. */
  void heal(Peer one, Peer other) {
    unmute(one, other);
    unmute(other, one);
  }

  private static void unmute(Peer from, Peer to) {
    DISCARD discard = to.group.library().stack().findProtocol(DISCARD.class);
    if (discard != null) {
      discard.removeIgnoredMember(from.group.library().getAddress());
    }
  }

  /** Everything passes again. */
  void heal() {
    peers.forEach(one -> peers.forEach(other -> unmute(one, other)));
  }

  /**
   * Less than silence takes to be noticed where it {@link #takesAMinute}: what is noticed in that
   * time was told by a connection that ended. That it takes less than a second is for the lab to
   * say; tests run on busy machines.
   */
  static final Duration BEFORE_SILENCE = Duration.ofSeconds(30);

  /** Settings with which silence is noticed after a minute. */
  static GroupSettings takesAMinute(GroupSettings usual) {
    GroupSettings.Watching watching = usual.watching();
    return usual.with(
        new GroupSettings.Watching(watching.heartbeat(), Duration.ofMinutes(1), watching.doubt()));
  }

  /** Waits until every peer sees all peers and no others. */
  void awaitAllPresent() {
    awaitAllPresent(Duration.ofSeconds(60));
  }

  void awaitAllPresent(Duration limit) {
    awaitTogether(limit, peers.toArray(Peer[]::new));
  }

  /** Waits until each of these sees all of these and no others. */
  static void awaitTogether(Duration limit, Peer... together) {
    Await.until(() -> "together: " + views(List.of(together)), limit, () -> areTogether(together));
  }

  /** Whether each of these sees all of these and no others. */
  static boolean areTogether(Peer... together) {
    Set<PeerId> ids = ids(List.of(together));
    return Arrays.stream(together)
        .allMatch(peer -> Set.copyOf(peer.listener.view().peers()).equals(ids));
  }

  /** Everybody's view. */
  @Override
  public String toString() {
    return views(peers);
  }

  private static String views(Collection<Peer> peers) {
    return peers.stream()
        .map(peer -> peer.group.self() + " sees " + peer.group.view())
        .collect(Collectors.joining("\n", "\n", ""));
  }

  private static Set<PeerId> ids(Collection<Peer> peers) {
    return Set.copyOf(peers.stream().map(peer -> peer.group.self()).toList());
  }

  @Override
  public void close() {
    peers.reversed().forEach(peer -> peer.group.close());
    crashed.forEach(peer -> peer.group.close());
  }

  static InetAddress host() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Board implements Finder {
    @Override
    public void announce(InetSocketAddress self) {
      addresses.add(self);
    }

    @Override
    public Set<InetSocketAddress> find() {
      return Set.copyOf(addresses);
    }
  }
}
