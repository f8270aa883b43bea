package io.dockherd.apps.keeping;

import io.dockherd.apps.ChangeOptions.Expected;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The changes of one call, checked against all apps as they are just now; writes nothing. */
record Drafts(AppBook book, Draft.Occasion occasion) {
  /** What is to be written for {@link io.dockherd.apps.Apps#replace}; what goes is checked too. */
  List<Draft> replace(List<Wanted> wanted, List<AppPath> gone) {
    SortedMap<AppPath, AppBook.Kept> there = new TreeMap<>();
    book.under("/").forEach(kept -> there.put(kept.app().path(), kept));
    for (AppPath path : gone) {
      Optional<AppBook.Kept> going = Optional.ofNullable(there.remove(path));
      going.ifPresent(this::checkLock);
      if (going.isPresent()) {
        checkExpected(path, going);
      }
    }
    SortedMap<AppPath, AppConfig> configs = new TreeMap<>();
    there
        .values()
        .forEach(kept -> config(kept).ifPresent(it -> configs.put(kept.app().path(), it)));
    wanted.forEach(one -> one.config().ifPresent(config -> configs.put(one.path(), config)));
    checkPaths(wanted, configs);
    Set<AppPath> order = new LinkedHashSet<>(Dependencies.of(configs).order());
    // Of those that stay as they are the configuration may be on its way here: no matter when.
    wanted.forEach(one -> order.add(one.path()));
    Map<AppPath, Wanted> byPath =
        wanted.stream().collect(Collectors.toMap(Wanted::path, one -> one));
    List<Draft> drafts = new ArrayList<>();
    for (AppPath path : order) {
      if (byPath.containsKey(path)) {
        drafts.add(put(byPath.get(path), Optional.ofNullable(there.get(path))));
      }
    }
    return drafts;
  }

  private Draft put(Wanted wanted, Optional<AppBook.Kept> kept) {
    checkExpected(wanted.path(), kept);
    Draft draft = draft(wanted, kept);
    if (!draft.isNothing()) {
      kept.ifPresent(this::checkLock);
    }
    return draft;
  }

  private Draft draft(Wanted wanted, Optional<AppBook.Kept> kept) {
    AppPath path = wanted.path();
    if (wanted.config().isPresent()) {
      return Draft.put(
          wanted,
          wanted.config().get(),
          kept,
          kept.flatMap(this::config),
          numbered(path),
          occasion);
    }
    AppBook.Kept there = kept.orElseThrow(() -> HerdApps.missing(path));
    return scaled(there, wanted.instances().orElse(there.app().instances()));
  }

  /** As {@link io.dockherd.apps.Apps#scale}. */
  List<Draft> scale(AppPath path, int instances) {
    AppBook.Kept kept = kept(path);
    return locked(kept, scaled(kept, instances));
  }

  private Draft scaled(AppBook.Kept kept, int instances) {
    AppPath path = kept.app().path();
    if (instances < 0) {
      throw new Invalid(path.value(), "there can't be " + instances + " instances", "");
    }
    if (config(kept).map(AppConfig::isGlobal).orElse(false)) {
      throw new Invalid(
          path.value(),
          path + " is global: it has one instance on every node that fits",
          "say by its constraints which nodes these are");
    }
    return Draft.scale(kept, instances, occasion);
  }

  /** As {@link io.dockherd.apps.Apps#restart}. */
  List<Draft> restart(AppPath path) {
    AppBook.Kept kept = kept(path);
    AppConfig config = config(kept).orElseThrow(() -> missing(path, kept.app().revision()));
    return locked(kept, Draft.restart(kept, config, numbered(path), occasion));
  }

  /** As {@link io.dockherd.apps.Apps#rollBack}. */
  List<Draft> rollBack(AppPath path, RevisionId to) {
    AppBook.Kept kept = kept(path);
    if (book.revision(path, to).isEmpty()) {
      throw missing(path, to);
    }
    return locked(kept, Draft.rollBack(kept, to, occasion));
  }

