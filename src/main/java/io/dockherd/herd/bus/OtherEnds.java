package io.dockherd.herd.bus;

import io.dockherd.herd.group.PeerId;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the other members have told about their ends of the bus. Every method that changes it
 * returns the addresses at which something may have changed. Not safe for several threads.
 */
final class OtherEnds {
  private static final class End {
    private final NodeInfo node;
    private final Subscriptions subscriptions;
    private long revision;

    private End(Word.Whole whole) {
      this.node = whole.node();
      this.subscriptions = whole.subscriptions();
      this.revision = whole.revision();
    }
  }

  private final Map<PeerId, End> ends = new TreeMap<>();

  boolean has(PeerId peer) {
    return ends.containsKey(peer);
  }

  Set<PeerId> peers() {
    return Set.copyOf(ends.keySet());
  }

  Optional<NodeInfo> node(PeerId peer) {
    return Optional.ofNullable(ends.get(peer)).map(end -> end.node);
  }

  Set<String> put(PeerId peer, Word.Whole whole) {
    End before = ends.put(peer, new End(whole));
    return before == null
        ? whole.subscriptions().addresses()
        : union(before.subscriptions, whole.subscriptions());
  }

  Set<String> drop(PeerId peer) {
    End gone = ends.remove(peer);
    return gone == null ? Set.of() : gone.subscriptions.addresses();
  }

  /** Whether a change is the very next one: else something in between was missed. */
  boolean follows(PeerId peer, Word.Change change) {
    End end = ends.get(peer);
    return end != null && change.revision() == end.revision + 1;
  }

  /** Whether the peer is known at that revision or a later one. */
  boolean knows(PeerId peer, long revision) {
    End end = ends.get(peer);
    return end != null && revision <= end.revision;
  }

  Set<String> apply(PeerId peer, Word.Change change) {
    End end = ends.get(peer);
    end.revision = change.revision();
    for (String address : change.dropped().addresses()) {
      for (long consumer : change.dropped().at(address)) {
        end.subscriptions.remove(address, consumer);
      }
    }
    for (String address : change.added().addresses()) {
      for (long consumer : change.added().at(address)) {
        end.subscriptions.add(address, consumer);
      }
    }
    return union(change.added(), change.dropped());
  }

  boolean agrees(PeerId peer, Word.Digest digest) {
    End end = ends.get(peer);
    return end != null
        && end.revision == digest.revision()
        && end.subscriptions.digest() == digest.sum();
  }

  List<RegistrationInfo> at(String address) {
    List<RegistrationInfo> found = new ArrayList<>();
    ends.forEach(
        (peer, end) -> {
          for (long consumer : end.subscriptions.at(address)) {
            found.add(new RegistrationInfo(peer.value(), consumer, false));
          }
        });
    return found;
  }

  private static Set<String> union(Subscriptions some, Subscriptions others) {
    Set<String> all = new HashSet<>(some.addresses());
    all.addAll(others.addresses());
    return all;
  }
}
