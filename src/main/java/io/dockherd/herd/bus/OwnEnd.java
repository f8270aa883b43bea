package io.dockherd.herd.bus;

import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * This member's end of the bus: where it listens, who consumes here, and what of it the others have
 * not been told yet. Not safe for several threads.
 */
final class OwnEnd {
  private record Subscription(String address, long consumer) {}

  private final Subscriptions told = new Subscriptions();

  /** Consumers that only hear this member's own messages: nobody else's business. */
  private final Subscriptions local = new Subscriptions();

  /** What became of a subscription since the last revision: true when it is there. */
  private final Map<Subscription, Boolean> news = new LinkedHashMap<>();

  /** Null while not on the bus. */
  private NodeInfo node;

  private long revision;

  void open(NodeInfo where) {
    node = where;
  }

  void close() {
    node = null;
  }

  Optional<NodeInfo> node() {
    return Optional.ofNullable(node);
  }

  /** Counted up with each {@link #takeNews} and {@link #takeWhole}. */
  long revision() {
    return revision;
  }

  void add(String address, RegistrationInfo registration) {
    if (registration.localOnly()) {
      local.add(address, registration.seq());
    } else if (told.add(address, registration.seq())) {
      news.put(new Subscription(address, registration.seq()), true);
    }
  }

  void remove(String address, RegistrationInfo registration) {
    if (registration.localOnly()) {
      local.remove(address, registration.seq());
    } else if (told.remove(address, registration.seq())) {
      news.put(new Subscription(address, registration.seq()), false);
    }
  }

  boolean hasNews() {
    return !news.isEmpty();
  }

  /** What is new, for all; then nothing is. */
  Word takeNews() {
    Subscriptions added = new Subscriptions();
    Subscriptions dropped = new Subscriptions();
    news.forEach((s, there) -> (there ? added : dropped).add(s.address(), s.consumer()));
    news.clear();
    return new Word.Change(++revision, added, dropped);
  }

  /** Everything, for all, at a new revision; then nothing is new. */
  Word takeWhole() {
    news.clear();
    revision++;
    return whole();
  }

  /** Everything as it was told to all: to be taken when there is no news. */
  Word whole() {
    return node == null ? new Word.Absent(revision) : new Word.Whole(revision, node, told);
  }

  /** To be taken when there is no news. */
  Word digest() {
    return new Word.Digest(revision, told.digest());
  }

  List<RegistrationInfo> at(String address, String self) {
    List<RegistrationInfo> found = new ArrayList<>();
    for (long consumer : told.at(address)) {
      found.add(new RegistrationInfo(self, consumer, false));
    }
    for (long consumer : local.at(address)) {
      found.add(new RegistrationInfo(self, consumer, true));
    }
    return found;
  }
}
