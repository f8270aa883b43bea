package io.dockherd.apps.pods;

import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.telemetry.Log;
import java.util.function.Supplier;

/**
 * Brings an instance up, however often its engine goes meanwhile: that is no failure of the
 * instance. It is waited for until it answers, and begun anew. Belongs to the instance's thread.
 */
final class BringingUp {
  private static final Log LOG = Log.of(BringingUp.class);

  /** How often it is begun anew though the engine answers: then something else can't be reached. */
  private static final int TRIES = 5;

  private final Workshop shop;
  private final InstanceKey key;
  private final Telling telling;
  private final Bell bell;

  BringingUp(Workshop shop, InstanceKey key, Telling telling, Bell bell) {
    this.shop = shop;
    this.key = key;
    this.telling = telling;
    this.bell = bell;
  }

  /**
   * Does it.
   *
   * @param again what is done after the engine has been away
   * @throws Unreachable when the engine answers, and all the same something can't be reached;
   *     {@link TimedOut} likewise
   */
  RunningPod run(Supplier<RunningPod> first, Supplier<RunningPod> again) {
    Supplier<RunningPod> next = first;
    long until = deadline();
    int tries = 1;
    while (true) {
      try {
        return next.get();
      } catch (Unreachable | TimedOut e) {
        if (awaitEngine(e)) {
          until = deadline();
          tries = 1;
        } else if (System.nanoTime() - until >= 0 || tries++ == TRIES) {
          throw e;
        }
        LOG.info("instance is begun anew", "instance", key, "reason", e.getMessage());
        next = again;
      }
    }
  }

  private long deadline() {
    return System.nanoTime() + shop.settings().stagingLimit().toNanos();
  }

  /** Waits until the engine answers; false when it did so at once. */
  private boolean awaitEngine(Failure why) {
    telling.say(why.getMessage());
    boolean wasAway = false;
    while (true) {
      bell.sleep(shop.settings().retry());
      try {
        shop.engine().containersOf(key.path(), key.id());
        return wasAway;
      } catch (Unreachable | TimedOut e) {
        wasAway = true;
        telling.say(e.getMessage());
      }
    }
  }
}
