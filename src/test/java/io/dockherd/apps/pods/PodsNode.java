package io.dockherd.apps.pods;

import io.dockherd.Await;
import io.dockherd.apps.artifacts.Fetcher;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.engine.Engine;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.FleetSettings;
import io.dockherd.fleet.HerdFleet;
import io.dockherd.fleet.Neighbours;
import io.dockherd.fleet.Pool;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.facts.ReplicatedFacts;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.dockherd.herd.members.InMemoryMembers;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.records.MemoryRecords;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** A node that is a herd of itself, over any engine: orders are its own. */
public final class PodsNode implements AutoCloseable {
  public static final String NAME = "host-1";
  public static final Duration LIMIT = Duration.ofSeconds(60);

  static final Fetcher NOTHING = (artifact, folder, limit) -> {};

  private final Vertx vertx = Vertx.vertx();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final InMemoryGroups network = new InMemoryGroups();
  private final ReplicatedFacts facts;
  private final HerdFleet fleet;
  private final Pods pods;
  private Optional<Path> folder = Optional.empty();
  private final List<Phase> phases = new CopyOnWriteArrayList<>();

  /** A node with the usual settings, but for what tests can't wait for. */
  public static PodsNode over(Engine engine, MemoryRecords records) {
    return new PodsNode(engine, records, settings(), DraftReader.NONE, NOTHING, false);
  }

  public static PodSettings settings() {
    return new PodSettings(
        new PodSettings.Ports(31000, 32000),
        Duration.ofMinutes(1),
        Duration.ofSeconds(30),
        2,
        Duration.ofMillis(50),
        Duration.ofMillis(500),
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        Optional.empty());
  }

  PodsNode(
      Engine engine,
      MemoryRecords records,
      PodSettings settings,
      DraftReader reader,
      Fetcher fetcher,
      boolean isEngineHere) {
    Group group = network.newPeer();
    InMemoryMembers members =
        new InMemoryMembers(group, new InMemoryMembers.Directory(), Member.Kind.NODE, NAME);
    facts = new ReplicatedFacts(group, members, timer, Duration.ofSeconds(10));
    fleet =
        new HerdFleet(
            "test",
            members,
            facts,
            engine,
            new Nobody(),
            new Pool(records),
            FleetSettings.defaults(),
            InstantSource.system(),
            new Random(1));
    pods =
        Pods.of(
            vertx,
            fleet,
            members,
            facts,
            records,
            settings.dataDir().isPresent() ? settings : settings.in(Optional.of(ownFolder())),
            fetcher,
            reader,
            isEngineHere,
            InstantSource.system(),
            new Random(1));
    facts.listen(
        Instance.FACT,
        new io.dockherd.herd.facts.Facts.FactsListener() {
          @Override
          public void onFact(
              io.dockherd.herd.facts.Fact fact, Optional<io.dockherd.herd.facts.Fact> before) {
            Phase phase = Instance.of(NAME, fact.json()).phase();
            if (phases.isEmpty() || phases.getLast() != phase) {
              phases.add(phase);
            }
          }

          @Override
          public void onGone(io.dockherd.herd.facts.Fact fact, boolean lost) {}
        });
    pods.serve();
    group.join();
    fleet.start();
    Await.until("the engine is known", LIMIT, this::isEngineKnown);
    pods.start();
  }

  /** Each has its own: what one has noted of instances of the same names is not another's. */
  private Path ownFolder() {
    try {
      folder = Optional.of(Files.createTempDirectory("pods-node-"));
      return folder.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A node may be closed twice. */
  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isEngineKnown() {
    return facts
        .find(FactKind.ENGINE, NAME, FactKind.ONLY)
        .map(fact -> new KnownEngine(fact.json()).isReachable())
        .orElse(false);
  }

  public HerdFleet fleet() {
    return fleet;
  }

  Pods pods() {
    return pods;
  }

  ReplicatedFacts facts() {
    return facts;
  }

  /** In which phases instances were seen, without repetitions. */
  List<Phase> phases() {
    return new ArrayList<>(phases);
  }

  static InstanceKey key(String path, int slot) {
    return new InstanceKey(new AppPath(path), new InstanceId(slot, "k2x9qa0" + slot));
  }

  static Revision revision(InstanceKey key, AppConfig config) {
    return new Revision(key.path(), new RevisionId(1, config.hash()), 0, "tester", config);
  }

  void run(InstanceKey key, AppConfig config) {
    order(
        "app-run",
        new JsonObject()
            .put("path", key.path().value())
            .put("id", key.id().toString())
            .put("revision", revision(key, config).json()));
  }

  void stop(InstanceKey key) {
    order(
        "app-stop",
        new JsonObject()
            .put("path", key.path().value())
            .put("id", key.id().toString())
            .put("reason", "scaled down"));
  }

  void clear(InstanceKey key) {
    order(
        "app-clear",
        new JsonObject().put("path", key.path().value()).put("id", key.id().toString()));
  }

  JsonObject order(String command, JsonObject order) {
    return fleet.order(NAME, command, order, LIMIT);
  }

  Optional<Instance> instance(InstanceKey key) {
    return facts
        .find(Instance.FACT, NAME, key.toString())
        .map(fact -> Instance.of(NAME, fact.json()));
  }

  Instance await(InstanceKey key, Phase phase) {
    Await.until(
        () -> key + " is " + phase + " and not " + instance(key),
        LIMIT,
        () -> instance(key).map(instance -> instance.phase() == phase).orElse(false));
    return instance(key).orElseThrow();
  }

  void awaitGone(InstanceKey key) {
    Await.until(
        () -> key + " is gone and not " + instance(key), LIMIT, () -> instance(key).isEmpty());
  }

  /** The process ends as by a kill: nothing is said to anybody. */
  @Override
  public void close() {
    pods.close();
    fleet.close();
    facts.close();
    network.close();
    vertx.close().await();
    timer.shutdownNow();
    folder.ifPresent(PodsNode::delete);
  }

  private static final class Nobody implements Neighbours {
    @Override
    public Engine engineOf(Member member) {
      throw new NotFound(member.name(), "there is no other node", "");
    }

    @Override
    public JsonObject command(Member member, String command, JsonObject order, Duration limit) {
      throw new NotFound(member.name(), "there is no other node", "");
    }
  }
}
