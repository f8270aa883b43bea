package io.dockherd.apps.stewards;

import io.dockherd.apps.Step;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppLabel;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.Rollout;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.records.Version;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        if (isDeleted || !isReadBack(path)) {
          stop(path);
        }
      }
    } catch (Failure e) {
      LOG.debug("instances without an app left for now", "app", path, "reason", e.getMessage());
    } finally {
      inWork.remove(path);
    }
  }

  private void stop(AppPath path) {
    for (Instance one : office.index().of(path)) {
      if (!one.phase().isLive()) {
        if (one.phase() != Instance.Phase.STOPPING) {
          office.orders().clear(new Step.Clear(path, one.id(), one.node()));
        }
        continue;
      }
      LOG.info("instance of no app to be stopped", "app", path, "id", one.id(), "node", one.node());
      office
          .orders()
          .stop(
              new Step.Stop(
                  path, one.id(), one.revision(), one.node(), "its app is deleted", true));
    }
  }

  /** False when the labels don't say what the app was. */
  private boolean isReadBack(AppPath path) {
    List<Revision> revisions =
        office.lookout().containersOf(path).stream()
            .flatMap(labels -> read(path, labels).stream())
            .sorted(Comparator.comparing(Revision::id).reversed())
            .toList();
    if (revisions.isEmpty()) {
      return false;
    }
    revisions.forEach(revision -> office.book().write(revision, office.settings().call()));
    Revision newest = revisions.getFirst();
    int count =
        (int) office.index().of(path).stream().map(one -> one.id().slot()).distinct().count();
    AppVersion version = new AppVersion(office.clock().instant(), newest.id(), count, newest.who());
    Rollout start =
        new Rollout(
            "labels",
            Rollout.Kind.START,
            Rollout.State.RUNNING,
            version,
            version,
            version.stamp(),
            "");
    App app = App.starting(path, version, start).settled();
    office.book().write(app, Version.NONE, office.settings().call());
    LOG.info("app read back from labels", "app", path, "revision", newest.id(), "instances", count);
    return true;
  }

  private static Optional<Revision> read(AppPath path, Map<String, String> labels) {
    String document = labels.getOrDefault(AppLabel.DOCUMENT, "");
    if (document.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Revision.of(new JsonObject(document)))
          .filter(revision -> revision.path().equals(path));
    } catch (Invalid | DecodeException e) {
      LOG.warn("label of an app can't be read", "app", path, "reason", e.getMessage());
      return Optional.empty();
    }
  }
}
