package io.dockherd.apps.keeping;

import io.dockherd.apps.AppEvent;
import io.dockherd.apps.AppView;
import io.dockherd.apps.Apps;
import io.dockherd.apps.Change;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.Plan;
import io.dockherd.apps.Proposal;
import io.dockherd.apps.Waiting;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import io.dockherd.apps.planning.Planner;
import io.dockherd.apps.planning.Situation.Ground;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.TimeLeft;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.records.Records;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The apps of a herd, kept as records; their instances are what nodes tell as facts. */
public final class HerdApps implements Apps, AutoCloseable {
  private static final Duration WRITE = Duration.ofSeconds(10);

  private final AppBook book;
  private final Facts facts;
  private final InstanceIndex instances;
  private final Dismissals dismissals;
  private final Planner planner;
  private final Supplier<Ground> ground;
  private final InstantSource clock;
  private final Changing changing;
  private final AppEvents events = new AppEvents();

  /**
   * Those of a herd.
   *
   * @param dismissals has instances stopped
   * @param planner says what would be done
   * @param ground where instances can be just now
   * @param random for the ids of rollouts
   */
  public HerdApps(
      Records records,
      Facts facts,
      Dismissals dismissals,
      Planner planner,
      Supplier<Ground> ground,
      InstantSource clock,
      RandomGenerator random) {
    this.book = new AppBook(records);
    this.facts = facts;
    this.instances = new InstanceIndex(facts);
    this.dismissals = dismissals;
    this.planner = planner;
    this.ground = ground;
    this.clock = clock;
    this.changing = new Changing(book, clock, random);
    book.follow();
    events.follow(records, facts, book);
  }

  /** The records they are kept in. */
  public AppBook book() {
    return book;
  }

  /** What facts tell of their instances. */
  public InstanceIndex instances() {
    return instances;
  }

  @Override
  public Optional<AppView> find(AppPath path) {
    return book.find(path).flatMap(kept -> view(kept.app()));
  }

  @Override
  public List<AppView> under(String group) {
    return book.under(group).stream().flatMap(kept -> view(kept.app()).stream()).toList();
  }

  /**
   * A record may be here a moment before that of its revision is: then an app is shown as it was
   * configured before, and a new one not yet.
   */
  private Optional<AppView> view(App app) {
    return app.versions().stream()
        .flatMap(version -> book.revision(app.path(), version.revision()).stream())
        .findFirst()
        .map(revision -> view(app, revision));
  }

  private AppView view(App app, Revision revision) {
    Outcomes outcomes = book.outcomes(app.path());
    return new AppView(
        app,
        revision,
        instances.of(app.path()),
        outcomes.last(),
        failures(app, outcomes.row()),
        waiting(app.path()));
  }

  /** A row ends where the pause between two is long; a rollout does not. */
  private static int failures(App app, Outcomes.Row row) {
    int inRollout = app.rollout().map(rollout -> row.failedIn(rollout.id())).orElse(0);
    return Math.max(inRollout, row.countOf(app.revision()));
  }

  /** Told by its steward; while that changes there may be two for a moment. */
  private Optional<Waiting> waiting(AppPath path) {
    return facts.of(Waiting.FACT).stream()
        .filter(fact -> fact.id().equals(path.value()))
        .map(Fact::json)
        .map(Waiting::of)
        .max(Comparator.comparing(Waiting::since));
  }

  @Override
  public Revision revision(AppPath path, RevisionId id) {
    if (book.find(path).isEmpty()) {
      throw missing(path);
    }
    return book.revision(path, id)
        .orElseThrow(() -> new NotFound(id.toString(), path + " never had a revision " + id, ""));
  }

  static NotFound missing(AppPath path) {
    return new NotFound(path.value(), "there is no app " + path, "");
  }

  @Override
  public Change put(List<Wanted> wanted, ChangeOptions options) {
    return replace(wanted, List.of(), options);
  }

