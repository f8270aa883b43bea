package io.dockherd.herd.records;

import io.dockherd.herd.group.PeerId;
import io.dockherd.telemetry.Log;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

/**
 * The digests that are still to be examined, one after the other: of each peer the latest that
 * echoes a session, and the latest other one. Neither stands for the other: threads of their own
 * send them, so that the one that comes later may be the older, and an echo counts for what its own
 * digest says.
 */
final class DigestQueue implements AutoCloseable {
  private static final Log LOG = Log.of(DigestQueue.class);

  private final BiConsumer<PeerId, RecordsMessage.Digest> examine;
  private final Map<Slot, RecordsMessage.Digest> waiting = new LinkedHashMap<>();
  private final ExecutorService order =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("records-catch-up").factory());

  private record Slot(PeerId peer, boolean echoes) {
    static Slot of(PeerId peer, RecordsMessage.Digest digest) {
      return new Slot(peer, digest.echo() != 0);
    }
  }

  /** What is put in is handed to {@code examine}, on one virtual thread. */
  DigestQueue(BiConsumer<PeerId, RecordsMessage.Digest> examine) {
    this.examine = examine;
  }

  /** The peer has told another digest. */
  synchronized void put(PeerId peer, RecordsMessage.Digest digest) {
    Slot slot = Slot.of(peer, digest);
    RecordsMessage.Digest before = waiting.get(slot);
    if (before == null || before.echo() <= digest.echo()) {
      waiting.put(slot, digest);
    }
    if (before == null) {
      begin();
    }
  }

  /** A digest of before is to be examined again, unless a later one has come. */
  synchronized void putBack(PeerId peer, RecordsMessage.Digest digest) {
    if (waiting.putIfAbsent(Slot.of(peer, digest), digest) == null) {
      begin();
    }
  }

  /** What the peer has told is of no interest any more. */
  synchronized void forget(PeerId peer) {
    waiting.keySet().removeIf(slot -> slot.peer.equals(peer));
  }

  @Override
  public void close() {
    order.shutdownNow();
  }

  private void begin() {
    try {
      order.execute(this::examineNext);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed while records were compared", "reason", e);
    }
  }

  private void examineNext() {
    next().ifPresent(entry -> examine.accept(entry.getKey().peer, entry.getValue()));
  }

  private synchronized Optional<Map.Entry<Slot, RecordsMessage.Digest>> next() {
    Iterator<Map.Entry<Slot, RecordsMessage.Digest>> entries = waiting.entrySet().iterator();
    if (!entries.hasNext()) {
      return Optional.empty();
    }
    Map.Entry<Slot, RecordsMessage.Digest> first = Map.Entry.copyOf(entries.next());
    entries.remove();
    return Optional.of(first);
  }
}
