package io.dockherd.herd.bus;

import io.dockherd.herd.group.Channel;
import io.dockherd.telemetry.Log;
import java.util.function.Consumer;

/**
 * Sends what there is to send, on a thread of its own: a group may make a sender wait, and those
 * who register consumers may not.
 */
final class Herald {
  private static final Log LOG = Log.of(Herald.class);

  private final Roll roll;
  private final Thread thread;
  private volatile Channel channel;

  Herald(Roll roll) {
    this.roll = roll;
    this.thread = Thread.ofVirtual().name("bus-herald").unstarted(this::tell);
  }

  /** Where to send to: to be given before the first view comes. */
  void speakOver(Channel channel) {
    this.channel = channel;
  }

  /** Starts, unless it has started already. To be called by one thread at a time. */
  void start() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  private void tell() {
    try {
      while (!roll.isEnded()) {
        roll.awaitLetters().forEach(this::send);
      }
      // The last receipts: somebody who leaves as well may be waiting for them.
      roll.awaitLetters().forEach(this::send);
    } catch (InterruptedException e) {
      LOG.debug("interrupted while telling the others about the bus");
    }
  }

  private void send(Consumer<Channel> letter) {
    try {
      letter.accept(channel);
    } catch (RuntimeException e) {
      // The next digest tells whoever missed it.
      LOG.warn("could not tell the others about the bus", "why", e);
    }
  }
}
