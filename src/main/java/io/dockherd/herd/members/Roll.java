package io.dockherd.herd.members;

import io.dockherd.herd.group.PeerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds which name, by one rule that gives every peer of a view the same answer: of the present
 * peers that go by a name, the one that stands first in the view holds it.
 *
 * <p>So a newcomer with a taken name is nobody until the holder is gone, and after a heal at most
 * one of two namesakes is a member: views list older peers first, and a merged view lists all peers
 * in one order for everybody.
 *
 * @param peers the view's, in its order
 * @param told what each of them said of itself, as far as it has
 */
record Roll(List<PeerId> peers, Map<PeerId, Member> told) {
  /** What is different between two rolls; first those who left, then those who came. */
  record Changes(List<Member> left, List<Member> joined, List<Member> changed) {}

  Roll {
    peers = List.copyOf(peers);
    Map<PeerId, Member> present = new HashMap<>(told);
    present.keySet().retainAll(peers);
    told = Map.copyOf(present);
  }

  /** The same peers after one of them has said who it is. */
  Roll telling(Member member) {
    Map<PeerId, Member> more = new HashMap<>(told);
    more.put(member.peer(), member);
    return new Roll(peers, more);
  }

  /** Another view of what has been told. */
  Roll seen(List<PeerId> view) {
    return new Roll(view, told);
  }

  /** The same after those peers' words have become void. */
  Roll without(List<PeerId> gone) {
    Map<PeerId, Member> less = new HashMap<>(told);
    gone.forEach(less::remove);
    return new Roll(peers, less);
  }

  /** The members: each name's holder, by name. */
  List<Member> holders() {
    Map<String, Member> holders = new LinkedHashMap<>();
    for (PeerId peer : peers) {
      Member member = told.get(peer);
      if (member != null) {
        holders.putIfAbsent(member.name(), member);
      }
    }
    return holders.values().stream().sorted(Comparator.comparing(Member::name)).toList();
  }

  /** Who stands before that member and goes by its name. */
  Optional<Member> olderNamesake(Member member) {
    return older(member.peer()).stream()
        .map(told::get)
        .filter(other -> other != null && other.name().equals(member.name()))
        .findFirst();
  }

  /** Who stands before that peer and has not said who it is. */
  List<PeerId> olderUnknown(PeerId peer) {
    return older(peer).stream().filter(other -> !told.containsKey(other)).toList();
  }

  private List<PeerId> older(PeerId peer) {
    int place = peers.indexOf(peer);
    return place < 0 ? peers : peers.subList(0, place);
  }

  boolean isComplete() {
    return told.size() == peers.size();
  }

  Changes since(Roll before) {
    Map<PeerId, Member> were = byPeer(before.holders());
    Map<PeerId, Member> are = byPeer(holders());
    List<Member> left = new ArrayList<>();
    List<Member> joined = new ArrayList<>();
    List<Member> changed = new ArrayList<>();
    were.forEach(
        (peer, member) -> {
          if (!are.containsKey(peer)) {
            left.add(member);
          }
        });
    are.forEach(
        (peer, member) -> {
          Member was = were.get(peer);
          if (was == null) {
            joined.add(member);
          } else if (!was.equals(member)) {
            changed.add(member);
          }
        });
    return new Changes(left, joined, changed);
  }

  private static Map<PeerId, Member> byPeer(List<Member> members) {
    Map<PeerId, Member> byPeer = new LinkedHashMap<>();
    members.forEach(member -> byPeer.put(member.peer(), member));
    return byPeer;
  }
}
