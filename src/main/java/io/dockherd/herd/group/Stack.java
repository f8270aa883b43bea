package io.dockherd.herd.group;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jgroups.Address;
import org.jgroups.protocols.BasicTCP;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.TransferQueueBundler;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;
import org.jgroups.stack.Protocol;

/**
 * The library's protocols, bottom to top, put together by hand: no file is read and nothing else
 * listens.
 *
 * <p>Left out, and why: flow control, as {@link Window} waits for the receiver's participants
 * instead of its network; fragmentation, as {@link Envelope} cuts long messages and the library's
 * reassembles any kind of message from bytes; socket-based failure detection, as its port has no
 * TLS and the transport sees connections end by itself; failure detection by heartbeats, as there
 * only the oldest peer's ears count ({@link Heartbeats}).
 */
final class Stack {
  /** A connection that breaks, or of two opened at once the one that gives way, loses messages. */
  private static final long REPEAT_MILLIS = 200;

  private Stack() {}

  static List<Protocol> build(
      Address self, GroupSettings settings, Finder finder, Optional<SSLContext> tls) {
    MergeGate gate = new MergeGate(self, settings.looking());
    return List.of(
        transport(settings, tls),
        new Rendezvous(finder, settings, gate),
        merge(settings),
        new Heartbeats(self, settings.watching()),
        gate,
        new NAKACK2().useMcastXmit(false).useMcastXmitReq(false).setXmitInterval(REPEAT_MILLIS),
        reliable(),
        new STABLE(),
        new GMS()
            .printLocalAddress(false)
            .setJoinTimeout(settings.looking().joinAnswer().toMillis())
            .setLeaveTimeout(500)
            .setMergeTimeout(2500)
            // Who overslept a split waits for acknowledgements that nobody owes it.
            .setViewAckCollectionTimeout(300));
  }

  private static PeerTransport transport(GroupSettings settings, Optional<SSLContext> tls) {
    InetSocketAddress listen = settings.listen();
    Security security = tls.<Security>map(Security.MutualTls::new).orElseGet(Security.Plain::new);
    PeerTransport transport = new PeerTransport();
    transport.setBindAddr(listen.getAddress());
    transport.setBindPort(listen.getPort());
    transport.setPortRange(0);
    BasicTCP tcp = transport;
    tcp.tcpNodelay(true)
        .setSockConnTimeout((int) settings.looking().connect().toMillis())
        .setPeerAddrReadTimeout((int) settings.looking().connect().toMillis())
        .enableSuspectEvents(true)
        .logDetails(false);
    transport.setSocketFactory(
        new PeerSockets(security, settings.looking().connect().plus(settings.looking().connect())));
    transport.setBundler(new TransferQueueBundler());
    transport.getThreadPool().setMaxThreads(1000).setThreadDumpsEnabled(false);
    return transport;
  }

  private static MERGE3 merge(GroupSettings settings) {
    long pace = settings.looking().merge().toMillis();
    return new MERGE3().setMinInterval(pace / 2).setMaxInterval(pace);
  }

  private static UNICAST3 reliable() {
    UNICAST3 reliable = new UNICAST3();
    // Idle connections between present peers are kept, so that numbering never starts anew.
    reliable.setConnExpiryTimeout(0);
    reliable.setXmitInterval(REPEAT_MILLIS);
    return reliable;
  }
}
