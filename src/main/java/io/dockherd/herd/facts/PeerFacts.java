package io.dockherd.herd.facts;

import io.dockherd.herd.group.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one other peer has told us, and how sure of it we are. Its facts are to be read when the
 * peer is present, is an admitted member, and we know that we hold what it told. Guarded by the
 * lock of whoever holds it.
 */
final class PeerFacts {
  private final PeerId peer;
  private boolean present;
  private boolean admitted;
  private String name = "";

  private long sequence;
  private Shelf shelf = Shelf.EMPTY;
  private boolean inStep;
  private boolean owesAnswer;

  private boolean comparing;
  private int digestsMeanwhile;
  private final List<FactChange> arriving = new ArrayList<>();
  private int nextPart;

  PeerFacts(PeerId peer) {
    this.peer = peer;
  }

  PeerId peer() {
    return peer;
  }

  /** The member's name; empty when it was never admitted. */
  String name() {
    return name;
  }

  boolean isPresent() {
    return present;
  }

  boolean isAdmitted() {
    return admitted;
  }

  /** Whether its facts are to be read. */
  boolean isReadable() {
    return present && admitted && inStep;
  }

  /** Whether it has gone and left nothing worth keeping. */
  boolean isUseless() {
    return !present && !admitted && shelf.count() == 0;
  }

  Shelf shelf() {
    return shelf;
  }

  /** The peer is there, or there again: what it told may have been overtaken. */
  void arrive() {
    present = true;
    outOfStep();
  }

  /** The peer has gone. What it told is kept, in case the same life comes back. */
  void leave() {
    present = false;
    outOfStep();
  }

  /** The peer is the member of that name. */
  void admit(String memberName) {
    admitted = true;
    name = memberName;
  }

  /** The peer is no member any more. */
  void dismiss(boolean orderly) {
    admitted = false;
    if (orderly) {
      sequence = 0;
      shelf = Shelf.EMPTY;
    }
    outOfStep();
  }

  /** Whether the owner is to be asked to compare, which it then is. */
  boolean beginComparing() {
    if (!present || !admitted || inStep || comparing) {
      return false;
    }
    comparing = true;
    digestsMeanwhile = 0;
    return true;
  }

  /** What we hold, for the owner to compare. */
  FactsMessage.Compare held() {
    return new FactsMessage.Compare(sequence, shelf.hash());
  }

  /** The word the owner waits for, once it can have it. */
  Optional<FactsMessage.Held> takeAnswer() {
    if (!owesAnswer || !isReadable()) {
      return Optional.empty();
    }
    owesAnswer = false;
    return Optional.of(new FactsMessage.Held(sequence));
  }

  /**
   * Those of the changes that are news here; none when some before them are missing, which leaves
   * us out of step. To be followed by {@link #advance}.
   */
  List<FactChange> following(FactsMessage.Changes message) {
    owesAnswer |= message.answer();
    if (message.first() > sequence + 1) {
      inStep = false;
      return List.of();
    }
    List<FactChange> changes = message.changes();
    int known = (int) Math.min(sequence + 1 - message.first(), changes.size());
    // What joins on to all we hold proves that nothing was missed, also while apart.
    inStep |= message.last() >= sequence;
    return changes.subList(known, changes.size());
  }

  /** The changes were made. */
  void advance(List<FactChange> changes, Shelf after) {
    sequence += changes.size();
    shelf = after;
  }

  /** A part of the whole has come; with the last one the facts are replaced. */
  void receive(FactsMessage.Whole part) {
    if (part.part() == 0) {
      arriving.clear();
      nextPart = 0;
    }
    if (part.part() != nextPart) {
      return;
    }
    nextPart++;
    arriving.addAll(part.facts());
    if (part.last()) {
      shelf = Shelf.EMPTY.with(name, arriving, event -> {});
      sequence = part.sequence();
      inStep();
    }
  }

  /** The owner's digest has come. */
  void compare(FactsMessage.Digest digest) {
    if (digest.sequence() == sequence && digest.hash() == shelf.hash()) {
      inStep();
      return;
    }
    inStep = false;
    // The answer we wait for was sent after this digest. Should it have been lost, ask once more
    // when another digest comes before it.
    digestsMeanwhile++;
    comparing &= digestsMeanwhile < 2;
  }

  private void inStep() {
    inStep = true;
    comparing = false;
    // The owner may wait for us since before we could answer.
    owesAnswer = true;
    arriving.clear();
    nextPart = -1;
  }

  private void outOfStep() {
    inStep = false;
    comparing = false;
    owesAnswer = false;
    arriving.clear();
    nextPart = -1;
  }
}
