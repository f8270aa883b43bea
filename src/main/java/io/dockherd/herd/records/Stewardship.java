package io.dockherd.herd.records;

import io.dockherd.failure.Refused;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the keys this node is the steward of: one after the other for each key, on this node's
 * disk first, then on another's.
 *
 * <p>A write takes a counter above all that is known of the key, and this node's name. Both sides
 * of a split have stewards of their own, of other names, so no two writes ever have the same
 * version; within one electorate a key has one steward, and it begins only when it knows what the
 * one before did ({@link Council}). What that one gave out while it was dying may be known to
 * nobody. So counters stand in blocks, one for each {@link Council#epoch}, and the first write to a
 * key in each session goes on to a new one: what comes back with the dead node's disk was never
 * answered for and does not win over what was.
 */
final class Stewardship {
  /** The size of a block: more writes to one key than a session sees. */
  private static final int BLOCK_BITS = 20;

  private static final int SESSIONS_MAX = 10_000;

  private final String name;
  private final Council council;
  private final Ledger ledger;
  private final RecordStore store;
  private final ShownRecords shown;
  private final Replication replication;
  private final InstantSource clock;

  /**
   * Key → session of the last write here; a key that is not in it begins one more block, which is
   * no harm.
   */
  private final Map<String, Long> sessions = new ConcurrentHashMap<>();

  /** Key → counter of a write that could not be stored. */
  private final Map<String, Long> spent = new ConcurrentHashMap<>();

  Stewardship(
      String name,
      Council council,
      Ledger ledger,
      RecordStore store,
      ShownRecords shown,
      Replication replication,
      InstantSource clock) {
    this.name = name;
    this.council = council;
    this.ledger = ledger;
    this.store = store;
    this.shown = shown;
    this.replication = replication;
    this.clock = clock;
  }

  /** The epoch in which that counter was given out. */
  static long epochOf(long counter) {
    return counter >> BLOCK_BITS;
  }

  WriteAnswer write(RecordsQuestion.Write write, Deadline deadline) {
    if (!council.awaitDecision(write.key(), deadline)) {
      return new WriteAnswer.Late("the nodes were still comparing their records");
    }
    return switch (decide(write)) {
      case Decision.Answer(WriteAnswer answer) -> answer;
      case Decision.Written(Revision revision, Lineage before, Lineage after) -> {
        try {
          store.save(List.of(write.key()), ledger::bytes);
        } catch (Refused e) {
          takeBack(write.key(), revision, before, after);
          yield new WriteAnswer.Failed(e.getMessage(), e.remedy());
        }
        shown.show(write.key(), ledger.get(write.key()));
        yield replicate(write.key(), revision, deadline);
      }
    };
  }

  /** Its counter is not given out again, since another node may have seen it already. */
  private void takeBack(String key, Revision revision, Lineage before, Lineage after) {
    spent.merge(key, revision.version().counter(), Math::max);
    synchronized (ledger) {
      if (ledger.get(key).equals(after)) {
        ledger.set(key, before);
      }
    }
  }

  private WriteAnswer replicate(String key, Revision written, Deadline deadline) {
    boolean again = false;
    while (!replication.replicate(key, written, again, deadline)) {
      if (!council.mayWrite(key)) {
        return new WriteAnswer.Late("its steward was changing");
      }
      if (deadline.hasPassed() || Thread.currentThread().isInterrupted()) {
        return new WriteAnswer.Late("no second node has stored it");
      }
      again = true;
    }
    return new WriteAnswer.Done(Optional.of(written));
  }

  /** What is to come of a write. */
  private sealed interface Decision {
    /** Nothing to be written. */
    record Answer(WriteAnswer answer) implements Decision {}

    /** The revision is in the ledger and has now to be stored. */
    record Written(Revision revision, Lineage before, Lineage after) implements Decision {}
  }

  private Decision decide(RecordsQuestion.Write write) {
    synchronized (ledger) {
      Decision decision = decide(write, ledger.get(write.key()));
      if (decision instanceof Decision.Written written) {
        ledger.set(write.key(), written.after());
      }
      return decision;
    }
  }

  /** Under the ledger's lock: see {@link ReplicatedRecords#onElectorate}. */
  private Decision decide(RecordsQuestion.Write write, Lineage before) {
    if (!council.mayWrite(write.key())) {
      return new Decision.Answer(new WriteAnswer.NotSteward());
    }
    Optional<Decision> repeated = repeated(write, before);
    if (repeated.isPresent()) {
      return repeated.get();
    }
    boolean holdsNothing = before.head().map(Revision::isDeletion).orElse(true);
    Version now = holdsNothing ? Version.NONE : before.version();
    if (write.expected().isPresent() && !write.expected().get().equals(now)) {
      return new Decision.Answer(new WriteAnswer.Overtaken(now));
    }
    if (write.value().isEmpty() && holdsNothing) {
      return new Decision.Answer(new WriteAnswer.Done(Optional.empty()));
    }
    Revision revision = next(before, write);
    return new Decision.Written(revision, before, before.merge(new Lineage(List.of(revision))));
  }

  /** What to say to a request that was carried out before. */
  private Optional<Decision> repeated(RecordsQuestion.Write write, Lineage before) {
    Optional<Version> version = ledger.writtenBy(write.request());
    if (version.isEmpty()) {
      return Optional.empty();
    }
    boolean lost = before.head().filter(head -> head.knows(version.get())).isEmpty();
    if (lost && write.expected().isPresent()) {
      // It came after another write of the same expectation, which has been answered.
      return Optional.of(new Decision.Answer(new WriteAnswer.Overtaken(before.version())));
    }
    return Optional.of(
        before.revisions().stream()
            .filter(revision -> revision.version().equals(version.get()))
            .findFirst()
            .<Decision>map(revision -> new Decision.Written(revision, before, before))
            .orElseGet(() -> new Decision.Answer(new WriteAnswer.Before(version.get()))));
  }

  private Revision next(Lineage before, RecordsQuestion.Write write) {
    long past = before.head().isPresent() ? before.version().counter() : ledger.floor();
    long known = Math.max(past, spent.getOrDefault(write.key(), 0L));
    Long session = council.session().number();
    if (sessions.size() >= SESSIONS_MAX) {
      sessions.clear();
    }
    boolean goesOn = session.equals(sessions.put(write.key(), session));
    long block = goesOn ? 0 : Math.max(council.epoch(), epochOf(known) + 1);
    long counter = Math.max(known + 1, block << BLOCK_BITS);
    Map<String, Long> seen = new HashMap<>(before.seen());
    seen.put(name, counter);
    return new Revision(
        new Version(counter, name),
        write.value(),
        write.request(),
        clock.millis(),
        seen,
        Buffer.buffer());
  }
}
