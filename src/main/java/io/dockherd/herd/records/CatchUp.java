package io.dockherd.herd.records;

import io.dockherd.failure.Failure;
import io.dockherd.failure.Refused;
import io.dockherd.herd.group.Channel;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.wire.Malformed;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Brings this node's records up to what others hold: the one way for newcomers, heals and drift.
 * Nodes tell digests; whoever holds something else pulls the differing buckets and merges. One
 * after the other, so that a newcomer pulls everything once and not from each node.
 */
final class CatchUp implements AutoCloseable {
  private static final Log LOG = Log.of(CatchUp.class);

  /** For one page of a pull. */
  private static final Duration PAGE_LIMIT = Duration.ofSeconds(2);

  private static final Duration RETRY = Duration.ofMillis(300);

  private final Council council;
  private final Ledger ledger;
  private final Continuity continuity;
  private final Partings partings;
  private final Keeper keeper;
  private final Channel channel;
  private final ScheduledExecutorService timer;
  private final Map<PeerId, RecordsMessage.Digest> latest = new ConcurrentHashMap<>();

  /** Those whose session was not answered yet. */
  private final Map<PeerId, RecordsMessage.Digest> asking = new ConcurrentHashMap<>();

  private final DigestQueue toBeExamined = new DigestQueue(this::examine);

  CatchUp(
      Council council,
      Ledger ledger,
      Continuity continuity,
      Partings partings,
      Keeper keeper,
      Channel channel,
      ScheduledExecutorService timer) {
    this.council = council;
    this.ledger = ledger;
    this.continuity = continuity;
    this.partings = partings;
    this.keeper = keeper;
    this.channel = channel;
    this.timer = timer;
  }

  /** A peer has told what it holds. */
  void onDigest(PeerId from, RecordsMessage.Digest digest) {
    latest.put(from, digest);
    council.onEpoch(digest.epoch());
    if (digest.session() != 0) {
      asking.put(from, digest);
      answerIfAgreed(from);
    }
    toBeExamined.put(from, digest);
  }

  void onLeft(PeerId peer) {
    latest.remove(peer);
    asking.remove(peer);
    toBeExamined.forget(peer);
  }

  /** There may be another electorate: asks all of it what they hold, and answers who asked us. */
  void onElectorate() {
    ask();
    asking.keySet().forEach(this::answerIfAgreed);
  }

  /** Asks all what they hold, by telling what we do. What is sent last is also the latest. */
  private synchronized void ask() {
    Council.Session session = council.session();
    channel.broadcast(RecordsCodec.encode(digest(session, session.number(), 0)));
  }

  /** Tells all what we hold. */
  synchronized void sendDigest() {
    channel.broadcast(RecordsCodec.encode(digest(council.session(), 0, 0)));
  }

  private void echo(PeerId to, long number) {
    channel.tell(to, RecordsCodec.encode(digest(council.session(), 0, number)));
  }

  private RecordsMessage.Digest digest(Council.Session session, long number, long echo) {
    return new RecordsMessage.Digest(
        session.electorate().id(),
        number,
        echo,
        ledger.sum(),
        ledger.floor(),
        continuity.knowsSinceMillis(),
        continuity.awayAtMillis(),
        partings.firstMillis().orElse(0),
        council.epoch());
  }

  /**
   * When the first node went that may come back with what was deleted meanwhile, as far as this
   * node or another one knows: all are to forget the same deletions.
   */
  OptionalLong partedAtMillis() {
    return LongStream.concat(
            partings.firstMillis().stream(),
            latest.values().stream().mapToLong(RecordsMessage.Digest::partedAtMillis))
        .filter(millis -> millis > 0)
        .min();
  }

  @Override
  public void close() {
    toBeExamined.close();
  }

  /** An answer counts only between two who mean the same electorate: it waits until we do. */
  private void answerIfAgreed(PeerId peer) {
    RecordsMessage.Digest digest = asking.get(peer);
    if (digest != null
        && digest.electorate() == council.electorate().id()
        && asking.remove(peer, digest)) {
      Thread.startVirtualThread(() -> echo(peer, digest.session()));
    }
  }

  private void examine(PeerId peer, RecordsMessage.Digest digest) {
    if (!council.electorate().contains(peer)) {
      // It is asked when it gets into it.
      return;
    }
    if (continuity.overrules(digest)) {
      // It is about to give way to us, and will then tell another digest.
      return;
    }
    if (isAway(digest) && !council.isOutOfPatience() && !allOthersAreHeardOrAway(peer)) {
      // Others may know better than this one; until they were heard it is left aside.
      retry(peer, digest);
      return;
    }
    try {
      if (continuity.giveWay(digest, keeper::drop)) {
        onElectorate();
      }
      ledger.raiseFloor(digest.floor());
      if (digest.sum() == ledger.sum()) {
        nameOf(peer).ifPresent(partings::back);
      } else {
        pull(peer);
      }
      continuity.inherit(digest);
      council.onHeard(peer, digest.echo());
    } catch (Malformed | Failure e) {
      LOG.debug("records not compared yet", "peer", peer, "reason", e.getMessage());
      retry(peer, digest);
    }
  }

  private boolean allOthersAreHeardOrAway(PeerId peer) {
    return council.others().stream()
        .map(Electorate.Voter::peer)
        .allMatch(
            other ->
                other.equals(peer)
                    || council.hasHeard(other)
                    || Optional.ofNullable(latest.get(other)).filter(CatchUp::isAway).isPresent());
  }

  private Optional<String> nameOf(PeerId peer) {
    return council.others().stream()
        .filter(other -> other.peer().equals(peer))
        .map(Electorate.Voter::name)
        .findFirst();
  }

  private static boolean isAway(RecordsMessage.Digest digest) {
    return digest.awayAtMillis() > 0;
  }

  /**
   * @throws Refused when what came can't be stored
   */
  private void pull(PeerId peer) {
    long[] buckets = ledger.buckets();
    String after = "";
    boolean more = true;
    while (more) {
      byte[] question = RecordsCodec.encode(new RecordsQuestion.Pull(buckets, after));
      Page page = RecordsCodec.page(channel.ask(peer, question, PAGE_LIMIT));
      page.lineages().forEach(keeper::take);
      keeper.save(page.lineages().keySet());
      more = page.more() && page.last().compareTo(after) > 0;
      after = page.last();
    }
  }

  private void retry(PeerId peer, RecordsMessage.Digest digest) {
    try {
      timer.schedule(
          () -> toBeExamined.putBack(peer, digest), RETRY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed while records were compared", "reason", e);
    }
  }
}
