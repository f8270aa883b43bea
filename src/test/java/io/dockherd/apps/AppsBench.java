package io.dockherd.apps;

import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.keeping.HerdApps;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Backoff;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import io.dockherd.apps.planning.Planner;
import io.dockherd.apps.planning.Situation;
import io.dockherd.herd.records.MemoryRecords;
import io.dockherd.scheduling.Contents;
import io.dockherd.scheduling.Filters;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.Scheduler;
import io.dockherd.scheduling.Spread;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The apps of a herd whose records and facts are in memory: {@link #apps} is the real thing, and a
 * test plays the nodes and the steward. Nothing happens by itself.
 *
 * <pre>
 * AppsBench bench = new AppsBench();
 * bench.apps().put(List.of(AppsBench.wanted("/shop/web", 2)), bench.options());
 * Instance first = bench.run("/shop/web", 1, "host-1");
 * bench.settle("/shop/web");
 * bench.fail(first, "container web ended with code 3");</pre>
 */
public final class AppsBench implements AutoCloseable {
  /** For every wait of a test. */
  public static final Duration LIMIT = Duration.ofSeconds(20);

  private final MemoryRecords records = new MemoryRecords();
  private final BenchFacts facts = new BenchFacts("host-1");
  private final AppBook book = new AppBook(records);
  private final List<AppEvent> events = new CopyOnWriteArrayList<>();
  private final HerdApps apps;
  private volatile Instant now = Instant.parse("2026-11-28T09:00:00.123Z");

  /** Without any app yet. */
  public AppsBench() {
    Random random = new Random(42);
    Scheduler scheduler = new Scheduler(Filters.of(Filters.names(), 0.05), new Spread(), random);
    Planner planner = new Planner(scheduler, random, 1);
    apps =
        new HerdApps(records, facts, this::dismiss, planner, AppsBench::ground, () -> now, random);
    apps.listen(events::add);
  }

  /** What is tested with. */
  public Apps apps() {
    return apps;
  }

  /** What records and facts a test may also read or write itself. */
  public MemoryRecords records() {
    return records;
  }

  /** The facts of all members. */
  public BenchFacts facts() {
    return facts;
  }

  /** All events so far; they come a moment after what they tell of. */
  public List<AppEvent> events() {
    return events;
  }

  /** The time it is. */
  public Instant now() {
    return now;
  }

  /** The clock goes on. */
  public void passes(Duration time) {
    now = now.plus(time);
  }

  /** A change by {@code tester}. */
  public ChangeOptions options() {
    return ChangeOptions.by("tester", LIMIT);
  }

  /** A service of one container that runs {@code image}. */
  public static AppConfig config(String image) {
    JsonObject document = new JsonObject().put("Image", image);
    ContainerSpec web = ContainerSpec.plain("web", "web-{slot}", document);
    return AppConfig.service(PodSpec.of(List.of(web)));
  }

  /** So many of such. */
  public static Wanted wanted(String path, int instances) {
    return wanted(path, config("busybox"), instances);
  }

  /** So many of those. */
  public static Wanted wanted(String path, AppConfig config, int instances) {
    return new Wanted(AppPath.of(path), config, OptionalInt.of(instances));
  }

  /** The app of that path. */
  public App app(String path) {
    return book.find(AppPath.of(path)).orElseThrow().app();
  }

  /** An instance of the app's present revision runs there and is healthy. */
  public Instance run(String path, int slot, String node) {
    return run(path, slot, node, app(path).revision());
  }

  /** An instance of that revision runs there and is healthy. */
  public Instance run(String path, int slot, String node, RevisionId revision) {
    String token = "%08d".formatted(slot);
    long millis = now.toEpochMilli();
    Instance instance =
        new Instance(
            AppPath.of(path),
            new InstanceId(slot, token),
            revision,
            node,
            Phase.RUNNING,
            true,
            "10.213.0." + node.replaceAll("\\D", ""),
            millis,
            millis,
            millis,
            0,
            List.of(31000 + slot),
            Map.of("web", "c0ffee" + slot),
            0,
            List.of(),
            "",
            Optional.empty());
    tell(instance);
    return instance;
  }

  /** Its node says that of it. */
  public void tell(Instance instance) {
    String id = Instance.factId(instance.path(), instance.id());
    facts.tell(instance.node(), Instance.FACT, id, instance.json().toBuffer());
  }

  /** Its node says something else of it: change the JSON it is told as. */
  public Instance tell(Instance instance, UnaryOperator<JsonObject> change) {
    Instance other = Instance.of(instance.node(), change.apply(instance.json()));
    tell(other);
    return other;
  }

  /** It has failed, and the steward has taken note. */
  public void fail(Instance instance, String message) {
    InstanceFailure failure =
        new InstanceFailure(
            instance.path(),
            instance.id(),
            instance.revision(),
            instance.node(),
            instance.host(),
            InstanceFailure.Reason.ENDED,
            message,
            "web",
            3,
            List.of("out of cheese"),
            now.toEpochMilli());
    tell(
        instance,
        json -> json.put("phase", "failed").put("healthy", false).put("failure", failure.json()));
    book.update(
        instance.path(),
        before -> before.failed(failure, Backoff.DEFAULT, now.toEpochMilli(), ""),
        LIMIT);
  }

  /** It is cleared away. */
  public void remove(Instance instance) {
    String id = Instance.factId(instance.path(), instance.id());
    facts.retract(instance.node(), Instance.FACT, id);
  }

  /** The node is gone, with all it had told. */
  public void lose(String node) {
    facts.lose(node);
  }

  /** The app's rollout is through, as the steward says. */
  public void settle(String path) {
    AppBook.Kept kept = book.find(AppPath.of(path)).orElseThrow();
    book.write(kept.app().settled(), kept.version(), LIMIT).orElseThrow();
  }

  /** The app's rollout has failed, as the steward says. */
  public void pause(String path, String reason) {
    AppBook.Kept kept = book.find(AppPath.of(path)).orElseThrow();
    App paused =
        kept.app().with(kept.app().rollout().orElseThrow().in(Rollout.State.PAUSED, reason));
    book.write(paused, kept.version(), LIMIT).orElseThrow();
  }

  /** The steward says why the app waits. */
  public void waits(String path, Waiting waiting) {
    facts.tell(Waiting.FACT, path, waiting.json().toBuffer());
  }

  /** Three nodes with nothing on them. */
  private static Situation.Ground ground() {
    long gibi = 1L << 30;
    List<NodeLoad> loads =
        Stream.of("host-1", "host-2", "host-3")
            .map(
                node ->
                    new NodeLoad(
                        node, "", "", 0, 0, 4, 0, 8 * gibi, 8 * gibi, Map.of(), Contents.NONE))
            .toList();
    return new Situation.Ground(
        loads, Set.of(), Set.of("host-1", "host-2", "host-3"), Set.of(), true);
  }

  private Set<InstanceId> dismiss(
      AppPath path, Set<InstanceId> which, boolean isScaling, ChangeOptions options) {
    Set<InstanceId> told = new HashSet<>();
    List<Instance> those = new ArrayList<>(apps.find(path).orElseThrow().instances());
    those.removeIf(one -> !which.contains(one.id()));
    if (isScaling && !those.isEmpty()) {
      apps.scale(path, Math.max(0, app(path.value()).instances() - those.size()), options);
    }
    for (Instance one : those) {
      told.add(one.id());
      remove(one);
    }
    return told;
  }

  @Override
  public void close() {
    apps.close();
  }
}
