package io.dockherd.herd.group;

import io.dockherd.telemetry.Log;
import java.io.DataInput;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.logging.NoopLogImpl;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.MessageBatch;

/**
 * The group's connections: one between each two peers.
 *
 * <p>What it adds to the library's: no peer holds up another ({@link Lane}); a peer whose process
 * died is declared dead at once; connections to peers that left are cut, so that none is found
 * half-open after a heal; a frame that can't be read is dropped and the next is read.
 */
final class PeerTransport extends TCP {
  private static final Log LOG = Log.of(PeerTransport.class);

  /** Long messages come in parts; this is room for the view of a herd of many thousands. */
  private static final int FRAME_BYTES_MAX = 4 << 20;

  private final Map<Address, Lane> lanes = new ConcurrentHashMap<>();
  private final Quiet rubbish = new Quiet(Duration.ofSeconds(10));
  private Set<Address> peers = Set.of();
  private volatile boolean crashed;

  /** Has a connection to that address when it returns. May wait for the connect limit. */
  void reach(PhysicalAddress address) throws Exception {
    srv.getConnection(address);
  }

  /** Where those of the peers listen of whom it is known. */
  Map<Address, IpAddress> places(Collection<Address> of) {
    Map<Address, IpAddress> places = new HashMap<>();
    for (Address peer : of) {
      if (down(new Event(Event.GET_PHYSICAL_ADDRESS, peer)) instanceof IpAddress place) {
        places.put(peer, place);
      }
    }
    return places;
  }

  /** Links for people to read: where their ends listen. */
  List<String> links(Set<Link<Address>> links) {
    return links.stream()
        .map(
            link ->
                places(link.ends()).values().stream()
                    .map(IpAddress::printIpAddress)
                    .sorted()
                    .collect(Collectors.joining("-")))
        .sorted()
        .toList();
  }

  /** Whether somebody has taken a connection of ours and may yet show to be a peer. */
  boolean isSecuring() {
    return !((PeerSockets) getSocketFactory()).securing().isEmpty();
  }

  /** Ends all connections and listens no more, without a word to anybody: a crash, for tests. */
  void crash() {
    crashed = true;
    connected = false;
    srv.clearConnections(false);
    srv.stop();
  }

  @Override
  public String getName() {
    return "TCP";
  }

  @Override
  public void send(Address to, byte[] data, int offset, int length) {
    if (crashed) {
      return;
    }
    byte[] frame = new byte[length];
    System.arraycopy(data, offset, frame, 0, length);
    lanes.computeIfAbsent(to, this::lane).send(frame);
  }

  private Lane lane(Address to) {
    return new Lane(
        new Lane.Wire() {
          @Override
          public void send(byte[] frame) throws Exception {
            srv.send(to, frame, 0, frame.length);
          }

          @Override
          public boolean isConnected() {
            return srv.connectionEstablishedTo(to);
          }
        });
  }

  @Override
  public void start() throws Exception {
    super.start();
    // It calls errors what is daily business: a good-bye that doesn't reach a peer that went first.
    srv.log(new NoopLogImpl());
  }

  @Override
  public void receive(Address from, DataInput in, int length) throws Exception {
    if (length < 0 || length > FRAME_BYTES_MAX) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] frame = new byte[length];
    in.readFully(frame);
    receive(from, frame, 0, length);
  }

  @Override
  protected void handleSingleMessage(DataInput in, boolean multicast) {
    try {
      Message message = Intake.message(in);
      if (multicast || !unicastDestMismatch(message.getDest())) {
        msg_processing_policy.process(message, message.isFlagSet(Message.Flag.OOB));
      }
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      drop(e);
    }
  }

  @Override
  protected void handleMessageBatch(DataInput in, boolean multicast) {
    try {
      MessageBatch[] batches = Intake.batches(in, multicast);
      processBatch(batches[1], true);
      processBatch(batches[0], false);
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      drop(e);
    }
  }

  @Override
  public void receive(Address from, byte[] data, int offset, int length) {
    try {
      super.receive(from, data, offset, length);
    } catch (RuntimeException e) {
      drop(e);
    }
  }

  private void drop(Exception reason) {
    rubbish.say(alike -> LOG.warn("a frame can't be read", "reason", reason, "alike", alike));
  }

  /**
   * Cuts the connections to peers of the last view that are not in this one. The library would say
   * good-bye on each, on the thread that installs the view, and wait there for those that don't
   * read.
   */
  @Override
  public void retainAll(Collection<Address> present) {
    Set<Address> now = Set.copyOf(present);
    Set<Address> left = new HashSet<>(peers);
    left.removeAll(now);
    peers = now;
    srv.forAllConnections(
        (address, connection) -> {
          if (left.contains(address)) {
            Thread.ofVirtual().name("group-cut").start(() -> cut(address, connection));
          }
        });
    lanes.entrySet().removeIf(lane -> !now.contains(lane.getKey()) && lane.getValue().isIdle());
  }

  private void cut(Address address, Connection connection) {
    try {
      connection.close(false);
    } catch (IOException e) {
      LOG.debug("can't close", "peer", address, "reason", e);
    }
    srv.removeConnectionIfPresent(address, connection);
  }

  /**
   * A connection ended without a good-bye. If the address now refuses connections, the process is
   * gone: no need to wait for an answer it can't give. Else somebody listens there, perhaps another
   * life of the same node: ask.
   */
  @Override
  public void connectionClosed(Connection connection) {
    if (!connected || connection.isClosedGracefully()) {
      return;
    }
    List<Address> lives = livesAt(connection.peerAddress());
    if (!lives.isEmpty()) {
      Thread.ofVirtual()
          .name("group-doubt")
          .start(() -> doubt((PhysicalAddress) connection.peerAddress(), lives));
    }
  }

  private List<Address> livesAt(Address address) {
    return members.stream()
        .filter(member -> !member.equals(local_addr))
        .filter(member -> address != null && address.equals(logical_addr_cache.get(member)))
        .toList();
  }

  private void doubt(PhysicalAddress address, List<Address> lives) {
    Event suspicion = new Event(Event.SUSPECT, lives);
    try {
      reach(address);
    } catch (ConnectException e) {
      if (connected) {
        LOG.debug("peer's process is gone", "address", address);
        stack.<GMS>findProtocol(GMS.class).up(suspicion);
      }
      return;
    } catch (Exception e) {
      LOG.debug("peer can't be reached", "address", address, "reason", e);
    }
    if (connected) {
      up_prot.up(suspicion);
    }
  }
}
