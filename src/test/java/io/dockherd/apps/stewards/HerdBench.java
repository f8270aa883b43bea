package io.dockherd.apps.stewards;

import io.dockherd.Await;
import io.dockherd.apps.AppsBench;
import io.dockherd.apps.BenchFacts;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.keeping.AppBook;
import io.dockherd.apps.keeping.HerdApps;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppLabel;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.planning.Planner;
import io.dockherd.failure.Refused;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.scheduling.Filters;
import io.dockherd.scheduling.Scheduler;
import io.dockherd.scheduling.Spread;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** A steward over nodes that do what they are told in no time, or not, as a test says. */
final class HerdBench implements AutoCloseable {
  private static final StewardSettings SETTINGS =
      new StewardSettings(
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofSeconds(15),
          Duration.ofSeconds(15),
          Duration.ZERO,
          Duration.ofMillis(200),
          Duration.ofSeconds(20),
          true);

  final FillableRecords records = new FillableRecords();
  final BenchFacts facts = new BenchFacts("host-1");
  final BenchMembers members = new BenchMembers();
  final BenchFleet fleet = new BenchFleet(members);
  final AppBook book = new AppBook(records);

  /** Nodes that refuse every instance. */
  final Set<String> refusing = ConcurrentHashMap.newKeySet();

  /** Images whose instances fail as soon as they run. */
  final Set<String> bad = ConcurrentHashMap.newKeySet();

  /** Nodes that answer no order. */
  final Set<String> hanging = ConcurrentHashMap.newKeySet();

  final List<String> orders = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  final HerdApps apps;
  private final Steward steward;

  /** Members that come and go. */
  static final class BenchMembers implements Members {
    private final List<Member> present = new CopyOnWriteArrayList<>();
    private final List<MembersListener> listeners = new CopyOnWriteArrayList<>();

    static Member member(String name) {
      return new Member(
          new PeerId("peer-" + name),
          Member.Kind.NODE,
          name,
          "127.0.0.1",
          1,
          2,
          3,
          "test",
          new JsonObject());
    }

    @Override
    public Member self() {
      return present.getFirst();
    }

    @Override
    public List<Member> present() {
      return List.copyOf(present);
    }

    @Override
    public void listen(MembersListener listener) {
      listeners.add(listener);
      present.forEach(listener::onJoined);
    }
  }

  HerdBench(String... nodes) {
    for (String node : nodes) {
      join(node);
    }
    Random random = new Random(42);
    Duties duties = new Duties(members);
    KnownNodes known = new KnownNodes(members, records, InstantSource.system());
    Scheduler scheduler = new Scheduler(Filters.of(Filters.names(), 0.05), new Spread(), random);
    Planner planner = new Planner(scheduler, random, 1);
    apps =
        new HerdApps(
            records,
            facts,
            new HerdDismissals(fleet, duties),
            planner,
            new Terrain(fleet, known)::ground,
            InstantSource.system(),
            random);
    steward =
        new Steward(
            apps,
            fleet,
            members,
            facts,
            records,
            known,
            planner,
            SETTINGS,
            InstantSource.system(),
            random);
    fleet.doing(this::obey);
    steward.serve();
    steward.start();
  }

  /** A path like that of an app the one steward there is looks after. */
  String ours(String like) {
    Duties duties = new Duties(members);
    return IntStream.range(0, 1000)
        .mapToObj(i -> like + i)
        .filter(path -> duties.isOurs(new AppPath(path)))
        .findFirst()
        .orElseThrow();
  }

  static ChangeOptions options() {
    return ChangeOptions.by("tester", AppsBench.LIMIT);
  }

  /** That image, with an update policy that waits for nothing. */
  static AppConfig config(String image, String more) {
    JsonObject json = AppsBench.config(image).json();
    json.getJsonObject("update").put("monitorMillis", 0);
    return AppConfig.of(json.mergeIn(new JsonObject(more.replace('\'', '"')), true));
  }

  void put(String path, AppConfig config, int instances) {
    apps.put(List.of(AppsBench.wanted(path, config, instances)), options());
  }

  void await(String what, BooleanSupplier isSo) {
    Await.until(
        () -> what + ": " + book.under("/") + facts.of(Instance.FACT) + orders,
        Duration.ofSeconds(30),
        isSo);
  }

  void awaitSettled(String path, int instances) {
    await(
        path + " has " + instances + " instances",
        () -> isSettled(path) && instances(path).size() == instances);
  }

