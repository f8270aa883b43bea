package io.dockherd.apps.stewards;

import io.dockherd.apps.Plan;
import io.dockherd.apps.Step;
import io.dockherd.apps.Waiting;
import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.planning.Aftermath;
import io.dockherd.apps.planning.Planned;
import io.dockherd.apps.planning.Situation;
import io.dockherd.failure.Failure;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * The work of the steward of one app: looks, plans, and has it done. One look at a time; what is
 * under way with one node holds up neither the next look nor other steps.
 */
final class Desk {
  private static final Log LOG = Log.of(Desk.class);

  private final AppPath path;
  private final Office office;
  private final Memory memory;
  private final Dispatch dispatch;
  private final Notebook notebook;
  private final WaitingFact waiting;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicBoolean isLooking = new AtomicBoolean();
  private volatile boolean isCalled = true;
  private volatile Duration pause = Duration.ZERO;
  private volatile boolean needsOthers;
  private volatile long lookedNanos = System.nanoTime();

  /** Since when the app's configuration is not at hand. */
  private Optional<Instant> lacking = Optional.empty();

  Desk(AppPath path, Office office) {
    this.path = path;
    this.office = office;
    this.memory = new Memory(path);
    this.dispatch = new Dispatch(path, office, memory, lock, this::call);
    this.notebook = new Notebook(path, office.book(), office.settings().call());
    this.waiting = new WaitingFact(path, office.facts());
  }

  /** Something has happened: looks as soon as may be. */
  void call() {
    isCalled = true;
  }

  /** Whether it waits for another app, or has another one waiting. */
  boolean needsOthers() {
    return needsOthers;
  }

  /** Begins a look if one is due, on a thread of its own. */
  void lookIfDue() {
    boolean isDue = isCalled || System.nanoTime() - lookedNanos >= pause.toNanos();
    if (isDue && isLooking.compareAndSet(false, true)) {
      isCalled = false;
      lookedNanos = System.nanoTime();
      Thread.ofVirtual().name("steward of " + path).start(this::look);
    }
  }

  private void look() {
    try {
      lock.lock();
      try {
        office.book().find(path).ifPresent(this::look);
      } finally {
        lock.unlock();
      }
    } catch (Failure e) {
      pause = office.settings().busy();
      LOG.debug("app not looked after just now", "app", path, "reason", e.getMessage());
    } catch (RuntimeException e) {
      pause = office.settings().busy();
      LOG.error("looking after an app failed", e, "app", path);
    } finally {
      isLooking.set(false);
    }
  }

  private void look(AppBook.Kept found) {
    List<Instance> shown = office.index().of(path);
    AppBook.Kept kept = office.recovery().grown(found, shown);
    App app = kept.app();
    Map<RevisionId, Revision> revisions = revisions(app, shown);
    if (!revisions.containsKey(app.revision())) {
      pause = office.settings().busy();
      lack(kept);
      return;
    }
    lacking = Optional.empty();
    AppConfig config = revisions.get(app.revision()).config();
    Instant now = office.clock().instant();
    memory.begin(app.revision(), office.lookout().changed());
    Set<String> lostEngines = office.lookout().lostEngines();
    Predicate<Instance> isLost = one -> lostEngines.contains(one.node());
    List<Instance> told = shown.stream().filter(isLost.negate()).toList();
    List<Instance> lost = new ArrayList<>(office.index().lost(path));
    shown.stream().filter(isLost).forEach(lost::add);
    Set<String> present = new HashSet<>(office.lookout().present());
    present.removeAll(lostEngines);
    List<Instance> instances = memory.instances(told, present, config.update().monitor(), now);
    Aftermath aftermath = new Aftermath(app, config, memory::wasWell, present, now);
    Outcomes outcomes = notebook.note(aftermath, Memory.shown(told, instances), lost);
    Optional<String> missing = office.lookout().missing(app, config);
    needsOthers = missing.isPresent() || !app.restarts().isEmpty();
    Planned planned =
        office.plan(
            path,
            ground ->
                new Situation(
                    memory.byOurClock(app, now),
                    revisions,
                    instances,
                    lost,
                    memory.byOurClock(outcomes, now),
                    ground,
                    missing,
                    memory.refusals(now),
                    memory.moves(),
                    now),
            this::remember);
    waiting.tell(planned.plan().waiting());
    pause = pause(planned.plan(), app, now);
    notebook.leave(planned.left());
    planned.plan().steps().forEach(step -> take(step, kept, revisions));
    if (planned.plan().steps().isEmpty() && !app.restarts().isEmpty()) {
      office.restarts().go(kept);
    }
  }

