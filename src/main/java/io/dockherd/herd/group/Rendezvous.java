package io.dockherd.herd.group;

import io.dockherd.telemetry.Log;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.Event;
import org.jgroups.Message;
import org.jgroups.PhysicalAddress;
import org.jgroups.View;
import org.jgroups.protocols.Discovery;
import org.jgroups.protocols.PingData;
import org.jgroups.protocols.PingHeader;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.ByteArray;
import org.jgroups.util.NameCache;
import org.jgroups.util.Responses;

/**
 * Brings peers together at the addresses a {@link Finder} names, and at those where peers were
 * before.
 *
 * <p>Joining, every address is tried at once; when all refuse, this peer is the first and need not
 * wait. Later only the oldest peer of a view looks for others (the sides of a split each have one),
 * and the rest look at the oldest, so that one the others have dropped notices.
 */
final class Rendezvous extends Discovery {
  private static final Log LOG = Log.of(Rendezvous.class);
  private static final int FORMER_MAX = 256;

  private final Finder finder;
  private final GroupSettings settings;
  private final MergeGate gate;
  private final Set<PhysicalAddress> former = new LinkedHashSet<>();
  private volatile Set<PhysicalAddress> found = Set.of();
  private volatile Thread search;
  private volatile boolean announced;
  private volatile String complaint = "";

  /**
   * Finds through {@code finder}.
   *
   * @param gate knows whether there is better company than this peer's for whoever wants to join
   */
  Rendezvous(Finder finder, GroupSettings settings, MergeGate gate) {
    this.finder = finder;
    this.settings = settings;
    this.gate = gate;
  }

  /** Only says that port 0 is fine: whoever joins tells the others its address. */
  @Override
  public boolean isDynamic() {
    return true;
  }

  @Override
  public void start() throws Exception {
    super.start();
    search = Thread.ofVirtual().name("group-find").start(this::searchOnAndOn);
  }

  @Override
  public void stop() {
    super.stop();
    search.interrupt();
  }

  @Override
  public Object down(Event event) {
    if (event.getType() != Event.VIEW_CHANGE) {
      return super.down(event);
    }
    View before = view;
    View now = event.getArg();
    remember(before);
    Object result = super.down(event);
    if (is_coord) {
      startCacheDissemination(
          new ArrayList<>(now.getMembers()),
          View.leftMembers(before, now),
          View.newMembers(before, now));
    }
    return result;
  }

  @Override
  protected Object handle(PingHeader header, Message message) {
    boolean isRequest = header.type() == PingHeader.GET_MBRS_REQ;
    if (isRequest && gate.isLeftOut() && isFromNewcomer(message)) {
      return null;
    }
    return super.handle(header, message);
  }

  private boolean isFromNewcomer(Message request) {
    List<PingData> about =
        readPingData(request.getArray(), request.getOffset(), request.getLength());
    return about != null && about.stream().noneMatch(PingData::isServer);
  }

  /** To be called before the addresses of those who left are forgotten. */
  private void remember(View before) {
    if (before == null) {
      return;
    }
    synchronized (former) {
      for (Address member : before.getMembers()) {
        PhysicalAddress address = physical(member);
        if (address != null) {
          former.remove(address);
          former.add(address);
        }
      }
      while (former.size() > FORMER_MAX + before.size()) {
        former.remove(former.iterator().next());
      }
    }
  }

  @Override
  protected void findMembers(List<Address> wanted, boolean initial, Responses responses) {
    if (initial) {
      Thread.ofVirtual().name("group-join").start(() -> lookAround(responses));
    } else {
      Message request = request(wanted);
      for (PhysicalAddress address : worthAsking(wanted)) {
        send(request, address);
      }
    }
  }

  /** The first look: connects to all at once, asks who answers. */
  private void lookAround(Responses responses) {
    announce();
    find();
    Set<PhysicalAddress> addresses = others(found);
    AtomicBoolean reached = new AtomicBoolean();
    CountDownLatch open = new CountDownLatch(addresses.size());
    Message request = request(null);
    for (PhysicalAddress address : addresses) {
      Thread.ofVirtual()
          .name("group-reach")
          .start(
              () -> {
                try {
                  ((PeerTransport) transport).reach(address);
                  reached.set(true);
                  send(request, address);
                } catch (Exception e) {
                  LOG.debug("nobody there", "address", address, "reason", e);
                } finally {
                  open.countDown();
                }
              });
    }
    try {
      boolean allTried = open.await(settings.looking().first().toMillis(), TimeUnit.MILLISECONDS);
      while (!allTried && !reached.get() && ((PeerTransport) transport).isSecuring()) {
        allTried = open.await(10, TimeUnit.MILLISECONDS);
      }
      if (!reached.get()) {
        LOG.debug("no peer found", "tried", addresses.size(), "silent", !allTried);
        responses.done();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void announce() {
    if (!announced) {
      announced = true;
      IpAddress self = (IpAddress) physical(local_addr);
      try {
        finder.announce(new InetSocketAddress(self.getIpAddress(), self.getPort()));
      } catch (RuntimeException e) {
        complain(e);
      }
    }
  }

  private Set<PhysicalAddress> worthAsking(List<Address> wanted) {
    View current = view;
    Set<PhysicalAddress> addresses = new HashSet<>();
    if (current == null || is_coord || wanted != null) {
      addresses.addAll(found);
      synchronized (former) {
        addresses.addAll(former);
      }
      if (current != null) {
        current.getMembers().forEach(member -> addresses.add(physical(member)));
      }
    } else {
      addresses.add(physical(current.getCoord()));
    }
    addresses.remove(null);
    return others(addresses);
  }

  private Set<PhysicalAddress> others(Set<PhysicalAddress> addresses) {
    Set<PhysicalAddress> others = new HashSet<>(addresses);
    others.remove(physical(local_addr));
    return others;
  }

  private PhysicalAddress physical(Address member) {
    return (PhysicalAddress) down_prot.down(new Event(Event.GET_PHYSICAL_ADDRESS, member));
  }

  private Message request(List<Address> wanted) {
    PingData self =
        new PingData(local_addr, is_server, NameCache.get(local_addr), physical(local_addr))
            .coord(is_coord);
    if (wanted != null && wanted.size() <= max_members_in_discovery_request) {
      self.mbrs(wanted);
    }
    ByteArray bytes = marshal(self);
    PingHeader header = new PingHeader(PingHeader.GET_MBRS_REQ).clusterName(cluster_name);
    return new BytesMessage(null)
        .setFlag(Message.Flag.DONT_BUNDLE, Message.Flag.OOB)
        .setFlag(Message.TransientFlag.DONT_LOOPBACK)
        .putHeader(id, header)
        .setArray(bytes);
  }

  private void send(Message request, PhysicalAddress to) {
    down_prot.down(request.copy(true, true).setDest(to));
  }

  private void searchOnAndOn() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(settings.looking().find());
        find();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void find() {
    try {
      Set<PhysicalAddress> addresses = new HashSet<>();
      for (InetSocketAddress address : finder.find()) {
        InetAddress host = address.getAddress();
        if (host != null) {
          addresses.add(new IpAddress(host, address.getPort()));
        }
      }
      found = Set.copyOf(addresses);
      complaint = "";
    } catch (RuntimeException e) {
      complain(e);
    }
  }

  /** Once for each reason, not every few seconds. */
  private void complain(RuntimeException failure) {
    String reason = String.valueOf(failure.getMessage());
    if (!reason.equals(complaint)) {
      complaint = reason;
      LOG.warn("can't look for other nodes", "reason", reason);
    }
  }
}
