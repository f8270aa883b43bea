package io.dockherd.herd.bus;

import io.dockherd.herd.group.Channel;
import io.dockherd.herd.group.PeerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What this member has to tell, gathered until it is sent: many registrations in a row become one
 * message, and many receipts one. Not thread-safe.
 */
final class Outbox {
  private final OwnEnd own;
  private final Set<PeerId> wholeTo = new HashSet<>();
  private final Map<PeerId, Long> receipts = new HashMap<>();
  private final Set<PeerId> questions = new HashSet<>();
  private boolean isWholeForAll;
  private boolean isDigestDue;

  Outbox(OwnEnd own) {
    this.own = own;
  }

  void wholeToAll() {
    isWholeForAll = true;
  }

  void wholeTo(PeerId peer) {
    wholeTo.add(peer);
  }

  void known(PeerId peer, long revision) {
    receipts.merge(peer, revision, Long::max);
  }

  void ask(PeerId peer) {
    questions.add(peer);
  }

  void digest() {
    isDigestDue = true;
  }

  /** Peers who have gone need nothing. */
  void forget(PeerId peer) {
    wholeTo.remove(peer);
    receipts.remove(peer);
    questions.remove(peer);
  }

  boolean isEmpty() {
    return !own.hasNews()
        && !isWholeForAll
        && !isDigestDue
        && wholeTo.isEmpty()
        && receipts.isEmpty()
        && questions.isEmpty();
  }

  /** The revision at which all will have been told everything that is known now. */
  long nextRevision() {
    return own.hasNews() || isWholeForAll ? own.revision() + 1 : own.revision();
  }

  /** Everything there is to send, in order; then there is nothing. */
  List<Consumer<Channel>> take() {
    List<Consumer<Channel>> due = new ArrayList<>();
    if (isWholeForAll) {
      due.add(toAll(own.takeWhole()));
      wholeTo.clear();
    } else if (own.hasNews()) {
      due.add(toAll(own.takeNews()));
    }
    if (!wholeTo.isEmpty()) {
      byte[] whole = own.whole().toBytes();
      wholeTo.forEach(peer -> due.add(channel -> channel.tell(peer, whole)));
    }
    if (isDigestDue) {
      due.add(toAll(own.digest()));
    }
    questions.forEach(peer -> due.add(to(peer, new Word.Ask())));
    receipts.forEach((peer, revision) -> due.add(to(peer, new Word.Known(revision))));
    isWholeForAll = false;
    isDigestDue = false;
    wholeTo.clear();
    questions.clear();
    receipts.clear();
    return due;
  }

  private static Consumer<Channel> toAll(Word word) {
    byte[] bytes = word.toBytes();
    return channel -> channel.broadcast(bytes);
  }

  private static Consumer<Channel> to(PeerId peer, Word word) {
    byte[] bytes = word.toBytes();
    return channel -> channel.tell(peer, bytes);
  }
}