  /** As {@link io.dockherd.apps.Apps#resume}. */
  List<Draft> resume(AppPath path) {
    AppBook.Kept kept = kept(path);
    return kept.app()
        .rollout()
        .filter(change -> !change.isRunning())
        .map(change -> change.resumed(occasion.now()))
        .map(change -> List.of(Draft.with(kept, kept.app().with(change))))
        .orElseGet(List::of);
  }

  /** As {@link io.dockherd.apps.Apps#cancel}, of apps that were something before. */
  List<Draft> cancel(List<AppPath> paths, String rolloutId, boolean force) {
    List<Draft> drafts = new ArrayList<>();
    for (AppPath path : paths) {
      AppBook.Kept kept = kept(path);
      Optional<Rollout> rollout = kept.app().rollout().filter(it -> it.id().equals(rolloutId));
      if (rollout.isPresent() && force) {
        drafts.add(Draft.with(kept, kept.app().stopped()));
      } else if (rollout.isPresent()) {
        drafts.add(Draft.back(kept, rollout.get().from(), occasion));
      }
    }
    return drafts;
  }

  private List<Draft> locked(AppBook.Kept kept, Draft draft) {
    if (!draft.isNothing()) {
      checkLock(kept);
    }
    return List.of(draft);
  }

  /** The app that is to be changed, if it is what is expected. */
  AppBook.Kept kept(AppPath path) {
    Optional<AppBook.Kept> kept = book.find(path);
    if (kept.isEmpty()) {
      throw HerdApps.missing(path);
    }
    checkExpected(path, kept);
    return kept.get();
  }

  void checkLock(AppBook.Kept kept) {
    Optional<Rollout> running = kept.app().rollout().filter(Rollout::isRunning);
    if (running.isPresent() && !occasion.options().isForced()) {
      throw new Conflict(
          kept.app().path().value(),
          "app " + kept.app().path() + " is locked by rollout " + running.get().id(),
          "wait until it is through, or force the change to take its place");
    }
  }

  private void checkExpected(AppPath path, Optional<AppBook.Kept> kept) {
    boolean isSo =
        switch (occasion.options().expected()) {
          case Expected.Anything anything -> true;
          case Expected.Absent absent -> kept.isEmpty();
          case Expected.Present present -> kept.isPresent();
          case Expected.At at ->
              kept.filter(it -> it.app().version().stamp().equals(at.stamp())).isPresent();
        };
    if (!isSo) {
      String state =
          kept.map(it -> "is at version " + it.app().version().text()).orElse("is not there");
      throw new Conflict(path.value(), "app " + path + " " + state, "look at it and ask again");
    }
  }

  private static void checkPaths(List<Wanted> wanted, SortedMap<AppPath, AppConfig> all) {
    for (Wanted one : wanted) {
      String path = one.path().value();
      Optional<AppPath> below =
          all.keySet().stream().filter(other -> other.isUnder(path)).findFirst();
      Optional<AppPath> above =
          all.keySet().stream().filter(other -> one.path().isUnder(other.value())).findFirst();
      Stream.concat(below.stream(), above.stream())
          .findFirst()
          .ifPresent(
              other -> {
                throw new Invalid(
                    path,
                    "app "
                        + path
                        + " and app "
                        + other
                        + " can't both be: one is the other's group",
                    "give one of them another path");
              });
    }
  }

  private Optional<AppConfig> config(AppBook.Kept kept) {
    return book.revision(kept.app().path(), kept.app().revision()).map(Revision::config);
  }

  private int numbered(AppPath path) {
    return Draft.numbered(
        Stream.concat(
            book.revisions(path).stream().map(Revision::id),
            book.find(path).stream().flatMap(kept -> kept.app().revisions().stream())));
  }

  private static NotFound missing(AppPath path, RevisionId id) {
    return new NotFound(id.toString(), path + " has no revision " + id, "");
  }
}
