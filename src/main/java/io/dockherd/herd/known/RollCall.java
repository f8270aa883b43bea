package io.dockherd.herd.known;

import io.dockherd.failure.Failure;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.Electorate;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Records;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps {@link KnownNodes} as it is: each node says of itself that it is there, and of one that is
 * not, the node says so that hashes highest with its name. What a split made both sides say is put
 * right after the heal, by each node for itself.
 */
public final class RollCall implements Members.MembersListener, AutoCloseable {
  private static final Log LOG = Log.of(RollCall.class);
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Members members;
  private final Records records;
  private final InstantSource clock;
  private final KnownNodes known;

  /** Who said goodbye, and is not back: to be forgotten by whoever comes to it. */
  private final Set<String> leavers = ConcurrentHashMap.newKeySet();

  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean isClosed;

  /** One that has not begun. */
  public RollCall(Members members, Records records, InstantSource clock) {
    this.members = members;
    this.records = records;
    this.clock = clock;
    this.known = new KnownNodes(members, records, clock);
  }

  /** Begins: at each coming and going, and from time to time. */
  public void start(ScheduledExecutorService timer) {
    members.listen(this);
    timer.scheduleWithFixedDelay(
        () -> Thread.ofVirtual().name("roll call").start(this::call),
        0,
        EVERY.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  @Override
  public void onJoined(Member member) {
    leavers.remove(member.name());
    call();
  }

  @Override
  public void onLeft(Member member, boolean orderly) {
    if (orderly && member.isNode()) {
      leavers.add(member.name());
    }
    call();
  }

  @Override
  public void onHealed() {
    call();
  }

  /** Goes through them once. */
  void call() {
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      tellOfSelf();
      Electorate nodes = Electorate.of(members.nodes());
      String self = members.self().name();
      for (Record record : records.under(KnownNodes.PREFIX)) {
        boolean isOurs =
            nodes.steward(record.key()).filter(voter -> voter.name().equals(self)).isPresent();
        if (isOurs) {
          tellOf(record);
        }
      }
    } catch (Failure e) {
      // The next call does it.
      LOG.debug("roll call not finished", "reason", e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private void tellOfSelf() {
    String key = KnownNodes.PREFIX + members.self().name();
    Optional<Record> now = records.get(key);
    if (now.isEmpty() || KnownNodes.gone(now.get().value()) != 0) {
      records.put(key, new JsonObject().put(KnownNodes.GONE, 0), LIMIT);
    }
  }

  private void tellOf(Record record) {
    String name = record.key().substring(KnownNodes.PREFIX.length());
    long gone = KnownNodes.gone(record.value());
    if (members.named(name).isPresent()) {
      return;
    }
    if (leavers.contains(name) || known.isExpired(gone)) {
      LOG.info("node no longer known", "node", name, "orderly", leavers.contains(name));
      records.delete(record.key(), LIMIT);
    } else if (gone == 0) {
      JsonObject now = new JsonObject().put(KnownNodes.GONE, clock.millis());
      records.put(record.key(), now, record.version(), LIMIT);
    }
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
