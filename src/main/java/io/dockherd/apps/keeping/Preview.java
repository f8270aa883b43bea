package io.dockherd.apps.keeping;

import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.Plan;
import io.dockherd.apps.Proposal;
import io.dockherd.apps.Step;
import io.dockherd.apps.Waiting;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.planning.Forecast;
import io.dockherd.apps.planning.Planner;
import io.dockherd.apps.planning.Situation;
import io.dockherd.apps.planning.Situation.Ground;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a change would come to, if every node did at once what it is told; writes nothing. */
record Preview(AppBook book, InstanceIndex index, Planner planner, Instant now) {
  /**
   * As {@link io.dockherd.apps.Apps#preview}.
   *
   * @param start what nodes carry to begin with
   */
  Plan of(List<Wanted> wanted, List<AppPath> gone, Ground start) {
    Drafts drafts = drafts(ChangeOptions.by("preview", Duration.ZERO).forced(true));
    Set<AppPath> named = wanted.stream().map(Wanted::path).collect(Collectors.toSet());
    Plan plan = plan(drafts.replace(wanted, gone), named, start);
    List<Step> steps = new ArrayList<>(plan.steps());
    gone.forEach(path -> steps.addAll(leaving(path)));
    return new Plan(steps, plan.waiting());
  }

  /**
   * As {@link io.dockherd.apps.Apps#preview(Proposal, ChangeOptions)}.
   *
   * @param start what nodes carry to begin with
   */
  Plan of(Proposal proposal, ChangeOptions options, Ground start) {
    Drafts drafts = drafts(options);
    return switch (proposal) {
      case Proposal.Scale it -> plan(drafts.scale(it.path(), it.instances()), Set.of(), start);
      case Proposal.Restart it -> plan(drafts.restart(it.path()), Set.of(), start);
      case Proposal.RollBack it -> plan(drafts.rollBack(it.path(), it.to()), Set.of(), start);
      case Proposal.Cancel it -> cancel(it, drafts(options.forced(true)), start);
      case Proposal.Delete it -> new Plan(leaving(drafts.delete(it.paths())), Optional.empty());
      case Proposal.Kill it -> kill(it, drafts, start);
    };
  }

  private Drafts drafts(ChangeOptions options) {
    return new Drafts(book, new Draft.Occasion(options, "preview", now));
  }

  private Plan cancel(Proposal.Cancel cancel, Drafts drafts, Ground start) {
    List<AppPath> paths = drafts.ofRollout(cancel.rolloutId());
    List<Step> steps =
        new ArrayList<>(leaving(drafts.cancelledStarts(paths, cancel.rolloutId(), cancel.force())));
    Plan others = plan(drafts.cancel(paths, cancel.rolloutId(), cancel.force()), Set.of(), start);
    steps.addAll(others.steps());
    return new Plan(steps, others.waiting());
  }

  /** Those go, and then it is seen to it that there are as many as there are to be. */
  private Plan kill(Proposal.Kill kill, Drafts drafts, Ground start) {
    List<Instance> those =
        index.of(kill.path()).stream()
            .filter(one -> kill.which().contains(one.id()) && one.phase().isLive())
            .toList();
    AppBook.Kept kept = drafts.kept(kill.path());
    Draft draft =
        kill.isScaling() && !those.isEmpty()
            ? drafts.shrink(kill.path(), those.size()).getFirst()
            : Draft.nothing(kept);
    String reason = "stopped by " + drafts.occasion().options().who();
    List<Step> steps = new ArrayList<>();
    those.forEach(one -> steps.add(stop(one, reason, kill.isScaling())));
    Plan then = Forecast.of(planner, situation(draft, Set.of(), start).without(those)).plan();
    steps.addAll(then.steps());
    return new Plan(steps, then.waiting());
  }

  private Plan plan(List<Draft> drafts, Set<AppPath> named, Ground start) {
    List<Step> steps = new ArrayList<>();
    Optional<Waiting> waiting = Optional.empty();
    Ground ground = start;
    for (Draft draft : drafts) {
      if (!draft.isNothing()) {
        Forecast.Course course = Forecast.of(planner, situation(draft, named, ground));
        steps.addAll(course.plan().steps());
        waiting = waiting.or(course.plan()::waiting);
        ground = course.end().ground();
      }
    }
    return new Plan(steps, waiting);
  }

  private Situation situation(Draft draft, Set<AppPath> named, Ground ground) {
    App app = draft.app();
    AppPath path = app.path();
    Map<RevisionId, Revision> revisions = new TreeMap<>();
    Set<RevisionId> all = new HashSet<>(app.revisions());
    index.of(path).forEach(one -> all.add(one.revision()));
    all.forEach(id -> book.revision(path, id).ifPresent(it -> revisions.put(id, it)));
    draft.revision().ifPresent(it -> revisions.put(it.id(), it));
    return new Situation(
        app,
        revisions,
        index.of(path),
        index.lost(path),
        book.outcomes(path),
        ground,
        missing(revisions.get(app.revision()).config(), named),
        Map.of(),
        Map.of(),
        now);
  }

  /** What it needs and nobody has asked for; the rest will be so by then. */
  private Optional<String> missing(AppConfig config, Set<AppPath> named) {
    return config.dependencies().entrySet().stream()
        .filter(need -> need.getValue().isRequired())
        .map(Map.Entry::getKey)
        .filter(path -> named.stream().noneMatch(it -> isOrIsIn(it, path)))
        .filter(path -> book.find(new AppPath(path)).isEmpty() && book.under(path).isEmpty())
        .map(path -> "waits for " + path + ", which is not there")
        .findFirst();
  }

  private static boolean isOrIsIn(AppPath path, String other) {
    return path.value().equals(other) || path.isUnder(other);
  }

  private List<Step> leaving(List<AppBook.Kept> those) {
    return those.stream().flatMap(kept -> leaving(kept.app().path()).stream()).toList();
  }

  private List<Step> leaving(AppPath path) {
    return index.of(path).stream().map(one -> stop(one, "its app is deleted", true)).toList();
  }

  private static Step stop(Instance one, String reason, boolean isForGood) {
    return new Step.Stop(one.path(), one.id(), one.revision(), one.node(), reason, isForGood);
  }
}
