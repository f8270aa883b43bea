package io.dockherd.herd.group;

import io.dockherd.telemetry.Log;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.jgroups.Address;
import org.jgroups.MergeView;
import org.jgroups.ViewId;
import org.jgroups.util.UUID;

/**
 * Who is present, since when, and which messages belong to that presence.
 *
 * <p>The library numbers its views so that the number grows for everybody in them, also over a
 * merge, and installs a view at slightly different moments at different peers. Two peers are
 * together since the view in which the one joined the other. Each message carries the number of the
 * view its sender had, and since when its sender takes the two to be together. So:
 *
 * <ul>
 *   <li>one from a newer view than ours is kept until we have that view: a peer's first message
 *       never comes before the view in which it joined;
 *   <li>one of an earlier togetherness is dropped: after a heal nothing comes that was sent before
 *       the split, although the library would still repeat it;
 *   <li>one of a later togetherness tells us that the sender had lost us and found us again while
 *       we noticed nothing: our participants are told that it left and joined, as its were told of
 *       us;
 *   <li>one from a peer that is not present is dropped.
 * </ul>
 *
 * <p>After a merge all say since when, so that any two agree even where one noticed a split and the
 * other did not.
 */
final class Presence {
  private static final Log LOG = Log.of(Presence.class);
  private static final int KEPT_BYTES_MAX = 16 << 20;

  /** What comes of it. Called under a lock and in order; must not wait. */
  interface Sink {
    void step(View view);

    void deliver(Peer from, Envelope message);

    void send(Peer to, Envelope.Kind kind);
  }

  private record Kept(PeerId from, Envelope part) {}

  private final PeerId self;
  private final int windowBytes;
  private final int messageBytesMax;
  private final Sink sink;
  private final Queue<Kept> kept = new ArrayDeque<>();
  private long keptBytes;
  private ViewId installed;
  private volatile Map<PeerId, Peer> peers = Map.of();
  private volatile View view;
  private volatile long number = -1;

  Presence(PeerId self, int windowBytes, int messageBytesMax, Sink sink) {
    this.self = self;
    this.windowBytes = windowBytes;
    this.messageBytesMax = messageBytesMax;
    this.sink = sink;
    this.view = new View(0, List.of(self), List.of(self), List.of(), false);
  }

  /** As this peer counts. */
  View view() {
    return view;
  }

  /** The number of the view as the whole group counts. */
  long number() {
    return number;
  }

  /** All present peers but this one. */
  Collection<Peer> others() {
    return peers.values();
  }

  Optional<Peer> other(PeerId id) {
    return Optional.ofNullable(peers.get(id));
  }

  /** The library has installed a view. */
  synchronized void install(org.jgroups.View next) {
    boolean healed = installed != null && next instanceof MergeView;
    List<PeerId> present = ids(next);
    number = next.getViewId().getId();
    if (healed) {
      List<PeerId> stayed = stayed((MergeView) next);
      if (stayed.size() < view.peers().size()) {
        step(stayed, false);
      }
    }
    boolean first = installed == null;
    installed = next.getViewId();
    step(present, healed, first);
    if (healed) {
      peers.values().forEach(peer -> sink.send(peer, Envelope.Kind.PRESENCE));
    }
    List<Kept> again = new ArrayList<>(kept);
    kept.clear();
    keptBytes = 0;
    again.forEach(message -> arrive(message.from, message.part));
  }

  /**
   * Those of our view who came to the merge in it. Sides may overlap: who noticed nothing comes in
   * an old view that still holds the others, but they come in newer ones.
   */
  private List<PeerId> stayed(MergeView merged) {
    List<PeerId> wentOn = new ArrayList<>();
    for (org.jgroups.View side : merged.getSubgroups()) {
      if (side.getViewId().getId() > installed.getId()) {
        wentOn.addAll(ids(side));
      }
    }
    return view.peers().stream().filter(id -> id.equals(self) || !wentOn.contains(id)).toList();
  }

  private void step(List<PeerId> present, boolean healed) {
    step(present, healed, false);
  }

  private void step(List<PeerId> present, boolean healed, boolean first) {
    List<PeerId> before = first ? List.of() : view.peers();
    List<PeerId> joined = present.stream().filter(id -> !before.contains(id)).toList();
    List<PeerId> left = before.stream().filter(id -> !present.contains(id)).toList();
    Map<PeerId, Peer> next = new LinkedHashMap<>();
    for (PeerId id : present) {
      if (!id.equals(self)) {
        next.put(id, joined.contains(id) ? new Peer(id, number, windowBytes) : peers.get(id));
      }
    }
    replace(next);
    tell(new View(view.number() + 1, present, joined, left, healed));
  }

  private void replace(Map<PeerId, Peer> next) {
    Map<PeerId, Peer> before = peers;
    peers = next;
    before.values().stream().filter(peer -> next.get(peer.id()) != peer).forEach(Peer::leave);
  }

  private void tell(View next) {
    view = next;
    LOG.debug("view", "number", number, "peers", next.peers(), "healed", next.healed());
    sink.step(next);
  }

  /** A part of a message has come. */
  synchronized void arrive(PeerId from, Envelope part) {
    if (part.view() > number) {
      keep(from, part);
      return;
    }
    Peer peer = peers.get(from);
    if (peer == null) {
      LOG.debug("a message from an absent peer is dropped", "peer", from);
    } else if (part.since() < peer.since()) {
      LOG.debug("a message of an earlier view is dropped", "peer", from, "view", part.view());
      if (part.view() >= peer.since()) {
        sink.send(peer, Envelope.Kind.PRESENCE);
      }
    } else {
      Peer agreed = part.since() > peer.since() ? again(peer, part.since()) : peer;
      agreed.gather(part, messageBytesMax).ifPresent(whole -> sink.deliver(agreed, whole));
    }
  }

  /** The peer had lost us, and found us again in that view: so it did leave, and it did join. */
  private Peer again(Peer peer, long since) {
    List<PeerId> all = view.peers();
    List<PeerId> without = all.stream().filter(id -> !id.equals(peer.id())).toList();
    List<PeerId> one = List.of(peer.id());
    Peer anew = new Peer(peer.id(), since, windowBytes);
    Map<PeerId, Peer> next = new LinkedHashMap<>(peers);
    next.remove(peer.id());
    replace(next);
    tell(new View(view.number() + 1, without, List.of(), one, false));
    Map<PeerId, Peer> whole = new LinkedHashMap<>();
    all.stream()
        .filter(id -> !id.equals(self))
        .forEach(id -> whole.put(id, id.equals(peer.id()) ? anew : peers.get(id)));
    replace(whole);
    tell(new View(view.number() + 1, all, one, List.of(), true));
    return anew;
  }

  private void keep(PeerId from, Envelope part) {
    if (keptBytes + part.payload().length > KEPT_BYTES_MAX) {
      throw new IllegalArgumentException("too many messages of a view to come");
    }
    keptBytes += part.payload().length;
    kept.add(new Kept(from, part));
  }

  /** Nobody waits for anybody any more. */
  void close() {
    peers.values().forEach(Peer::leave);
  }

  private static List<PeerId> ids(org.jgroups.View view) {
    return view.getMembers().stream().map(Presence::id).toList();
  }

  static PeerId id(Address address) {
    return new PeerId(((UUID) address).toStringLong());
  }
}
