package io.dockherd.herd.facts;

import io.dockherd.failure.Invalid;
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
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Facts in the memory of every node, kept alike by messages.
 *
 * <ul>
 *   <li>Each owner numbers its changes and broadcasts them. Whoever can't join a change on to what
 *       it holds asks the owner to compare and gets the whole.
 *   <li>Whoever comes to know a member (a newcomer, or both sides after a heal) asks likewise, so
 *       that joining and healing are the same; what did not change while apart is not sent again.
 *   <li>On a timer, and after a heal, each owner broadcasts a digest, against whatever drift.
 *   <li>A peer's facts count from when its member is known until the peer leaves.
 * </ul>
 */
public final class ReplicatedFacts implements Facts, Participant, MembersListener, AutoCloseable {
  /** How often owners compare notes: how long drift can last, for a small message per node. */
  public static final Duration DIGEST_EVERY = Duration.ofSeconds(10);

  private static final Log LOG = Log.of(ReplicatedFacts.class);

  private final PeerId self;
  private final Members members;
  private final Channel channel;
  private final Audience<FactsListener, FactEvent> audience =
      new Audience<>("facts", (listener, event) -> event.to(listener));
  private final Shelves shelves = new Shelves(audience);
  private final Settlement settlement = new Settlement();
  private final Hearing hearing;
  private final Teller teller;
  private final ScheduledFuture<?> digests;
  private volatile View view;

  /**
   * Opens the channel {@code facts} of a group that is not yet joined.
   *
   * @param timer runs nothing here that waits
   * @param digestEvery usually {@link #DIGEST_EVERY}
   */
  public ReplicatedFacts(
      Group group, Members members, ScheduledExecutorService timer, Duration digestEvery) {
    self = group.self();
    view = group.view();
    this.members = members;
    hearing = new Hearing(self, members, shelves, this::reply);
    channel = group.open("facts", this);
    teller = new Teller(members.self().name(), shelves, channel);
    digests =
        timer.scheduleWithFixedDelay(
            () -> Thread.startVirtualThread(teller::sendDigest),
            digestEvery.toNanos(),
            digestEvery.toNanos(),
            TimeUnit.NANOSECONDS);
    members.listen(this);
  }

  @Override
  public void tell(String kind, String id, Buffer value) {
    check(kind, id, value);
    teller.change(own -> own.news(kind, id, value).map(List::of).orElse(List.of()));
  }

  @Override
  public void retract(String kind, String id) {
    teller.change(own -> own.end(kind, id).map(List::of).orElse(List.of()));
  }

  @Override
  public void tellAll(String kind, Map<String, Buffer> values) {
    values.forEach((id, value) -> check(kind, id, value));
    teller.change(own -> own.towards(kind, values));
  }

  @Override
  public boolean settle(Duration limit) {
    return settlement.await(teller.wantAnswers(), this::awaited, limit);
  }

  @Override
  public List<Fact> of(String kind) {
    return shelves.of(kind);
  }

  @Override
  public List<Fact> of(String kind, String owner) {
    return shelves.of(kind, owner);
  }

  @Override
  public Optional<Fact> find(String kind, String owner, String id) {
    return shelves.find(kind, owner, id);
  }

  @Override
  public List<Fact> lost(String kind) {
    return shelves.lost(kind);
  }

  @Override
  public void forget(String owner) {
    hearing.forget(owner);
  }

  @Override
  public void listen(String kind, FactsListener listener) {
    audience.add(listener, event -> event.fact().kind().equals(kind));
  }

  @Override
  public void close() {
    digests.cancel(false);
    audience.close();
  }

  @Override
  public void onView(View next) {
    view = next;
    hearing.onView(next);
    next.left().forEach(settlement::onLeft);
    if (next.healed()) {
      Thread.startVirtualThread(teller::sendDigest);
    }
  }

  @Override
  public void onMessage(PeerId from, byte[] message) {
    try {
      switch (FactsCodec.decode(message)) {
        case FactsMessage.Changes changes -> hearing.onChanges(from, changes);
        case FactsMessage.Whole part -> hearing.onWhole(from, part);
        case FactsMessage.Digest digest -> hearing.onDigest(from, digest);
        case FactsMessage.Compare theirs ->
            Thread.startVirtualThread(() -> teller.compare(from, theirs));
        case FactsMessage.Held(long sequence) -> settlement.onHeld(from, sequence);
      }
    } catch (Malformed e) {
      LOG.warn("facts message dropped", "from", from, "reason", e.getMessage());
    }
  }

  @Override
  public void onJoined(Member member) {
    hearing.onJoined(member);
  }

  @Override
  public void onLeft(Member member, boolean orderly) {
    hearing.onLeft(member, orderly);
    settlement.onMembers();
  }

  /** Those who count for {@link #settle}: present nodes. Programs hold no facts. */
  private List<PeerId> awaited() {
    Set<PeerId> present = new HashSet<>(view.peers());
    return members.nodes().stream()
        .map(Member::peer)
        .filter(peer -> !peer.equals(self) && present.contains(peer))
        .toList();
  }

  private void reply(PeerId to, FactsMessage message) {
    Thread.startVirtualThread(() -> channel.tell(to, FactsCodec.encode(message)));
  }

  private static void check(String kind, String id, Buffer value) {
    if (kind.length() > FactsCodec.NAME_LIMIT / 3 || id.length() > FactsCodec.NAME_LIMIT / 3) {
      throw new Invalid(id, "the fact " + kind + " '" + id + "' has too long a name", "");
    }
    if (value.length() > FactsCodec.VALUE_LIMIT) {
      throw new Invalid(
          id,
          "the fact " + kind + " '" + id + "' is longer than " + FactsCodec.VALUE_LIMIT + " bytes",
          "");
    }
  }
}
