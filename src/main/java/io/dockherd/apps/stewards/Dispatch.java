package io.dockherd.apps.stewards;

import io.dockherd.apps.Step;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Revision;
import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.telemetry.Log;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends the orders of one desk, each on a thread of its own, and keeps in mind what is under way.
 *
 * @param memory used under the lock only
 * @param call has the desk look again
 */
record Dispatch(AppPath path, Office office, Memory memory, ReentrantLock lock, Runnable call) {
  private static final Log LOG = Log.of(Dispatch.class);

  /** One that is in mind already. */
  void run(Step.Run run, Revision revision) {
    LOG.info(
        "instance to be run", "app", path, "id", run.id(), "node", run.node(), "why", run.reason());
    send(run.id(), run.node(), true, () -> office.orders().run(run, revision));
  }

  void stop(Step.Stop stop) {
    memory.asks(stop, office.clock().instant());
    LOG.info(
        "instance to be stopped",
        "app",
        path,
        "id",
        stop.id(),
        "node",
        stop.node(),
        "why",
        stop.reason());
    send(
        stop.id(),
        stop.node(),
        false,
        () -> {
          // First, for whether the node has obeyed may never be known.
          leaveHome(stop);
          office.orders().stop(stop);
        });
  }

  private void leaveHome(Step.Stop stop) {
    if (stop.isForGood()) {
      int slot = stop.id().slot();
      office
          .book()
          .update(
              path,
              known -> stop.node().equals(known.homes().get(slot)) ? known.unhoused(slot) : known,
              office.settings().call());
    }
  }

  void clear(Step.Clear clear) {
    office.index().of(path).stream()
        .filter(one -> one.id().equals(clear.id()))
        .findFirst()
        .ifPresent(ended -> memory.asks(clear, ended));
    send(clear.id(), clear.node(), false, () -> office.orders().clear(clear));
  }

  private void send(InstanceId id, String node, boolean isRun, Runnable order) {
    Thread.ofVirtual().name("order to " + node).start(() -> carryOut(id, node, isRun, order));
  }

  private void carryOut(InstanceId id, String node, boolean isRun, Runnable order) {
    try {
      order.run();
      underLock(() -> memory.answered(id, office.clock().instant()));
    } catch (Failure e) {
      LOG.info(
          "order not carried out", "app", path, "id", id, "node", node, "reason", e.getMessage());
      underLock(() -> failed(e, id, node, isRun));
    } catch (RuntimeException e) {
      LOG.error("order broke", e, "app", path, "id", id, "node", node);
      underLock(() -> memory.refused(id));
    } finally {
      call.run();
      office.ring();
    }
  }

  /** What is not sure to have been heard is counted until facts show it, or should have. */
  private void failed(Failure failure, InstanceId id, String node, boolean isRun) {
    Instant now = office.clock().instant();
    boolean mayBeDone = failure instanceof TimedOut || failure instanceof Unreachable;
    if (isRun && mayBeDone) {
      memory.answered(id, now);
    } else {
      memory.refused(id);
    }
    if (isRun) {
      memory.refuses(node, failure.getMessage(), now);
    }
  }

  private void underLock(Runnable what) {
    lock.lock();
    try {
      what.run();
    } finally {
      lock.unlock();
    }
  }
}
