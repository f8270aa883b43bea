package io.dockherd.doors.actions.bus;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Publishes this node's name on {@code <cluster>.register} again and again, for programs that know
 * nodes by that as they did with the seed. Nothing here depends on it.
 */
final class Heartbeat implements AutoCloseable {
  private final Vertx vertx;
  private final String address;
  private final String node;
  private final long periodMillis;
  private long timer = -1;

  Heartbeat(Vertx vertx, String clusterAddress, String node, Duration interval) {
    this.vertx = vertx;
    this.address = clusterAddress + ".register";
    this.node = node;
    this.periodMillis = interval.toMillis();
  }

  /** The first beat at once; none at all when the interval is zero. */
  synchronized void open() {
    if (periodMillis < 1) {
      return;
    }
    publish("register");
    timer = vertx.setPeriodic(periodMillis, beat -> publish("register"));
  }

  /** The last word. */
  @Override
  public synchronized void close() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
      publish("unregister");
    }
  }

  private void publish(String action) {
    vertx.eventBus().publish(address, ActionsBus.announcement(action, node));
  }
}
