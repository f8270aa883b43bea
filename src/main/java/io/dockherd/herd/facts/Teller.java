package io.dockherd.herd.facts;

import io.dockherd.herd.group.Channel;
import io.dockherd.herd.group.PeerId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Tells the other peers what this node knows. */
final class Teller {
  private final String name;
  private final Shelves shelves;
  private final Channel channel;

  /** Guards {@link #own}; never held while sending. */
  private final ReentrantLock state = new ReentrantLock();

  private final OwnFacts own = new OwnFacts();

  /**
   * Held while sending what has an order: changes, digests, wholes. Whoever waits for it finds its
   * change sent by the one before, together with those of all others who waited.
   */
  private final ReentrantLock sending = new ReentrantLock();

  /** Tells in the name of this node's member. */
  Teller(String name, Shelves shelves, Channel channel) {
    this.name = name;
    this.shelves = shelves;
    this.channel = channel;
    shelves.show(name, own.shelf());
  }

  /** Makes the changes and sends them; returns when they have gone out. */
  void change(Function<OwnFacts, List<FactChange>> decision) {
    state.lock();
    try {
      List<FactChange> changes = decision.apply(own);
      if (changes.isEmpty()) {
        return;
      }
      own.add(changes, shelves.change(name, own.shelf(), changes));
    } finally {
      state.unlock();
    }
    flush();
  }

  /** Asks all to say when they hold what was told so far; up to where that is. */
  long wantAnswers() {
    long sequence;
    state.lock();
    try {
      own.wantAnswers();
      sequence = own.sequence();
    } finally {
      state.unlock();
    }
    flush();
    return sequence;
  }

  /** Sends to all what our facts amount to. */
  void sendDigest() {
    sending.lock();
    try {
      channel.broadcast(FactsCodec.encode(flush().digest()));
    } finally {
      sending.unlock();
    }
  }

  /** A peer has said what it holds of ours: tells it that it is the same, or all there is. */
  void compare(PeerId peer, FactsMessage.Compare theirs) {
    sending.lock();
    try {
      OwnFacts.State sent = flush();
      FactsMessage.Digest ours = sent.digest();
      if (theirs.sequence() == ours.sequence() && theirs.hash() == ours.hash()) {
        channel.tell(peer, FactsCodec.encode(ours));
      } else {
        sent.parts().forEach(part -> channel.tell(peer, FactsCodec.encode(part)));
      }
    } finally {
      sending.unlock();
    }
  }

  /** Sends what is pending; what is then known to all who could hear it. */
  private OwnFacts.State flush() {
    sending.lock();
    try {
      for (Optional<FactsMessage.Changes> next = next(); next.isPresent(); next = next()) {
        channel.broadcast(FactsCodec.encode(next.get()));
      }
      state.lock();
      try {
        return own.sent();
      } finally {
        state.unlock();
      }
    } finally {
      sending.unlock();
    }
  }

  private Optional<FactsMessage.Changes> next() {
    state.lock();
    try {
      return own.next();
    } finally {
      state.unlock();
    }
  }
}
