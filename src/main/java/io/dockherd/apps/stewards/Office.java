package io.dockherd.apps.stewards;

import io.dockherd.apps.Apps;
import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.keeping.InstanceIndex;
import io.dockherd.apps.keeping.RolloutEnds;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.planning.Planned;
import io.dockherd.apps.planning.Planner;
import io.dockherd.apps.planning.Situation;
import io.dockherd.apps.planning.Situation.Ground;
import io.dockherd.herd.facts.Facts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** What the desks of one node have in common. */
final class Office {
  private final Restarts restarts;
  private final Recovery recovery;
  private final AppBook book;
  private final InstanceIndex index;
  private final Facts facts;
  private final Lookout lookout;
  private final Planner planner;
  private final Orders orders;
  private final RolloutEnds ends;
  private final StewardSettings settings;
  private final InstantSource clock;
  private final Runnable bell;
  private final Map<AppPath, Desk> desks = new ConcurrentHashMap<>();

  /**
   * @param bell to be rung when a desk has something to do
   */
  Office(
      Apps apps,
      AppBook book,
      InstanceIndex index,
      Facts facts,
      Lookout lookout,
      Planner planner,
      Orders orders,
      RolloutEnds ends,
      StewardSettings settings,
      InstantSource clock,
      Runnable bell) {
    this.restarts = new Restarts(apps, book, settings.call());
    this.recovery = new Recovery(book, lookout, clock, settings.call());
    this.book = book;
    this.index = index;
    this.facts = facts;
    this.lookout = lookout;
    this.planner = planner;
    this.orders = orders;
    this.ends = ends;
    this.settings = settings;
    this.clock = clock;
    this.bell = bell;
  }

  /** The desk of an app. */
  Desk desk(AppPath path) {
    return desks.computeIfAbsent(path, it -> new Desk(it, this));
  }

  /** All of them, by path. */
  Map<AppPath, Desk> desks() {
    return desks;
  }

  /**
   * Plans for an app, one at a time: each counts what the one before is about to ask for.
   *
   * @param situation once it is known where instances can be
   * @param remember takes note of what is about to be asked for
   */
  synchronized Planned plan(
      AppPath path, Function<Ground, Situation> situation, Consumer<Planned> remember) {
    List<Instance> others = new ArrayList<>();
    desks.forEach(
        (other, desk) -> {
          if (!other.equals(path)) {
            others.addAll(desk.onTheirWay());
          }
        });
    Planned planned = planner.plan(situation.apply(lookout.ground(path, others)));
    remember.accept(planned);
    return planned;
  }

  /** Some desk has been called. */
  void ring() {
    bell.run();
  }

  /** Restarts apps with others. */
  Restarts restarts() {
    return restarts;
  }

  /** Finds what records lack. */
  Recovery recovery() {
    return recovery;
  }

  AppBook book() {
    return book;
  }

  InstanceIndex index() {
    return index;
  }

  Facts facts() {
    return facts;
  }

  Lookout lookout() {
    return lookout;
  }

  Orders orders() {
    return orders;
  }

  RolloutEnds ends() {
    return ends;
  }

  StewardSettings settings() {
    return settings;
  }

  InstantSource clock() {
    return clock;
  }
}