  /** The one container there is of an instance carries the whole revision. */
  void label(String node, Revision revision, InstanceId id) {
    JsonObject labels =
        new JsonObject()
            .put(AppLabel.HERD, "test")
            .put(AppLabel.APP, revision.path().value())
            .put(AppLabel.INSTANCE, id.toString())
            .put(KnownContainer.CREATION_LABEL, "c1")
            .put(AppLabel.SEAL, KnownContainer.seal("c1", "web-" + id.slot()))
            .put(AppLabel.DOCUMENT, revision.json().encode());
    JsonObject entry =
        new JsonObject()
            .put("Id", "c0ffee")
            .put("Names", new JsonArray().add("/web-" + id.slot()))
            .put("Labels", labels)
            .put("State", "running")
            .put("Status", "Up 2 minutes");
    JsonObject container =
        new JsonObject()
            .put("entry", entry)
            .put("created", 0)
            .put("status", new JsonObject().put("state", "running"));
    fleet.containers.put(node, List.of(KnownContainer.of(container.toBuffer())));
  }

  void join(String node) {
    Member member = BenchMembers.member(node);
    members.present.add(member);
    records.put("known-nodes/" + node, new JsonObject().put("goneMillis", 0), AppsBench.LIMIT);
    facts.tell(
        node, FactKind.ENGINE, FactKind.ONLY, new JsonObject().put("reachable", true).toBuffer());
    members.listeners.forEach(listener -> listener.onJoined(member));
  }

  /** The node has gone without a word. */
  void lose(String node) {
    Member member = members.named(node).orElseThrow();
    members.present.remove(member);
    facts.lose(node);
    members.listeners.forEach(listener -> listener.onLeft(member, false));
  }

  private JsonObject obey(String node, String command, JsonObject order) {
    orders.add(node + " " + command + " " + order.getString("path") + " " + order.getString("id"));
    if (hanging.contains(node)) {
      hang();
    }
    switch (command) {
      case Orders.RUN -> run(node, order);
      case Orders.STOP, Orders.CLEAR -> facts.retract(node, Instance.FACT, factId(order));
      default -> throw new IllegalArgumentException(command);
    }
    return new JsonObject();
  }

  private void hang() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Unreachable("", "the test is over", "");
  }

  private static String factId(JsonObject order) {
    return Instance.factId(
        new AppPath(order.getString("path")), InstanceId.of(order.getString("id")));
  }

  private void run(String node, JsonObject order) {
    if (refusing.contains(node)) {
      throw new Refused(node, "it has had enough", "");
    }
    Revision revision = Revision.of(order.getJsonObject("revision"));
    InstanceId id = InstanceId.of(order.getString("id"));
    String image = revision.config().pod().source().known().getFirst().image();
    boolean isBad = bad.contains(image);
    tell(instance(revision, id, node, isBad ? Phase.FAILED : Phase.RUNNING));
  }

  void tell(Instance instance) {
    facts.tell(
        instance.node(),
        Instance.FACT,
        Instance.factId(instance.path(), instance.id()),
        instance.json().toBuffer());
  }

  static Instance instance(Revision revision, InstanceId id, String node, Phase phase) {
    long now = System.currentTimeMillis();
    boolean isUp = phase == Phase.RUNNING;
    Optional<InstanceFailure> failure =
        phase == Phase.FAILED
            ? Optional.of(
                new InstanceFailure(
                    revision.path(),
                    id,
                    revision.id(),
                    node,
                    "",
                    InstanceFailure.Reason.ENDED,
                    "it ended with 1",
                    "web",
                    1,
                    List.of("no cheese"),
                    now))
            : Optional.empty();
    return new Instance(
        revision.path(),
        id,
        revision.id(),
        node,
        phase,
        isUp,
        "127.0.0.1",
        now,
        now,
        isUp ? now : 0,
        0,
        List.of(),
        Map.of("web", "c0ffee"),
        0,
        List.of(),
        "",
        failure);
  }

  List<Instance> instances(String path) {
    return apps.find(AppPath.of(path)).map(view -> view.instances()).orElse(List.of());
  }

  List<String> nodesOf(String path) {
    List<String> nodes = new ArrayList<>();
    instances(path).forEach(one -> nodes.add(one.node()));
    nodes.sort(null);
    return nodes;
  }

  App app(String path) {
    return book.find(AppPath.of(path)).orElseThrow().app();
  }

  boolean isSettled(String path) {
    return book.find(AppPath.of(path)).map(kept -> kept.app().rollout().isEmpty()).orElse(false);
  }

  @Override
  public void close() {
    end.countDown();
    steward.close();
    apps.close();
  }
}
