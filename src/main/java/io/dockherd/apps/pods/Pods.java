package io.dockherd.apps.pods;

import io.dockherd.apps.artifacts.Fetcher;
import io.dockherd.apps.artifacts.InstanceFolders;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Revision;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Refused;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Hold;
import io.dockherd.fleet.requests.Fields;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.Records;
import io.dockherd.telemetry.Log;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The instances at this node's own engine. Does what the stewards of their apps order:
 *
 * <pre>
 * app-run    {"path":"/shop/web","id":"3-k2x9qa0b","revision":{…}}   → {}
 * app-stop   {"path":"/shop/web","id":"3-k2x9qa0b","reason":"…"}     → {}
 * app-clear  {"path":"/shop/web","id":"3-k2x9qa0b"}                  → {}</pre>
 *
 * <p>An order is answered when it is taken on; what comes of it shows in the facts ({@link
 * Instance}). Each may be given twice. One that can't be taken on is refused, with the reason.
 */
public final class Pods implements AutoCloseable {
  private static final Log LOG = Log.of(Pods.class);
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  private final Workshop shop;
  private final Admission admission;
  private final Leftovers leftovers;
  private final Past past = new Past();
  private final Map<InstanceKey, InstanceRun> runs = new ConcurrentHashMap<>();
  private final ReentrantLock taking = new ReentrantLock();
  private volatile boolean isClosing;

  private Pods(Workshop shop, Admission admission, Revisions revisions) {
    this.shop = shop;
    this.admission = admission;
    this.leftovers = new Leftovers(shop, revisions, this::adopt, () -> Set.copyOf(runs.keySet()));
  }

  /**
   * The instances of a node, of which none is known yet.
   *
   * @param isEngineHere whether the engine is on this machine: then the machine's ports, files and
   *     cgroups are its
   * @param random chooses ports
   */
  public static Pods of(
      Vertx vertx,
      Fleet fleet,
      Members members,
      Facts facts,
      Records records,
      PodSettings settings,
      Fetcher fetcher,
      DraftReader reader,
      boolean isEngineHere,
      InstantSource clock,
      RandomGenerator random) {
    HostPorts.PortCheck machine = isEngineHere ? new MachinePorts() : MachinePorts.ELSEWHERE;
    OwnLoad load = new OwnLoad(fleet, members, facts);
    Workshop shop =
        Workshop.of(
            fleet,
            members,
            facts,
            load,
            new HostPorts(settings.ports(), load, machine, random),
            new InstanceFolders(
                settings.dataDir().map(folder -> folder.resolve("instances")),
                "dockherd-" + fleet.herd() + "-" + members.self().name(),
                fetcher),
            reader,
            new EngineBuilds(vertx, fleet),
            isEngineHere ? new CgroupFiles(CGROUPS, load::cgroups) : ParentCgroups.NONE,
            settings,
            clock);
    return new Pods(shop, new Admission(fleet, members, machine), new Revisions(records));
  }

  /** Takes orders from now on; to be called before others can reach this node. */
  public void serve() {
    shop.fleet().serve("app-run", this::run);
    shop.fleet().serve("app-stop", this::stop);
    shop.fleet().serve("app-clear", this::clear);
  }

  /** Takes over what is there, and watches; returns at once. */
  public void start() {
    new EngineNews(shop.fleet().herd(), shop.node(), this::ring, this::missEngine, this::ringAll)
        .listen(shop.facts());
    leftovers.start();
  }

  private JsonObject run(String from, JsonObject order) {
    InstanceKey key = InstanceKey.of(order);
    Revision revision = Revision.of(Fields.object(order, "revision"));
    if (!revision.path().equals(key.path())) {
      throw new Invalid(
          key.toString(), "a revision of " + revision.path() + " is none of " + key.path(), "");
    }
    admission.requireSteward(key, from);
    requireOpen();
    taking.lock();
    try {
      if (!runs.containsKey(key) && !past.contains(key)) {
        Hold hold = admission.admit(key, revision);
        run(key, revision, shop.clock().millis()).begin(hold);
        LOG.info("instance taken on", "instance", key, "revision", revision.id(), "from", from);
      }
    } finally {
      taking.unlock();
    }
    shop.settle();
    return new JsonObject();
  }

  private void requireOpen() {
    if (isClosing) {
      throw new Refused(shop.node(), "node " + shop.node() + " is about to leave", "");
    }
  }

  private InstanceRun run(InstanceKey key, Revision revision, long stagedMillis) {
    Telling telling =
        new Telling(
            shop.facts(),
            shop.clock(),
            System::nanoTime,
            key.path(),
            key.id(),
            revision.id(),
            shop.node(),
            shop.host(),
            stagedMillis);
    InstanceRun run = new InstanceRun(shop, key, revision, telling, () -> forget(key));
    runs.put(key, run);
    return run;
  }

  private void forget(InstanceKey key) {
    past.add(key);
    runs.remove(key);
  }

  private JsonObject stop(String from, JsonObject order) {
    InstanceKey key = InstanceKey.of(order);
    admission.requireSteward(key, from);
    InstanceRun run = runs.get(key);
    if (run != null) {
      String reason = Fields.text(order, "reason");
      LOG.info("instance told to stop", "instance", key, "reason", reason, "from", from);
      run.stop(reason);
      shop.settle();
    }
    return new JsonObject();
  }

  private JsonObject clear(String from, JsonObject order) {
    InstanceKey key = InstanceKey.of(order);
    admission.requireSteward(key, from);
    InstanceRun run = runs.get(key);
    if (run != null) {
      if (run.now().phase().isLive()) {
        throw new Conflict(key.toString(), "instance " + key + " has not ended", "stop it");
      }
      run.stop("cleared away");
    }
    return new JsonObject();
  }

  /** Takes over an instance whose containers were found; false when it has gone, or must not. */
  private boolean adopt(InstanceKey key, Revision revision, long stagedMillis) {
    taking.lock();
    try {
      if (isClosing || past.contains(key) || runs.containsKey(key)) {
        return runs.containsKey(key);
      }
      Optional<Instance> noted =
          shop.folders()
              .noted(key.path(), key.id())
              .filter(note -> note.containsKey("phase"))
              .map(json -> Instance.of(shop.node(), json));
      InstanceRun run = run(key, revision, stagedMillis);
      if (noted.isPresent()) {
        run.recall(noted.get());
      } else {
        run.resume(new Adoption(shop, key, revision));
      }
      return true;
    } catch (Failure e) {
      LOG.warn("instance not taken over", "instance", key, "reason", e.getMessage());
      return false;
    } finally {
      taking.unlock();
    }
  }

  private void ring(InstanceKey key) {
    InstanceRun run = runs.get(key);
    if (run != null) {
      run.ring();
    }
  }

  private void missEngine() {
    runs.values().forEach(InstanceRun::missEngine);
  }

  private void ringAll() {
    runs.values().forEach(InstanceRun::ring);
    leftovers.ring();
  }

  /** All there are at this node, as they are now. */
  public List<Instance> instances() {
    List<Instance> all = new ArrayList<>();
    runs.values().forEach(run -> all.add(run.now()));
    return all;
  }

  /** Lets go of all of them; what runs runs on. */
  @Override
  public void close() {
    isClosing = true;
    leftovers.close();
    runs.values().forEach(InstanceRun::leave);
    shop.folders().close();
  }
}
