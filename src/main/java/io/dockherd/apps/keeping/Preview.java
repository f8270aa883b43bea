package io.dockherd.apps.keeping;

import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.Plan;
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
    ChangeOptions options = ChangeOptions.by("preview", Duration.ZERO).forced(true);
    Draft.Occasion occasion = new Draft.Occasion(options, "preview", now);
    Set<AppPath> named = wanted.stream().map(Wanted::path).collect(Collectors.toSet());
    List<Step> steps = new ArrayList<>();
    Optional<Waiting> waiting = Optional.empty();
    Ground ground = start;
    for (Draft draft : new Drafts(book, occasion).replace(wanted, gone)) {
      if (!draft.isNothing()) {
        Forecast.Course course = Forecast.of(planner, situation(draft, named, ground));
        steps.addAll(course.plan().steps());
        waiting = waiting.or(course.plan()::waiting);
        ground = course.end().ground();
      }
    }
    gone.forEach(path -> index.of(path).forEach(one -> steps.add(stop(one))));
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

  private static Step stop(Instance one) {
    return new Step.Stop(
        one.path(), one.id(), one.revision(), one.node(), "its app is deleted", true);
  }
}
