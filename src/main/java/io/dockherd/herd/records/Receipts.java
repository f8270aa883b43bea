package io.dockherd.herd.records;

import io.dockherd.herd.group.Channel;
import io.dockherd.herd.group.PeerId;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts on this node's disk what stewards have sent, and tells those who asked that it is there.
 * What comes while the disk is busy goes with the next turn, so that a disk that hangs piles up no
 * more than each key once and {@value #OWED_MAX} receipts; a steward that gets none asks other
 * nodes.
 */
final class Receipts {
  /** Far more than a node has writes under way. */
  static final int OWED_MAX = 4096;

  private static final Log LOG = Log.of(Receipts.class);

  /** How long to wait until this node, too, takes the sender for the steward. */
  private static final Duration ANSWER_LIMIT = Duration.ofMillis(300);

  private final PeerId self;
  private final Council council;
  private final Keeper keeper;
  private final Channel channel;
  private Set<String> keys = new LinkedHashSet<>();
  private List<Receipt> owed = new ArrayList<>();
  private boolean running;

  private record Receipt(PeerId to, String key, String round) {}

  private record Turn(Set<String> keys, List<Receipt> owed) {}

  Receipts(PeerId self, Council council, Keeper keeper, Channel channel) {
    this.self = self;
    this.council = council;
    this.keeper = keeper;
    this.channel = channel;
  }

  /** Stores what that message has brought; returns at once. */
  synchronized void store(PeerId from, RecordsMessage.Keep keep) {
    keys.add(keep.key());
    if (keep.asks(self) && owed.size() < OWED_MAX) {
      owed.add(new Receipt(from, keep.key(), keep.round()));
    }
    if (!running) {
      running = true;
      Thread.ofVirtual().name("records-store").start(this::takeTurns);
    }
  }

  private void takeTurns() {
    for (Turn turn = next(); !turn.keys.isEmpty(); turn = next()) {
      try {
        keeper.save(turn.keys);
        answer(turn.owed);
      } catch (RuntimeException e) {
        // Whoever asked gets no receipt and asks others; the store tries the keys again.
        LOG.warn("records not stored for other nodes", "records", turn.keys.size(), "reason", e);
      }
    }
  }

  private synchronized Turn next() {
    Turn turn = new Turn(keys, owed);
    keys = new LinkedHashSet<>();
    owed = new ArrayList<>();
    running = !turn.keys.isEmpty();
    return turn;
  }

  private void answer(List<Receipt> receipts) {
    if (!receipts.isEmpty()) {
      Deadline deadline = Deadline.in(ANSWER_LIMIT);
      Thread.ofVirtual().start(() -> receipts.forEach(receipt -> answer(receipt, deadline)));
    }
  }

  /**
   * The record is kept in any case; but it is an answer only between two who agree on the steward,
   * as another one may be writing already.
   */
  private void answer(Receipt receipt, Deadline deadline) {
    if (council.awaitSteward(receipt.to, receipt.key, deadline)) {
      channel.tell(receipt.to, RecordsCodec.encode(new RecordsMessage.Kept(receipt.round)));
    }
  }
}
