package io.dockherd.doors.bridges;

import java.util.concurrent.atomic.AtomicBoolean;

/** Runs something the first time only. */
final class Once implements Runnable {
  private final AtomicBoolean done = new AtomicBoolean();
  private final Runnable what;

  Once(Runnable what) {
    this.what = what;
  }

  @Override
  public void run() {
    if (done.compareAndSet(false, true)) {
      what.run();
    }
  }
}
