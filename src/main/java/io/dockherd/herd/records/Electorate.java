package io.dockherd.herd.records;

import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.members.Member;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The nodes that look after the records just now, and which of them looks after a key: the one
 * whose name together with the key hashes highest. When a node comes or goes, only the keys it
 * takes or leaves change hands, and a node that is started again gets the same ones.
 *
 * <p>Two nodes whose electorates have the same {@link #id} agree on every key's steward.
 */
public record Electorate(List<Voter> voters) {
  /** A node: its life and its name. */
  public record Voter(PeerId peer, String name) {}

  public Electorate {
    voters = voters.stream().sorted(Comparator.comparing(Voter::name)).toList();
  }

  /** Those nodes. */
  public static Electorate of(List<Member> nodes) {
    return new Electorate(
        nodes.stream().map(member -> new Voter(member.peer(), member.name())).toList());
  }

  /** The same for the same nodes in the same life. */
  long id() {
    Hash hash = new Hash();
    voters.forEach(voter -> hash.add(voter.name()).add(voter.peer().value()));
    return hash.value();
  }

  /** Who looks after the key; empty only if there is no node at all. */
  public Optional<Voter> steward(String key) {
    return ranked(key).stream().findFirst();
  }

  /** All nodes, those first who would be the key's steward first. */
  public List<Voter> ranked(String key) {
    return voters.stream()
        .sorted(
            Comparator.<Voter>comparingLong(voter -> new Hash().add(voter.name()).add(key).value())
                .reversed()
                .thenComparing(Voter::name))
        .toList();
  }

  boolean contains(PeerId peer) {
    return voters.stream().anyMatch(voter -> voter.peer().equals(peer));
  }
}
