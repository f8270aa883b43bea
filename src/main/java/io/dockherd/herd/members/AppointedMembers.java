package io.dockherd.herd.members;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Members as one process says, for a herd that is in its head alone: nobody joins by himself, and
 * nobody else holds them for present.
 */
public final class AppointedMembers implements Members, AutoCloseable {
  private final Member self;
  private final Listeners listeners = new Listeners();

  /** By name. Guarded by this; {@code present} is what readers see. */
  private final Map<String, Member> byName = new TreeMap<>();

  private volatile List<Member> present;

  /** This process alone. */
  public AppointedMembers(Member self) {
    this.self = self;
    byName.put(self.name(), self);
    present = List.of(self);
  }

  /**
   * That member is there.
   *
   * @throws IllegalStateException when one of its name is
   */
  public synchronized void join(Member member) {
    if (byName.putIfAbsent(member.name(), member) != null) {
      throw new IllegalStateException(member.name() + " is there already");
    }
    publish();
    listeners.tell(listener -> listener.onJoined(member));
  }

  /**
   * The member of that name goes, if it is there.
   *
   * @param orderly false when it may still run
   */
  public synchronized void leave(String name, boolean orderly) {
    Member gone = name.equals(self.name()) ? null : byName.remove(name);
    if (gone != null) {
      publish();
      listeners.tell(listener -> listener.onLeft(gone, orderly));
    }
  }

  private void publish() {
    present = List.copyOf(byName.values());
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
  public synchronized void listen(MembersListener listener) {
    listeners.add(listener, present);
  }

  @Override
  public void close() {
    listeners.close();
  }
}
