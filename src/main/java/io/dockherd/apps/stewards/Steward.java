package io.dockherd.apps.stewards;

import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.keeping.HerdApps;
import io.dockherd.apps.keeping.InstanceIndex;
import io.dockherd.apps.keeping.RolloutEnds;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.planning.Planner;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Records;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Looks after the apps this node is the steward of: on every signal, and from time to time. Each
 * app has a desk of its own, so that none waits for another.
 */
public final class Steward implements AutoCloseable {
  private static final Log LOG = Log.of(Steward.class);
  private static final Duration TICK = Duration.ofMillis(500);

  /** So that what comes at once is looked at once. */
  private static final Duration GATHER = Duration.ofMillis(20);

  private static final Duration SWEEP_EVERY = Duration.ofMinutes(5);

  /** Drained nodes are among these. */
  private static final String NODE_RECORDS = "nodes/";

  private final HerdApps apps;
  private final Fleet fleet;
  private final Members members;
  private final Facts facts;
  private final Records records;
  private final Duties duties;
  private final Hearing hearing;
  private final Office office;
  private final Strays strays;
  private final Sweep sweep;
  private final Semaphore bell = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("steward").unstarted(this::run);
  private long sweptNanos = System.nanoTime();
  private volatile boolean isClosed;

  /** One that has not begun. */
  public Steward(
      HerdApps apps,
      Fleet fleet,
      Members members,
      Facts facts,
      Records records,
      KnownNodes known,
      Planner planner,
      StewardSettings settings,
      InstantSource clock,
      RandomGenerator random) {
    this.apps = apps;
    this.fleet = fleet;
    this.members = members;
    this.facts = facts;
    this.records = records;
    AppBook book = apps.book();
    InstanceIndex index = apps.instances();
    duties = new Duties(members);
    hearing = new Hearing(fleet, members, facts, book, duties, settings, clock);
    Lookout lookout =
        new Lookout(fleet, members, facts, known, book, index, hearing, settings, clock);
    office =
        new Office(
            apps,
            book,
            index,
            facts,
            lookout,
            planner,
            new Orders(fleet, settings.call()),
            new RolloutEnds(book, clock, random, settings.call()),
            settings,
            clock,
            bell::release);
    strays = new Strays(office, duties);
    sweep = new Sweep(office, duties);
  }

  /** Takes orders from now on; to be called before others can reach this node. */
  public void serve() {
    fleet.serve(HerdDismissals.KILL, (from, order) -> kill(order));
  }

  /** Begins; returns at once. */
  public void start() {
    hearing.begin();
    members.listen(hearing);
    members.listen(new Comings());
    Signals signals = new Signals();
    records.listen(AppBook.APPS + "/", signals);
    records.listen(NODE_RECORDS, signals);
    records.listen(KnownNodes.PREFIX, new Departures());
    facts.listen(Instance.FACT, signals);
    facts.listen(FactKind.ENGINE, signals);
    thread.start();
  }

  private void run() {
    while (!isClosed) {
      try {
        if (bell.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
          TimeUnit.NANOSECONDS.sleep(GATHER.toNanos());
          bell.drainPermits();
        }
        round();
      } catch (InterruptedException e) {
        // Closed: nobody is left to be told.
        return;
      } catch (RuntimeException e) {
        LOG.error("stewards stumbled", e);
      }
    }
  }

  private void round() {
    if (!hearing.isClear()) {
      return;
    }
    Set<AppPath> ours = new HashSet<>();
    for (AppBook.Kept kept : office.book().under("/")) {
      AppPath path = kept.app().path();
      if (duties.isOurs(path)) {
        ours.add(path);
        office.desk(path).lookIfDue();
      }
    }
    office
        .desks()
        .entrySet()
        .removeIf(
            desk -> {
              boolean isOver = !ours.contains(desk.getKey());
              if (isOver) {
                desk.getValue().close();
              }
              return isOver;
            });
    strays.look();
    if (System.nanoTime() - sweptNanos > SWEEP_EVERY.toNanos()) {
      sweptNanos = System.nanoTime();
      Thread.ofVirtual().name("sweep of apps").start(sweep::go);
    }
  }

  /** {@code {"path","ids":[…],"scale","who","force"}} → {@code {"ids":[…]}}. */
  private JsonObject kill(JsonObject order) {
    AppPath path = new AppPath(order.getString("path"));
    if (!duties.isOurs(path)) {
      return new JsonObject().put("moved", true);
    }
    Set<InstanceId> which = new HashSet<>();
    order.getJsonArray("ids", new JsonArray()).forEach(id -> which.add(InstanceId.of((String) id)));
    String who = order.getString("who", "");
    boolean isScaling = order.getBoolean("scale", false);
    ChangeOptions options =
        ChangeOptions.by(who, office.settings().call()).forced(order.getBoolean("force", false));
    Set<InstanceId> told =
        office
            .desk(path)
            .dismiss(which, isScaling, fewer -> apps.shrink(path, fewer, options), who);
    return new JsonObject()
        .put("ids", new JsonArray(told.stream().map(InstanceId::toString).sorted().toList()));
  }

  private void call(AppPath path) {
    Optional.ofNullable(office.desks().get(path)).ifPresent(Desk::call);
    office.desks().values().stream().filter(Desk::needsOthers).forEach(Desk::call);
    bell.release();
  }

  private void callAll() {
    office.desks().values().forEach(Desk::call);
    bell.release();
  }

  private final class Comings implements Members.MembersListener {
    @Override
    public void onJoined(Member member) {
      callAll();
    }

    @Override
    public void onLeft(Member member, boolean orderly) {
      callAll();
    }

    @Override
    public void onChanged(Member member) {
      callAll();
    }

    @Override
    public void onHealed() {
      callAll();
    }
  }

  /** What is told of a node that nobody counts on any more is forgotten by all. */
  private final class Departures implements Records.RecordsListener {
    @Override
    public void onChange(String key, Optional<Record> now) {
      String node = key.substring(KnownNodes.PREFIX.length());
      if (now.isEmpty() && members.named(node).isEmpty()) {
        facts.forget(node);
      }
      callAll();
    }
  }

  private final class Signals implements Records.RecordsListener, Facts.FactsListener {
    @Override
    public void onChange(String key, Optional<Record> now) {
      if (key.startsWith(NODE_RECORDS)) {
        callAll();
      } else {
        call(new AppPath(key.substring(AppBook.APPS.length())));
      }
    }

    @Override
    public void onFact(Fact fact, Optional<Fact> before) {
      onFact(fact);
    }

    @Override
    public void onGone(Fact fact, boolean lost) {
      onFact(fact);
    }

    private void onFact(Fact fact) {
      if (!fact.kind().equals(Instance.FACT)) {
        callAll();
        return;
      }
      try {
        call(new AppPath(fact.id().substring(0, Math.max(0, fact.id().indexOf('#')))));
      } catch (Failure e) {
        LOG.warn("fact of an instance can't be read", "id", fact.id(), "reason", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    isClosed = true;
    hearing.close();
    thread.interrupt();
    office.desks().values().forEach(Desk::close);
  }
}