  /**
   * The app's configuration is not at hand. Most likely it is on its way here; if not, it is looked
   * for on labels, and then the app goes back to the last one that was through.
   */
  private void lack(AppBook.Kept kept) {
    App app = kept.app();
    Instant now = office.clock().instant();
    Instant since = lacking.orElse(now);
    lacking = Optional.of(since);
    boolean isOverdue = !now.isBefore(since.plus(office.settings().orphaned()));
    if (!isOverdue || office.recovery().isRestored(path, app.revision())) {
      return;
    }
    String reason = "the configuration of revision " + app.revision() + " is lost";
    Optional<RevisionId> back =
        app.stable()
            .filter(stable -> !stable.equals(app.revision()))
            .filter(stable -> office.book().revision(path, stable).isPresent())
            .filter(stable -> office.lookout().isComplete());
    if (back.isPresent() && office.ends().rollBack(kept, back.get(), reason)) {
      LOG.warn("app goes back", "app", path, "to", back.get(), "reason", reason);
    } else if (!waiting.isTold()) {
      LOG.warn("app can't be looked after", "app", path, "reason", reason);
    }
    waiting.tell(Optional.of(new Waiting(app.instances(), since, Instant.EPOCH, reason, Map.of())));
  }

  /** What waits for room is looked at less and less often; what waits for a time, by then. */
  private Duration pause(Plan plan, App app, Instant now) {
    StewardSettings settings = office.settings();
    Duration longest = settings.every();
    if (plan.steps().isEmpty() && plan.waiting().isPresent()) {
      Instant until = plan.waiting().get().until();
      Duration next = until.isAfter(now) ? Duration.between(now, until) : longer(settings.busy());
      return next.compareTo(longest) < 0 ? next : longest;
    }
    boolean isBusy =
        !plan.steps().isEmpty() || app.rollout().isPresent() || !memory.moves().isEmpty();
    return isBusy ? settings.busy() : longest;
  }

  private Duration longer(Duration least) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(least) < 0 ? least : twice;
  }

  private Map<RevisionId, Revision> revisions(App app, List<Instance> shown) {
    Map<RevisionId, Revision> revisions = new TreeMap<>();
    Set<RevisionId> wanted = new HashSet<>(app.revisions());
    shown.forEach(instance -> wanted.add(instance.revision()));
    for (RevisionId id : wanted) {
      office.book().revision(path, id).ifPresent(revision -> revisions.put(id, revision));
    }
    return revisions;
  }

  /** Before others plan: what is about to be asked for takes room. */
  private void remember(Planned planned) {
    Instant now = office.clock().instant();
    for (Step step : planned.plan().steps()) {
      if (step instanceof Step.Run run) {
        memory.asks(run, now);
      }
    }
    memory.moves(planned.moves());
  }

  /** Those that nodes have been asked to run and of which no fact tells yet. */
  List<Instance> onTheirWay() {
    return memory.onTheirWay();
  }

  /** Another node looks after it now, or there is nothing to be looked after. */
  void close() {
    waiting.close();
  }

  private void take(Step step, AppBook.Kept kept, Map<RevisionId, Revision> revisions) {
    switch (step) {
      case Step.Run run -> dispatch.run(run, revisions.get(run.revision()));
      case Step.Stop stop -> {
        if (!memory.isAsked(stop.id())) {
          dispatch.stop(stop);
        }
      }
      case Step.Clear clear -> {
        // What is not written down yet is to be found where it ended.
        if (notebook.isWritten() && !memory.isAsked(clear.id())) {
          dispatch.clear(clear);
        }
      }
      case Step.Settle settle -> settle(kept);
      case Step.Pause pausing -> {
        if (office.ends().pause(kept, pausing.reason())) {
          LOG.warn("rollout paused", "app", path, "reason", pausing.reason());
        }
      }
      case Step.RollBack back -> {
        if (office.ends().rollBack(kept, back.to(), back.reason())) {
          LOG.warn("rollout taken back", "app", path, "to", back.to(), "reason", back.reason());
        }
      }
    }
  }

  private void settle(AppBook.Kept kept) {
    if (office.ends().settle(kept, office.restarts().after(kept.app()))) {
      App app = kept.app();
      LOG.info(
          "rollout through", "app", path, "revision", app.revision(), "count", app.instances());
    }
  }

  /**
   * Stops instances on somebody's word; when the app is to be smaller by them, that is written
   * before others can take their places.
   *
   * @param smaller makes the app smaller by that many
   * @return those that are told to stop
   */
  Set<InstanceId> dismiss(
      Set<InstanceId> which, boolean isScaling, IntConsumer smaller, String who) {
    lock.lock();
    try {
      List<Instance> those =
          office.index().of(path).stream()
              .filter(one -> which.contains(one.id()) && one.phase().isLive())
              .toList();
      if (isScaling && !those.isEmpty()) {
        smaller.accept(those.size());
      }
      Set<InstanceId> told = new HashSet<>();
      for (Instance one : those) {
        dispatch.stop(
            new Step.Stop(
                path, one.id(), one.revision(), one.node(), "stopped by " + who, isScaling));
        told.add(one.id());
      }
      return told;
    } finally {
      lock.unlock();
      call();
      office.ring();
    }
  }
}
