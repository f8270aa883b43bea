package io.dockherd.herd.members;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.dockherd.herd.group.Channel;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.Participant;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.group.View;
import io.dockherd.herd.members.MembersMessage.Leaving;
import io.dockherd.herd.members.MembersMessage.WhoIAm;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The members of a herd, each of which says who it is ({@link MembersMessage}) to those it newly
 * sees on the group's channel {@code members}. Names are given by {@link Roll}'s rule.
 *
 * <p>Make it before the group joins. A name held by an older peer is waited for, since a node that
 * was killed and starts again meets its former life until that is noticed; then this one gives up:
 * {@link #awaitAdmission} fails, or, after a heal that shows two nodes of one name, {@code
 * nameLost} is called and the node is to leave.
 */
public final class PresentMembers implements Members, Participant, AutoCloseable {
  private static final Log LOG = Log.of(PresentMembers.class);
  private static final String CHANNEL = "members";
  private static final Duration LEAVING_LIMIT = Duration.ofMillis(500);

  /** How long to wait for a former life to be gone: longer than silence takes to be noticed. */
  public static final Duration NAME_WAIT = Duration.ofSeconds(8);

  private final Group group;
  private final NameContest contest;
  private final Consumer<Conflict> nameLost;
  private final Channel channel;
  private final Listeners listeners = new Listeners();
  private final Set<PeerId> leaving = ConcurrentHashMap.newKeySet();
  private final Map<PeerId, Long> heard = new HashMap<>();
  private final CompletableFuture<Void> admitted = new CompletableFuture<>();

  private volatile Member self;
  private volatile Roll roll;
  private long saying;
  private boolean joined;
  private boolean healing;
  private boolean closed;

  /**
   * @param self this process; its peer is the group's
   * @param nameWait see {@link #NAME_WAIT}
   * @param nameLost told, once admitted, that an older node of this name has been met for {@code
   *     nameWait}; called on a virtual thread
   */
  public PresentMembers(Group group, Member self, Duration nameWait, Consumer<Conflict> nameLost) {
    if (!self.peer().equals(group.self())) {
      throw new IllegalArgumentException("the member's peer is not the group's");
    }
    this.group = group;
    this.self = self;
    this.contest = new NameContest(nameWait, this::giveUpName);
    this.nameLost = nameLost;
    this.roll = new Roll(List.of(self.peer()), Map.of());
    this.channel = group.open(CHANNEL, this);
  }

  @Override
  public Member self() {
    return self;
  }

  /** {@inheritDoc} This one is in it once it is admitted. */
  @Override
  public List<Member> present() {
    return roll.holders();
  }

  @Override
  public synchronized void listen(MembersListener listener) {
    listeners.add(listener, roll.holders());
  }

  /** Says something else of this member from now on; the fields given replace or join the old. */
  public void update(JsonObject more) {
    byte[] message;
    synchronized (this) {
      self = self.saying(more);
      saying++;
      change(roll);
      message = message();
    }
    // Not under the lock, as it may wait for a slow peer; the number puts right what overtakes.
    channel.broadcast(message);
  }

  /**
   * Waits until this member is known to hold its name.
   *
   * @throws Conflict when an older member holds it and stays
   * @throws TimedOut when an older peer does not say who it is
   */
  public void awaitAdmission(Duration limit) {
    try {
      admitted.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TimedOut(
          self.name(),
          "not admitted to the herd in "
              + limit.toMillis()
              + " ms: no word from "
              + roll.olderUnknown(self.peer()),
          "",
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(self.name(), "interrupted while waiting for admission", "", e);
    }
  }

  @Override
  public void onView(View view) {
    byte[] message;
    synchronized (this) {
      joined = true;
      healing |= view.healed();
      heard.keySet().removeAll(view.left());
      change(roll.without(view.left()).seen(view.peers()));
      message = message();
    }
    for (PeerId peer : view.joined()) {
      channel.tell(peer, message);
    }
  }

  @Override
  public void onMessage(PeerId from, byte[] message) {
    try {
      if (MembersMessage.read(message) instanceof WhoIAm told) {
        hear(from, told);
      }
    } catch (Failure e) {
      LOG.warn("a member can't be understood", "peer", from, "reason", e.getMessage());
    }
  }

  private synchronized void hear(PeerId from, WhoIAm told) {
    if (!told.member().peer().equals(from)) {
      LOG.warn("a peer speaks for another", "peer", from, "for", told.member().peer());
    } else if (heard.getOrDefault(from, -1L) < told.number()) {
      heard.put(from, told.number());
      change(roll.telling(told.member()));
    }
  }

  @Override
  public byte[] onQuestion(PeerId from, byte[] question) {
    if (MembersMessage.read(question) instanceof Leaving) {
      leaving.add(from);
    }
    return new byte[0];
  }

  /** Tells the others that this one leaves; to be called before the group is closed. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    contest.contested(false);
    byte[] question = new Leaving().bytes();
    List<Thread> asking =
        group.view().peers().stream()
            .filter(peer -> !peer.equals(self.peer()))
            .map(peer -> Thread.ofVirtual().start(() -> sayLeaving(peer, question)))
            .toList();
    try {
      for (Thread thread : asking) {
        thread.join(LEAVING_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listeners.close();
  }

  private void sayLeaving(PeerId peer, byte[] question) {
    try {
      channel.ask(peer, question, LEAVING_LIMIT);
    } catch (Failure e) {
      LOG.debug("a peer was not told of leaving", "peer", peer, "reason", e.getMessage());
    }
  }

  private byte[] message() {
    return new WhoIAm(saying, self).bytes();
  }

  private void change(Roll others) {
    boolean isAdmitted = admitted.state() == Future.State.SUCCESS || isNameFree(others);
    Roll next = isAdmitted ? others.telling(self) : others;
    Roll.Changes changes = next.since(roll);
    roll = next;
    changes.left().forEach(this::left);
    changes.joined().forEach(this::came);
    changes.changed().forEach(member -> listeners.tell(to -> to.onChanged(member)));
    leaving.retainAll(next.peers());
    if (healing && next.isComplete()) {
      healing = false;
      listeners.tell(MembersListener::onHealed);
    }
    contest.contested(!closed && next.olderNamesake(self).isPresent());
    if (isAdmitted) {
      admitted.complete(null);
    }
  }

  /** All who came before have said who they are, and none goes by our name. */
  private boolean isNameFree(Roll next) {
    return joined && next.olderUnknown(self.peer()).isEmpty() && next.olderNamesake(self).isEmpty();
  }

  private void left(Member member) {
    boolean orderly = leaving.contains(member.peer());
    LOG.info("member left", "name", member.name(), "address", member.address(), "orderly", orderly);
    listeners.tell(to -> to.onLeft(member, orderly));
  }

  private void came(Member member) {
    LOG.info("member joined", "name", member.name(), "address", member.address());
    listeners.tell(to -> to.onJoined(member));
  }

  private void giveUpName() {
    roll.olderNamesake(self).map(this::conflict).ifPresent(this::giveUpName);
  }

  private void giveUpName(Conflict conflict) {
    if (!admitted.completeExceptionally(conflict)) {
      LOG.warn("name lost to an older node", "name", self.name(), "reason", conflict.getMessage());
      nameLost.accept(conflict);
    }
  }

  private Conflict conflict(Member holder) {
    return new Conflict(
        self.name(),
        "the name "
            + self.name()
            + " is taken in this herd: by the node at "
            + holder.address()
            + ":"
            + holder.groupPort(),
        "give this node another name, or stop the other one");
  }
}
