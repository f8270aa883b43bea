package io.dockherd.herd.records;

import io.dockherd.failure.Invalid;
import io.dockherd.failure.Refused;
import io.dockherd.herd.audience.Audience;
import io.dockherd.herd.group.Channel;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.Participant;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.group.View;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.members.Members.MembersListener;
import io.dockherd.herd.wire.Malformed;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Records in the memory and on the disk of every node.
 *
 * <ul>
 *   <li>A write goes to the key's steward ({@link Electorate}), which gives it its version, stores
 *       it and has at least one other node store it ({@link Stewardship}, {@link Replication}).
 *   <li>Nodes that meet compare digests and take from each other what they lack ({@link CatchUp});
 *       only then does one of them write ({@link Council}).
 *   <li>What two sides of a split wrote is merged by the rule of {@link Lineage}.
 *   <li>Deletions are remembered for eight days ({@link Continuity}).
 * </ul>
 */
public final class ReplicatedRecords
    implements Records, Participant, MembersListener, AutoCloseable {
  /** How often nodes compare their records: how long drift can last. */
  public static final Duration DIGEST_EVERY = Duration.ofSeconds(30);

  private static final Log LOG = Log.of(ReplicatedRecords.class);

  private final PeerId self;
  private final Members members;
  private final InstantSource clock;
  private final Channel channel;
  private final Council council;
  private final Ledger ledger = new Ledger();
  private final Audience<RecordsListener, RecordEvent> audience =
      new Audience<>("records", (listener, event) -> event.to(listener));
  private final ShownRecords shown = new ShownRecords(audience);
  private final Continuity continuity;
  private final Partings partings;
  private final Keeper keeper;
  private final Replication replication;
  private final Stewardship stewardship;
  private final Receipts receipts;
  private final CatchUp catchUp;
  private final Writers writers;
  private final ScheduledFuture<?> ticks;

  /** Nobody before the first view: who has not joined yet must not take itself for alone. */
  private volatile Set<PeerId> present = Set.of();

  /**
   * Opens the channel {@code records} of a group that is not yet joined, with what the store holds.
   *
   * @param store to be closed by whoever opened it, after this
   * @param timer runs nothing here that waits
   * @param digestEvery usually {@link #DIGEST_EVERY}
   * @throws Refused when what the store holds can't be read
   */
  public ReplicatedRecords(
      Group group,
      Members members,
      RecordStore store,
      ScheduledExecutorService timer,
      InstantSource clock,
      Duration digestEvery) {
    self = group.self();
    this.members = members;
    this.clock = clock;
    Map<String, byte[]> stored = store.load();
    stored.forEach(this::load);
    ledger.raiseFloor(Keeper.notedFloor(store));
    continuity = new Continuity(store, clock, stored.keySet());
    partings = new Partings(store, clock);
    council = new Council(self);
    keeper = new Keeper(ledger, store, shown);
    channel = group.open("records", this);
    replication = new Replication(council, channel);
    stewardship =
        new Stewardship(members.self().name(), council, ledger, store, shown, replication, clock);
    receipts = new Receipts(self, council, keeper, channel);
    catchUp = new CatchUp(council, ledger, continuity, partings, keeper, channel, timer);
    writers = new Writers(self, council, stewardship, keeper, channel);
    continuity.note(true);
    ticks =
        timer.scheduleWithFixedDelay(
            () -> Thread.startVirtualThread(this::tick),
            digestEvery.toNanos(),
            digestEvery.toNanos(),
            TimeUnit.NANOSECONDS);
    members.listen(this);
  }

  @Override
  public Optional<Record> get(String key) {
    return shown.get(key);
  }

  @Override
  public List<Record> under(String prefix) {
    return shown.under(prefix);
  }

  @Override
  public Record put(String key, JsonObject value, Duration limit) {
    return put(key, value, Optional.empty(), limit);
  }

  @Override
  public Record put(String key, JsonObject value, Version expected, Duration limit) {
    return put(key, value, Optional.of(expected), limit);
  }

  @Override
  public boolean delete(String key, Duration limit) {
    return delete(key, Optional.empty(), limit);
  }

  @Override
  public boolean delete(String key, Version expected, Duration limit) {
    return delete(key, Optional.of(expected), limit);
  }

  private boolean delete(String key, Optional<Version> expected, Duration limit) {
    check(key);
    return writers.write(key, Optional.empty(), expected, limit).isPresent();
  }

  @Override
  public List<Record> history(String key) {
    return shown.history(key);
  }

  @Override
  public List<Record> losers(String key) {
    return shown.losers(key);
  }

  @Override
  public void listen(String prefix, RecordsListener listener) {
    audience.add(listener, event -> event.key().startsWith(prefix));
  }

  @Override
  public void close() {
    ticks.cancel(false);
    catchUp.close();
    audience.close();
    partings.note();
    continuity.note(true);
  }

  @Override
  public void onView(View view) {
    present = Set.copyOf(view.peers());
    view.left().forEach(catchUp::onLeft);
    Thread.startVirtualThread(this::onElectorate);
  }

  @Override
  public void onMessage(PeerId from, byte[] message) {
    try {
      RecordsCodec.message(message)
          .ifPresentOrElse(
              known -> take(from, known),
              () -> LOG.debug("records message of a kind unknown here", "from", from));
    } catch (Malformed e) {
      LOG.warn("records message dropped", "from", from, "reason", e.getMessage());
    }
  }

  @Override
  public byte[] onQuestion(PeerId from, byte[] question) {
    try {
      return switch (RecordsCodec.question(question)) {
        case RecordsQuestion.Write write -> RecordsCodec.encode(stewarded(write));
        case RecordsQuestion.Pull(long[] buckets, String after) ->
            RecordsCodec.encode(ledger.differing(buckets, after));
      };
    } catch (Malformed e) {
      LOG.warn("records question refused", "from", from, "reason", e.getMessage());
      throw new Invalid("records", "the question can't be read: " + e.getMessage(), "", e);
    }
  }

  @Override
  public void onJoined(Member member) {
    onElectorate();
  }

  @Override
  public void onLeft(Member member, boolean orderly) {
    if (member.isNode()) {
      partings.left(member.name(), orderly);
    }
    onElectorate();
  }

  @Override
  public void onHealed() {
    onElectorate();
  }

  /** The name of the node that looks after the key just now; empty when there is none. */
  Optional<String> steward(String key) {
    return council.electorate().steward(key).map(Electorate.Voter::name);
  }

  /** All there is, history included, by key. */
  Map<String, Lineage> held() {
    return shown.all();
  }

  /**
   * The electorate are those who are members and present in this channel's own view: whoever has
   * gone from that has said all it will ever say.
   *
   * <p>First the new electorate holds, then the digest is taken. A write is decided under the
   * ledger's lock and looks at the electorate there; so whatever the old one still wrote is in the
   * digest, and the key's next steward hears of it before it begins.
   */
  private void onElectorate() {
    // So that this session's number is above those of all that were written in.
    council.onEpoch(Stewardship.epochOf(ledger.highest()));
    council.install(
        () -> {
          Set<PeerId> here = present;
          return Electorate.of(
              members.nodes().stream().filter(node -> here.contains(node.peer())).toList());
        },
        () -> {
          Set<PeerId> known = new HashSet<>();
          members.present().forEach(member -> known.add(member.peer()));
          return known.containsAll(present);
        });
    // Also when it is the same again: the other side may have parted from us and not we from it.
    catchUp.onElectorate();
  }

  private void take(PeerId from, RecordsMessage message) {
    switch (message) {
      case RecordsMessage.Keep keep -> {
        // At once, so that after a view change all is known that the departed had said.
        continuity.touch(keep.key());
        keeper.take(keep.key(), keep.written());
        receipts.store(from, keep);
      }
      case RecordsMessage.Kept(String round) -> replication.onKept(round);
      case RecordsMessage.Digest digest -> catchUp.onDigest(from, digest);
    }
  }

  private WriteAnswer stewarded(RecordsQuestion.Write write) {
    continuity.touch(write.key());
    return stewardship.write(write, Deadline.in(Duration.ofMillis(write.limitMillis())));
  }

  private Record put(String key, JsonObject value, Optional<Version> expected, Duration limit) {
    check(key);
    Buffer bytes = value.toBuffer();
    if (bytes.length() > LineageCodec.VALUE_LIMIT) {
      throw new Invalid(
          key,
          "the record " + key + " is longer than " + LineageCodec.VALUE_LIMIT + " bytes",
          "make it smaller");
    }
    Version written = writers.write(key, Optional.of(bytes), expected, limit).orElseThrow();
    return new Record(key, written, new JsonObject(bytes));
  }

  private void load(String key, byte[] bytes) {
    try {
      ledger.merge(key, LineageCodec.decode(bytes));
      shown.show(key, ledger.get(key));
    } catch (Malformed e) {
      throw new Refused(
          key,
          "the stored record " + key + " can't be read: " + e.getMessage(),
          "it may be of a later version of the software: start that one again",
          e);
    }
  }

  private void tick() {
    long memory = clock.millis() - Continuity.MEMORY.toMillis();
    keeper.forgetDeletedBefore(Math.min(memory, catchUp.partedAtMillis().orElse(memory)));
    partings.note();
    continuity.note(false);
    catchUp.sendDigest();
  }

  private static void check(String key) {
    boolean plain = key.chars().noneMatch(Character::isISOControl);
    if (key.isEmpty() || !plain || key.getBytes(StandardCharsets.UTF_8).length > 512) {
      throw new Invalid(
          key, "'" + key + "' is no key of a record", "1 to 512 bytes, no control characters");
    }
  }
}
