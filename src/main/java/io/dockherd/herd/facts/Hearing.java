package io.dockherd.herd.facts;

import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.group.View;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Hears what the other peers tell. Members come and go on another thread than messages do, so
 * either may be early: a sender is looked up anew while its member is not known, and a member's
 * going is not believed if it is there again.
 */
final class Hearing {
  private final PeerId self;
  private final Members members;
  private final Shelves shelves;

  /** Sends to one peer, on another thread. */
  private final BiConsumer<PeerId, FactsMessage> reply;

  private final Map<PeerId, PeerFacts> peers = new HashMap<>();

  /** Name → the life whose facts are shown, or were until it could not be reached. */
  private final Map<String, PeerId> shown = new HashMap<>();

  Hearing(PeerId self, Members members, Shelves shelves, BiConsumer<PeerId, FactsMessage> reply) {
    this.self = self;
    this.members = members;
    this.shelves = shelves;
    this.reply = reply;
  }

  synchronized void onView(View view) {
    for (PeerId left : view.left()) {
      PeerFacts peer = peer(left);
      peer.leave();
      if (isShown(peer)) {
        shelves.hide(peer.name());
      }
      dropIfUseless(peer);
    }
    for (PeerId joined : view.joined()) {
      if (!joined.equals(self)) {
        PeerFacts peer = peer(joined);
        peer.arrive();
        catchUp(peer);
      }
    }
  }

  synchronized void onJoined(Member member) {
    if (!member.peer().equals(self)) {
      PeerFacts peer = peer(member.peer());
      catchUp(peer);
      dropIfUseless(peer);
    }
  }

  synchronized void onLeft(Member member, boolean orderly) {
    if (isMember(member.peer())) {
      return;
    }
    PeerFacts peer = peer(member.peer());
    if (isShown(peer)) {
      shown.remove(peer.name());
      shelves.depart(peer.name(), orderly);
    }
    peer.dismiss(orderly);
    dropIfUseless(peer);
  }

  synchronized void onChanges(PeerId from, FactsMessage.Changes message) {
    PeerFacts peer = peer(from);
    if (admit(peer)) {
      List<FactChange> following = peer.following(message);
      peer.advance(following, shelves.change(peer.name(), peer.shelf(), following));
      catchUp(peer);
    }
  }

  synchronized void onWhole(PeerId from, FactsMessage.Whole part) {
    PeerFacts peer = peer(from);
    if (admit(peer)) {
      peer.receive(part);
      catchUp(peer);
    }
  }

  synchronized void onDigest(PeerId from, FactsMessage.Digest digest) {
    PeerFacts peer = peer(from);
    if (admit(peer)) {
      peer.compare(digest);
      catchUp(peer);
    }
  }

  synchronized void forget(String owner) {
    shelves.forget(owner);
    dropOtherLives(owner, shown.get(owner));
  }

  /** Does what the peer's state calls for: shows its facts, answers it, asks it. */
  private void catchUp(PeerFacts peer) {
    admit(peer);
    if (peer.isReadable()) {
      shown.put(peer.name(), peer.peer());
      dropOtherLives(peer.name(), peer.peer());
      shelves.show(peer.name(), peer.shelf());
    }
    peer.takeAnswer().ifPresent(held -> reply.accept(peer.peer(), held));
    if (peer.beginComparing()) {
      reply.accept(peer.peer(), peer.held());
    }
  }

  private boolean admit(PeerFacts peer) {
    if (!peer.isAdmitted()) {
      members.nodes().stream()
          .filter(member -> member.peer().equals(peer.peer()))
          .findFirst()
          .ifPresent(member -> peer.admit(member.name()));
    }
    return peer.isAdmitted();
  }

  private boolean isMember(PeerId peer) {
    return members.present().stream().anyMatch(member -> member.peer().equals(peer));
  }

  private boolean isShown(PeerFacts peer) {
    return peer.peer().equals(shown.get(peer.name()));
  }

  private PeerFacts peer(PeerId id) {
    return peers.computeIfAbsent(id, PeerFacts::new);
  }

  private void dropIfUseless(PeerFacts peer) {
    if (peer.isUseless()) {
      peers.remove(peer.peer());
    }
  }

  private void dropOtherLives(String name, PeerId life) {
    peers
        .values()
        .removeIf(
            other -> other.name().equals(name) && !other.peer().equals(life) && !other.isPresent());
  }
}
