package io.dockherd.fleet.rescheduling;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.Fleet;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.Electorate;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Records;
import io.dockherd.herd.records.Version;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes containers with the policy {@code on-node-failure} anew when their node is lost, and sees
 * to it that one of two stays when the node is back.
 *
 * <p>A lost container becomes a record, {@link Displaced}, so that no death of whoever works on it
 * and no restart forgets it. Each record has a steward, the present node that hashes highest with
 * it; it tries until the container is somewhere, its node is back, or the node is known no more. A
 * step done twice does no harm: the name is claimed in the whole herd, and a replacement carries
 * its original's id.
 *
 * <p>Only where more than half of the known nodes are there is anything made anew, or in a herd of
 * two: {@link KnownNodes#mayReplace}. What is removed was seen twice, by facts and by asking both
 * engines; volumes are never removed.
 */
public final class Rescheduler implements Members.MembersListener, AutoCloseable {
  private static final Log LOG = Log.of(Rescheduler.class);
  private static final Duration EVERY = Duration.ofMillis(250);
  private static final Duration WRITE = Duration.ofSeconds(10);

  /** A node that is started again at once is back by then, and nothing has to move. */
  static final Duration GRACE = Duration.ofSeconds(2);

  /** How much longer the next in rank waits: the first may have come too late to know of it. */
  private static final Duration RANK = Duration.ofSeconds(2);

  private final Members members;
  private final Records records;
  private final KnownNodes known;
  private final Sightings sightings;
  private final LostContainers lost;
  private final StandIn standIn;
  private final Homecoming homecoming;
  private final Map<String, Long> lostNanos = new ConcurrentHashMap<>();
  private final Pauses pauses = new Pauses();
  private final Set<String> inWork = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofVirtual().name("rescheduler").unstarted(this::run);
  private volatile boolean isClosed;

  /** One that has not begun. */
  public Rescheduler(Fleet fleet, Members members, Facts facts, Records records, KnownNodes known) {
    this.members = members;
    this.records = records;
    this.known = known;
    this.sightings = new Sightings(facts);
    this.lost = new LostContainers(facts);
    this.standIn = new StandIn(fleet);
    this.homecoming = new Homecoming(fleet, sightings, known);
  }

  /** Begins; returns at once. */
  public void start() {
    members.listen(this);
    thread.start();
  }

  @Override
  public void onJoined(Member member) {
    lostNanos.remove(member.name());
  }

  @Override
  public void onLeft(Member member, boolean orderly) {
    if (member.isNode() && !orderly) {
      lostNanos.put(member.name(), System.nanoTime());
    }
  }

  private void run() {
    while (!isClosed) {
      try {
        note();
        work();
      } catch (Failure e) {
        LOG.debug("rescheduling goes on in a moment", "reason", e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("rescheduling stumbled", e);
      }
      LockSupport.parkNanos(EVERY.toNanos());
    }
  }

  /** Makes records of what went with lost nodes. */
  private void note() {
    for (LostContainers.Lost each : lost.all()) {
      String key = Displaced.key(each.id());
      Long since = lostNanos.get(each.node());
      if (since == null || records.get(key).isPresent() || !known.knows(each.node())) {
        continue;
      }
      Duration wait = GRACE.plus(RANK.multipliedBy(rank(key)));
      if (System.nanoTime() - since < wait.toNanos() || !known.mayReplace()) {
        continue;
      }
      try {
        records.put(key, lost.displaced(each).json(), Version.NONE, WRITE);
        LOG.info("container to be rescheduled", "node", each.node(), "id", each.id());
      } catch (Conflict e) {
        LOG.debug("noted by another", "id", each.id());
      }
    }
  }

  private int rank(String key) {
    int rank = 0;
    for (Electorate.Voter voter : Electorate.of(members.nodes()).ranked(key)) {
      if (voter.name().equals(members.self().name())) {
        return rank;
      }
      rank++;
    }
    return rank;
  }

  /** Takes up what this node is to look after and is not at already. */
  private void work() {
    Set<String> keys = new HashSet<>();
    for (Record record : records.under(Displaced.PREFIX)) {
      keys.add(record.key());
      if (rank(record.key()) == 0 && pauses.isOver(record.key()) && inWork.add(record.key())) {
        Thread.ofVirtual().name(record.key()).start(() -> attempt(record));
      }
    }
    pauses.keep(keys);
  }

  private void attempt(Record record) {
    try {
      step(record, Displaced.of(record.value()));
      pauses.shortest(record.key());
    } catch (Failure e) {
      Duration pause = pauses.longer(record.key());
      LOG.warn(
          "container not rescheduled yet",
          "id",
          record.key().substring(Displaced.PREFIX.length()),
          "again",
          pause,
          "reason",
          e.explanation());
    } catch (RuntimeException e) {
      pauses.longest(record.key());
      LOG.error("rescheduling failed", e, "key", record.key());
    } finally {
      inWork.remove(record.key());
    }
  }

  private void step(Record record, Displaced displaced) {
    boolean isBack = members.nodes().stream().anyMatch(n -> n.name().equals(displaced.node()));
    if (isBack) {
      if (sightings.isTold(displaced.node()) && homecoming.isSettled(displaced)) {
        records.delete(record.key(), WRITE);
      }
    } else if (!known.knows(displaced.node())) {
      LOG.info("lost node no longer known", "node", displaced.node(), "id", displaced.id());
      records.delete(record.key(), WRITE);
    } else if (!displaced.isReplaced() && known.mayReplace() && isEveryNodeHeardOf()) {
      replace(record, displaced);
    }
  }

  /** One that was just started again may have the replacement a steward before made there. */
  private boolean isEveryNodeHeardOf() {
    return members.nodes().stream().allMatch(node -> sightings.isHeardOf(node.name()));
  }

  private void replace(Record record, Displaced displaced) {
    Sightings.Seen seen = sightings.standInFor(displaced).orElseGet(() -> standIn.make(displaced));
    standIn.bringUp(displaced, seen.node(), seen.id());
    Displaced replaced = displaced.replacedBy(seen.node(), seen.id());
    try {
      records.put(record.key(), replaced.json(), record.version(), WRITE);
    } catch (Conflict e) {
      // Its node came back meanwhile, and others thought that all was well: now there are two.
      records.put(record.key(), replaced.json(), WRITE);
    }
    LOG.info(
        "container rescheduled",
        "name",
        displaced.recreation().name(),
        "from",
        displaced.node(),
        "to",
        seen.node(),
        "id",
        seen.id(),
        "started",
        displaced.ran());
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }
}
