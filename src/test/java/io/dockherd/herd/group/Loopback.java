package io.dockherd.herd.group;

import io.dockherd.Await;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
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
      DISCARD discard = new DISCARD();
      for (Peer other : peers) {
        if (apart.contains(other) != apart.contains(peer)) {
          discard.addIgnoreMember(other.group.library().getAddress());
        }
      }
      insert(peer, discard);
    }
  }

  /** Everything passes again. */
  void heal() {
    peers.forEach(peer -> peer.group.library().stack().removeProtocol(DISCARD.class));
  }

  private static void insert(Peer peer, DISCARD discard) {
    ProtocolStack stack = peer.group.library().stack();
    try {
      stack.insertProtocol(discard, ProtocolStack.Position.ABOVE, PeerTransport.class);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
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
    Await.until(
        "all of " + peers.size() + " present",
        limit,
        () ->
            peers.stream()
                .allMatch(peer -> Set.copyOf(peer.listener.view().peers()).equals(ids())));
  }

  private Set<PeerId> ids() {
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
