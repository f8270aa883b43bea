package io.dockherd.herd.members;

import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.Participant;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.group.View;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The members of an in-memory group, known to each other through a directory instead of messages.
 * Keeps what {@link Members} promises.
 */
public final class InMemoryMembers implements Members, Participant, AutoCloseable {
  /** Who is who: shared by all members of a test. */
  public static final class Directory {
    private final Map<PeerId, Member> members = new ConcurrentHashMap<>();
    private final Set<PeerId> leaving = ConcurrentHashMap.newKeySet();
    private final Set<PeerId> unknown = ConcurrentHashMap.newKeySet();
    private final List<InMemoryMembers> all = new CopyOnWriteArrayList<>();

    /** From now on that peer goes orderly. */
    public void leavesOrderly(PeerId peer) {
      leaving.add(peer);
    }

    /** Nobody else knows yet who that peer is. */
    public void keepUnknown(PeerId peer) {
      unknown.add(peer);
    }

    /** Now they know. */
    public void makeKnown(PeerId peer) {
      unknown.remove(peer);
      all.forEach(members -> members.order.execute(members::refresh));
    }
  }

  private final Directory directory;
  private final Member self;
  private final ExecutorService order =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
  private final List<MembersListener> listeners = new ArrayList<>();
  private volatile List<PeerId> peers;
  private volatile List<Member> present;

  /** A member of that kind and name; to be made before the group is joined. */
  public InMemoryMembers(Group group, Directory directory, Member.Kind kind, String name) {
    this.directory = directory;
    JsonObject json = new JsonObject().put("name", name);
    self = new Member(group.self(), kind, name, "127.0.0.1", 1, 2, 3, "test", json);
    directory.members.put(self.peer(), self);
    directory.all.add(this);
    peers = List.of(self.peer());
    present = List.of(self);
    group.open("members", this);
  }

  @Override
  public Member self() {
    return self;
  }

  @Override
  public List<Member> present() {
    return present;
  }

  @Override
  public void listen(MembersListener listener) {
    order.execute(
        () -> {
          listeners.add(listener);
          present.forEach(listener::onJoined);
        });
  }

  @Override
  public void onView(View view) {
    order.execute(
        () -> {
          peers = view.peers();
          refresh();
          if (view.healed()) {
            each(MembersListener::onHealed);
          }
        });
  }

  @Override
  public void onMessage(PeerId from, byte[] message) {}

  @Override
  public void close() {
    order.shutdown();
    try {
      order.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refresh() {
    List<Member> before = present;
    present =
        peers.stream()
            .filter(peer -> peer.equals(self.peer()) || !directory.unknown.contains(peer))
            .map(directory.members::get)
            .sorted(Comparator.comparing(Member::name))
            .toList();
    before.stream()
        .filter(member -> !present.contains(member))
        .forEach(m -> each(l -> l.onLeft(m, directory.leaving.contains(m.peer()))));
    present.stream()
        .filter(member -> !before.contains(member))
        .forEach(m -> each(l -> l.onJoined(m)));
  }

  private void each(Consumer<MembersListener> what) {
    listeners.forEach(what);
  }
}
