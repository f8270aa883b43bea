package io.dockherd.herd.members;

import java.time.Duration;

/** Gives up a name that somebody else holds for so long that it can't be a former life of ours. */
final class NameContest {
  private final Duration patience;
  private final Runnable giveUp;
  private Thread waiting;

  /**
   * A name nobody contests yet.
   *
   * @param giveUp called on a virtual thread once the name has been contested for {@code patience}
   */
  NameContest(Duration patience, Runnable giveUp) {
    this.patience = patience;
    this.giveUp = giveUp;
  }

  /** Whether somebody else holds the name just now. */
  synchronized void contested(boolean isContested) {
    if (isContested && waiting == null) {
      waiting = Thread.ofVirtual().name("members-name").start(this::giveUpLater);
    } else if (!isContested && waiting != null) {
      waiting.interrupt();
      waiting = null;
    }
  }

  private void giveUpLater() {
    try {
      Thread.sleep(patience);
    } catch (InterruptedException e) {
      // The name is free again.
      return;
    }
    if (isStillContested()) {
      giveUp.run();
    }
  }

  private synchronized boolean isStillContested() {
    return waiting == Thread.currentThread();
  }
}