  @Override
  public Change replace(List<Wanted> wanted, List<AppPath> gone, ChangeOptions options) {
    checkOnce(wanted);
    TimeLeft left = TimeLeft.of(options.limit());
    Change change =
        changing.change(options, occasion -> new Drafts(book, occasion).replace(wanted, gone));
    List<AppPath> there = gone.stream().filter(path -> book.find(path).isPresent()).toList();
    if (there.isEmpty()) {
      return change;
    }
    delete(there, options.within(left.get()));
    return new Change(change.rolloutId(), change.versions(), false);
  }

  private static void checkOnce(List<Wanted> wanted) {
    long paths = wanted.stream().map(Wanted::path).distinct().count();
    if (paths < wanted.size()) {
      throw new Invalid("apps", "an app is asked for twice in one call", "name each once");
    }
  }

  @Override
  public Plan preview(List<Wanted> wanted, List<AppPath> gone) {
    checkOnce(wanted);
    return new Preview(book, instances, planner, clock.instant()).of(wanted, gone, ground.get());
  }

  @Override
  public Plan preview(Proposal proposal, ChangeOptions options) {
    return new Preview(book, instances, planner, clock.instant())
        .of(proposal, options, ground.get());
  }

  @Override
  public Change scale(AppPath path, int count, ChangeOptions options) {
    return changing.change(options, occasion -> new Drafts(book, occasion).scale(path, count));
  }

  /**
   * Makes an app so much smaller than it is.
   *
   * @throws NotFound when there is no such app
   */
  public Change shrink(AppPath path, int fewer, ChangeOptions options) {
    return changing.change(options, occasion -> new Drafts(book, occasion).shrink(path, fewer));
  }

  @Override
  public Change restart(AppPath path, ChangeOptions options) {
    return changing.change(options, occasion -> new Drafts(book, occasion).restart(path));
  }

  @Override
  public Change rollBack(AppPath path, RevisionId to, ChangeOptions options) {
    return changing.change(options, occasion -> new Drafts(book, occasion).rollBack(path, to));
  }

  @Override
  public Change resume(AppPath path, ChangeOptions options) {
    AppBook.Kept kept = book.find(path).orElseThrow(() -> missing(path));
    Optional<Rollout> paused = kept.app().rollout().filter(change -> !change.isRunning());
    if (paused.isEmpty()) {
      throw new Conflict(path.value(), "no rollout of " + path + " is paused", "");
    }
    forgetFailures(path);
    changing.change(options, occasion -> new Drafts(book, occasion).resume(path));
    return new Change(paused.get().id(), Map.of(path, kept.app().version()), false);
  }

  @Override
  public Change cancel(String rolloutId, boolean force, ChangeOptions options) {
    ChangeOptions forced = options.forced(true);
    List<AppPath> paths =
        new Drafts(book, new Draft.Occasion(forced, rolloutId, clock.instant()))
            .ofRollout(rolloutId);
    changing.delete(
        forced, occasion -> new Drafts(book, occasion).cancelledStarts(paths, rolloutId, force));
    Change change =
        changing.change(
            forced, occasion -> new Drafts(book, occasion).cancel(paths, rolloutId, force));
    return new Change(change.rolloutId(), change.versions(), false);
  }

  @Override
  public Change delete(List<AppPath> paths, ChangeOptions options) {
    return changing.delete(options, occasion -> new Drafts(book, occasion).delete(paths));
  }

  @Override
  public List<Instance> kill(
      AppPath path, Set<InstanceId> which, boolean isScaling, ChangeOptions options) {
    if (book.find(path).isEmpty()) {
      throw missing(path);
    }
    List<Instance> before = instances.of(path);
    Set<InstanceId> told = dismissals.stop(path, which, isScaling, options);
    return before.stream().filter(one -> told.contains(one.id())).toList();
  }

  @Override
  public void forgetFailures(AppPath path) {
    book.update(path, Outcomes::forgiven, WRITE);
  }

  @Override
  public void listen(Consumer<AppEvent> listener) {
    events.listen(listener);
  }

  @Override
  public void close() {
    events.close();
  }
}
