package io.dockherd.doors.manifests;

import io.dockherd.apps.AppEvent;
import io.dockherd.apps.AppView;
import io.dockherd.apps.Apps;
import io.dockherd.apps.model.AppPath;
import io.dockherd.doors.manifests.format.Manifest;
import io.dockherd.doors.manifests.format.ManifestFormat;
import io.dockherd.doors.manifests.format.ManifestName;
import io.dockherd.doors.manifests.keys.KeyEvent.Action;
import io.dockherd.doors.manifests.ledger.Entry;
import io.dockherd.doors.manifests.ledger.Ledger;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.Electorate;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes the manifests say what apps are, where something else than a manifest has changed them:
 * another door, a rollback, a merge after a split, or a node that died while it wrote. One node
 * does it for all, a moment after it is told of the change, for most of them are being written down
 * already; and looks at all of them now and then.
 */
public final class Bookkeeper implements AutoCloseable {
  private static final Log LOG = Log.of(Bookkeeper.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Apps apps;
  private final Ledger ledger;
  private final Members members;
  private final ScheduledExecutorService timer;
  private final Duration grace;
  private final Set<ManifestName> due = ConcurrentHashMap.newKeySet();
  private final ReentrantLock atIt = new ReentrantLock();
  private Optional<ScheduledFuture<?>> rounds = Optional.empty();

  /**
   * Not at work yet.
   *
   * @param grace how long whoever changed an app has to write its manifest down
   */
  public Bookkeeper(
      Apps apps, Ledger ledger, Members members, ScheduledExecutorService timer, Duration grace) {
    this.apps = apps;
    this.ledger = ledger;
    this.members = members;
    this.timer = timer;
    this.grace = grace;
  }

  /** Begins, and looks at all of them every so often. */
  public void start(Duration every) {
    apps.listen(this::told);
    rounds =
        Optional.of(
            timer.scheduleWithFixedDelay(
                () -> soon(this::checkAll),
                grace.toMillis(),
                every.toMillis(),
                TimeUnit.MILLISECONDS));
  }

  private void told(AppEvent event) {
    switch (event) {
      case AppEvent.Changed e -> later(e.path());
      case AppEvent.Deleted e -> later(e.path());
      case AppEvent.Contradicted e -> later(e.path());
      case AppEvent.RolloutBegan e -> {}
      case AppEvent.RolloutSucceeded e -> {}
      case AppEvent.RolloutFailed e -> {}
      case AppEvent.InstanceMoved e -> {}
      case AppEvent.HealthChanged e -> {}
      case AppEvent.CheckFailed e -> {}
      case AppEvent.InstanceGone e -> {}
      case AppEvent.InstanceFailed e -> {}
    }
  }

  private void later(AppPath path) {
    Optional<ManifestName> name = ManifestName.of(path).filter(it -> isResponsible());
    if (name.isPresent() && !timer.isShutdown()) {
      due.add(name.get());
      timer.schedule(() -> soon(this::checkDue), grace.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The timer's thread is everybody's: what may wait goes on one of its own, one at a time. */
  private void soon(Runnable work) {
    if (isResponsible()) {
      Thread.ofVirtual()
          .name("manifests")
          .start(
              () -> {
                atIt.lock();
                try {
                  work.run();
                } finally {
                  atIt.unlock();
                }
              });
    }
  }

  private void checkDue() {
    for (ManifestName name : due) {
      // First, so that what changes meanwhile is due again.
      due.remove(name);
      checked(name);
    }
  }

  private boolean isResponsible() {
    return Electorate.of(members.nodes())
        .steward("manifest-log")
        .filter(steward -> steward.name().equals(members.self().name()))
        .isPresent();
  }

  /** Looks at all there are. */
  void checkAll() {
    Set<ManifestName> names = new TreeSet<>(ledger.tree().entries().keySet());
    apps.under("/").stream()
        .flatMap(view -> ManifestName.of(view.app().path()).stream())
        .forEach(names::add);
    names.forEach(this::checked);
  }

  private void checked(ManifestName name) {
    try {
      check(name);
    } catch (Failure e) {
      LOG.warn("manifest could not be written down", "app", name, "reason", e.getMessage());
    }
  }

  private void check(ManifestName name) {
    Optional<Entry> entry = ledger.find(name);
    Optional<AppView> app = apps.find(name.path()).filter(Manifests::isOurs);
    if (app.isEmpty()) {
      if (entry.isPresent()) {
        LOG.info("manifest deleted with its app", "app", name);
        ledger.delete(entry.get().node(name), Action.DELETE, LIMIT);
      }
      return;
    }
    String stamp = app.get().app().version().text();
    if (entry.filter(there -> there.stamp().equals(stamp)).isPresent()) {
      return;
    }
    if (entry.filter(there -> says(name, there, app.get())).isPresent()) {
      ledger.stamp(name, entry.get(), stamp, LIMIT);
      return;
    }
    LOG.info("manifest written anew: something else has changed the app", "app", name);
    ManifestFormat.write(app.get().app(), app.get().revision().config())
        .ifPresent(text -> ledger.write(name, Action.SET, text, stamp, LIMIT));
  }

  /**
   * Whether the manifest says what the app is, though it is another version: a restart, perhaps.
   */
  private static boolean says(ManifestName name, Entry entry, AppView view) {
    try {
      Manifest manifest = ManifestFormat.read(name, entry.value());
      return manifest.scale() == view.app().instances()
          && manifest.config().equals(view.revision().config());
    } catch (Invalid e) {
      return false;
    }
  }

  @Override
  public void close() {
    rounds.ifPresent(timer -> timer.cancel(false));
  }
}
