package io.dockherd.herd.members;

import io.dockherd.herd.members.Members.MembersListener;
import io.dockherd.telemetry.Log;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Those who follow the members, each on a virtual thread of its own, so that none waits for
 * another.
 */
final class Listeners {
  private static final Log LOG = Log.of(Listeners.class);

  private record Follower(MembersListener listener, ExecutorService order) {}

  private final List<Follower> followers = new CopyOnWriteArrayList<>();

  /** The caller holds the lock under which it also tells, so that nothing is missed or doubled. */
  void add(MembersListener listener, List<Member> present) {
    Follower follower =
        new Follower(
            listener,
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("members").factory()));
    followers.add(follower);
    present.forEach(member -> tell(follower, to -> to.onJoined(member)));
  }

  void tell(Consumer<MembersListener> what) {
    followers.forEach(follower -> tell(follower, what));
  }

  private static void tell(Follower follower, Consumer<MembersListener> what) {
    if (follower.order.isShutdown()) {
      return;
    }
    follower.order.execute(
        () -> {
          try {
            what.accept(follower.listener);
          } catch (RuntimeException e) {
            LOG.error("a follower of the members failed", e);
          }
        });
  }

  /** Lets what was told be heard to its end, and no more. */
  void close() {
    followers.forEach(follower -> follower.order.shutdown());
  }
}
