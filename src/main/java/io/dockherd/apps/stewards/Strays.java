package io.dockherd.apps.stewards;

import io.dockherd.apps.Step;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.failure.Failure;
import io.dockherd.telemetry.Log;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Instances without an app. Where the app was deleted, they are stopped; where no node has any
 * record of it, as in a herd without disks after all were off, it is read back from the labels of
 * their containers. Before either it is made sure that the record is not just on its way.
 */
final class Strays {
  private static final Log LOG = Log.of(Strays.class);

  private final Office office;
  private final Duties duties;
  private final Map<AppPath, Instant> since = new HashMap<>();
  private final Set<AppPath> inWork = ConcurrentHashMap.newKeySet();

  Strays(Office office, Duties duties) {
    this.office = office;
    this.duties = duties;
  }

  /** Goes through them once; what takes long goes on by itself. */
  void look() {
    Instant now = office.clock().instant();
    Map<AppPath, List<Instance>> all = office.index().all();
    since.keySet().removeIf(path -> !all.containsKey(path) || isKept(path));
    for (AppPath path : all.keySet()) {
      if (!isKept(path)) {
        Instant first = since.computeIfAbsent(path, it -> now);
        boolean isOverdue =
            office.book().wasThere(path) || !now.isBefore(first.plus(office.settings().orphaned()));
        if (isOverdue && duties.isOurs(path) && inWork.add(path)) {
          Thread.ofVirtual().name("strays of " + path).start(() -> settle(path));
        }
      }
    }
  }

  private boolean isKept(AppPath path) {
    return office.book().find(path).isPresent();
  }

  private void settle(AppPath path) {
    try {
      if (office.book().isCertainlyAbsent(path, office.settings().call())) {
        boolean isDeleted = office.book().wasThere(path) || !office.settings().readsLabels();
        if (isDeleted || !office.recovery().isReadBack(path, office.index().of(path))) {
          stop(path);
        }
      }
    } catch (Failure e) {
      LOG.debug("instances without an app left for now", "app", path, "reason", e.getMessage());
    } finally {
      inWork.remove(path);
    }
  }

  /** Each by itself: a node that does not answer holds up no other. */
  private void stop(AppPath path) {
    List<Thread> orders = new ArrayList<>();
    for (Instance one : office.index().of(path)) {
      orders.add(Thread.ofVirtual().name("farewell on " + one.node()).start(() -> stop(path, one)));
    }
    try {
      for (Thread order : orders) {
        order.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop(AppPath path, Instance one) {
    try {
      if (one.phase().isLive()) {
        LOG.info(
            "instance of no app to be stopped", "app", path, "id", one.id(), "node", one.node());
        String reason = "its app is deleted";
        office
            .orders()
            .stop(new Step.Stop(path, one.id(), one.revision(), one.node(), reason, true));
      } else if (one.phase() != Instance.Phase.STOPPING) {
        office.orders().clear(new Step.Clear(path, one.id(), one.node()));
      }
    } catch (Failure e) {
      LOG.debug(
          "instance of no app not stopped yet",
          "app",
          path,
          "id",
          one.id(),
          "reason",
          e.getMessage());
    }
  }
}
