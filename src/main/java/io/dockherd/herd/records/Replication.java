package io.dockherd.herd.records;

import io.dockherd.herd.group.Channel;
import io.dockherd.herd.group.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gets what a steward wrote to the other nodes, and at least one of them to keep it. */
final class Replication {
  /** How many are asked to say so at first: the second in case the first is just then dying. */
  private static final int ASKED = 2;

  /** After this all are asked. */
  private static final Duration ROUND = Duration.ofMillis(400);

  private final Council council;
  private final Channel channel;
  private final Map<String, CompletableFuture<Void>> rounds = new ConcurrentHashMap<>();

  Replication(Council council, Channel channel) {
    this.council = council;
    this.channel = channel;
  }

  /** A node keeps what was sent in that round. */
  void onKept(String round) {
    CompletableFuture<Void> kept = rounds.get(round);
    if (kept != null) {
      kept.complete(null);
    }
  }

  /**
   * Sends the revision to all others; true when one of them keeps it, or there is no other. To be
   * called again while it is false and the deadline has not passed.
   *
   * @param again whether this was tried before: then all are asked
   */
  boolean replicate(String key, Revision written, boolean again, Deadline deadline) {
    Electorate electorate = council.electorate();
    if (council.others().isEmpty()) {
      return true;
    }
    List<PeerId> asked =
        again
            ? List.of()
            : electorate.ranked(key).stream()
                .map(Electorate.Voter::peer)
                .skip(1)
                .limit(ASKED)
                .toList();
    String round = UUID.randomUUID().toString();
    CompletableFuture<Void> kept = new CompletableFuture<>();
    rounds.put(round, kept);
    try {
      channel.broadcast(
          RecordsCodec.encode(
              new RecordsMessage.Keep(round, key, new Lineage(List.of(written)), asked)));
      kept.get(deadline.atMost(ROUND).nanosLeft(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return council.others().isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      rounds.remove(round);
    }
  }
}
