package io.dockherd.herd.facts;

import io.dockherd.herd.facts.FactChange.Told;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this node has told: its facts, how many changes made them, and which of these are still to
 * go out. Guarded by the lock of whoever holds it.
 */
final class OwnFacts {
  /** About how many bytes ride in one message: enough to be worth it, too few to hold up others. */
  private static final int MESSAGE_BYTES = 128 << 10;

  /** All changes up to {@code sequence} and what they amount to. */
  record State(long sequence, Shelf shelf) {
    FactsMessage.Digest digest() {
      return new FactsMessage.Digest(sequence, shelf.hash());
    }

    /** All of it, in parts of about {@link #MESSAGE_BYTES}. */
    List<FactsMessage.Whole> parts() {
      List<FactsMessage.Whole> parts = new ArrayList<>();
      List<Told> part = new ArrayList<>();
      int room = MESSAGE_BYTES;
      for (Fact fact : shelf.all()) {
        Told told = new Told(fact.kind(), fact.id(), fact.value());
        int size = FactsCodec.size(told);
        if (room < size && !part.isEmpty()) {
          parts.add(new FactsMessage.Whole(sequence, parts.size(), false, part));
          part = new ArrayList<>();
          room = MESSAGE_BYTES;
        }
        part.add(told);
        room -= size;
      }
      parts.add(new FactsMessage.Whole(sequence, parts.size(), true, part));
      return parts;
    }
  }

  private final Deque<FactChange> pending = new ArrayDeque<>();
  private Shelf shelf = Shelf.EMPTY;
  private long sequence;
  private State sent = new State(0, Shelf.EMPTY);
  private boolean answerWanted;
  private long answerAskedFor;

  Shelf shelf() {
    return shelf;
  }

  /** How many changes were told. */
  long sequence() {
    return sequence;
  }

  /** What has gone out; as good as told, once {@link #next} has nothing more. */
  State sent() {
    return sent;
  }

  /** The changes that make the facts of a kind exactly {@code values}, in the order of the ids. */
  List<FactChange> towards(String kind, Map<String, Buffer> values) {
    return Steps.towards(shelf, kind, values);
  }

  /** The change that makes the fact {@code value}, if it is not that already. */
  Optional<FactChange> news(String kind, String id, Buffer value) {
    return Steps.news(shelf, kind, id, value);
  }

  /** The change that takes the fact back, if it was told. */
  Optional<FactChange> end(String kind, String id) {
    return Steps.end(shelf, kind, id);
  }

  /** The changes were made; {@code after} is what they lead to. */
  void add(List<FactChange> changes, Shelf after) {
    pending.addAll(changes);
    sequence += changes.size();
    shelf = after;
  }

  /** Everybody is to answer when they hold what was told so far, unless they were asked already. */
  void wantAnswers() {
    answerWanted |= answerAskedFor < sequence;
  }

  /** The next message to go out. */
  Optional<FactsMessage.Changes> next() {
    if (pending.isEmpty() && !answerWanted) {
      return Optional.empty();
    }
    long first = sequence - pending.size() + 1;
    List<FactChange> changes = new ArrayList<>();
    int room = MESSAGE_BYTES;
    while (room > 0 && !pending.isEmpty()) {
      FactChange change = pending.poll();
      room -= FactsCodec.size(change);
      changes.add(change);
    }
    boolean all = pending.isEmpty();
    boolean answer = answerWanted && all;
    if (all) {
      sent = new State(sequence, shelf);
    }
    if (answer) {
      answerWanted = false;
      answerAskedFor = sequence;
    }
    return Optional.of(new FactsMessage.Changes(first, answer, changes));
  }
}
