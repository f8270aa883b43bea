package io.dockherd.apps.planning;

import io.dockherd.apps.Plan;
import io.dockherd.apps.Step;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import io.dockherd.scheduling.Contents;
import io.dockherd.scheduling.Filters;
import io.dockherd.scheduling.NodeLoad;
import io.dockherd.scheduling.Scheduler;
import io.dockherd.scheduling.Spread;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** An app, its instances and the nodes, to be planned for: set up in a line or two, by a test. */
final class Scene {
  static final AppPath PATH = new AppPath("/shop/web");
  private static final long GIBI = 1L << 30;

  final Map<RevisionId, Revision> revisions = new TreeMap<>();
  final List<Instance> instances = new ArrayList<>();
  final List<Instance> lost = new ArrayList<>();
  final Map<String, NodeLoad> nodes = new TreeMap<>();
  final Set<String> drained = new TreeSet<>();
  final Set<String> known = new TreeSet<>();
  final Set<String> newcomers = new TreeSet<>();
  final Map<String, String> refusals = new TreeMap<>();
  Map<InstanceId, InstanceId> moves = new HashMap<>();
  Outcomes outcomes = Outcomes.NONE;
  Optional<String> missing = Optional.empty();
  boolean mayReplace = true;
  Instant now = Instant.parse("2026-11-28T09:00:00Z");
  App app;
  int movesAtOnce = 1;

  private final Planner planner;

  /** An app that is settled at so many instances of that configuration, none of which is there. */
  Scene(AppConfig config, int instances) {
    this(config, instances, 7);
  }

  Scene(AppConfig config, int count, long seed) {
    Random random = new Random(seed);
    Scheduler scheduler = new Scheduler(Filters.of(Filters.names(), 0.05), new Spread(), random);
    planner = new Planner(scheduler, random, 1);
    Revision first = revision(1, config);
    AppVersion version = new AppVersion(now.minusSeconds(3600), first.id(), count, "test");
    Rollout start =
        new Rollout("start", Rollout.Kind.START, Rollout.State.RUNNING, version, version, now, "");
    app = App.starting(PATH, version, start).settled();
  }

  /** A service of one container, changed as JSON. */
  static AppConfig config(UnaryOperator<JsonObject> change) {
    JsonObject container =
        new JsonObject()
            .put("name", "web")
            .put("containerName", "web-{slot}")
            .put("document", new JsonObject().put("Image", "busybox"));
    JsonObject json =
        new JsonObject()
            .put("pod", new JsonObject().put("containers", new JsonArray().add(container)))
            .put("update", new JsonObject().put("monitorMillis", 0));
    return AppConfig.of(change.apply(json));
  }

  static AppConfig config() {
    return config(json -> json);
  }

  /** With that update policy. */
  static AppConfig updating(String policy) {
    return config(json -> json.put("update", new JsonObject(policy.replace('\'', '"'))));
  }

  /** With those placement rules. */
  static AppConfig placed(String rules) {
    return config(json -> json.put("placement", new JsonObject(rules.replace('\'', '"'))));
  }

  private Revision revision(int number, AppConfig config) {
    Revision revision =
        new Revision(
            PATH, new RevisionId(number, config.hash()), now.toEpochMilli(), "test", config);
    revisions.put(revision.id(), revision);
    return revision;
  }

  RevisionId rev(int number) {
    return revisions.keySet().stream()
        .filter(id -> id.number() == number)
        .findFirst()
        .orElseThrow();
  }

  /** Nodes of four CPUs and eight gibibytes; {@code a:zone=x,disk=ssd} has labels. */
  Scene nodes(String... texts) {
    for (String text : texts) {
      String[] parts = text.split(":", 2);
      Map<String, String> labels = new HashMap<>();
      if (parts.length > 1) {
        for (String label : parts[1].split(",")) {
          labels.put(label.split("=")[0], label.split("=")[1]);
        }
      }
      nodes.put(parts[0], node(parts[0], labels));
      known.add(parts[0]);
    }
    return this;
  }

  static NodeLoad node(String name, Map<String, String> labels) {
    return new NodeLoad(name, "", "", 0, 0, 4, 0, 8 * GIBI, 8 * GIBI, labels, Contents.NONE);
  }

  /** An instance of revision {@code number} that runs and is healthy for long. */
  Instance running(int slot, String node, int number) {
    return add(slot, node, number, Phase.RUNNING, true);
  }

  Instance add(int slot, String node, int number, Phase phase, boolean isHealthy) {
    long started = now.minusSeconds(600L - slot).toEpochMilli();
    Instance instance =
        instance(
            new InstanceId(slot, "token%03d".formatted(instances.size())),
            node,
            rev(number),
            phase,
            isHealthy,
            started);
    instances.add(instance);
    return instance;
  }

  static Instance instance(
      InstanceId id,
      String node,
      RevisionId revision,
      Phase phase,
      boolean isHealthy,
      long startedMillis) {
    return new Instance(
        PATH,
        id,
        revision,
        node,
        phase,
        isHealthy,
        "",
        startedMillis,
        phase == Phase.STAGING ? 0 : startedMillis,
        isHealthy ? startedMillis : 0,
        0,
        List.of(),
        phase == Phase.STAGING ? Map.of() : Map.of("web", "c0ffee"),
        0,
        List.of(),
        "",
        Optional.empty());
  }

  /** The app is to be of another configuration from now on. */
  Scene update(AppConfig config) {
    return update(config, app.instances());
  }

  Scene update(AppConfig config, int count) {
    Revision next = revision(app.revision().number() + 1, config);
    return change(next.id(), count, Rollout.Kind.UPDATE);
  }

  Scene scale(int count) {
    return change(app.revision(), count, Rollout.Kind.SCALE);
  }

  Scene change(RevisionId to, int count, Rollout.Kind kind) {
    AppVersion version = new AppVersion(app.version().stamp().plusMillis(1), to, count, "test");
    Rollout rollout =
        new Rollout(
            "change-" + to.number() + "-" + count,
            kind,
            Rollout.State.RUNNING,
            app.version(),
            version,
            now,
            "");
    app = app.changedTo(version, rollout);
    return this;
  }

  Scene pause() {
    app = app.with(app.rollout().orElseThrow().in(Rollout.State.PAUSED, "bad"));
    return this;
  }

  /** That node is gone without a word. */
  Scene lose(String node) {
    nodes.remove(node);
    instances.stream().filter(one -> one.node().equals(node)).forEach(lost::add);
    instances.removeIf(one -> one.node().equals(node));
    return this;
  }

  Planner planner() {
    return new Planner(planner.scheduler(), planner.random(), movesAtOnce);
  }

  /** From where a forecast ended. */
  void goOn(Situation end) {
    app = end.app();
    now = end.now();
    instances.clear();
    instances.addAll(end.instances());
    end.ground().loads().forEach(load -> nodes.put(load.node(), load));
  }

  Situation situation() {
    return new Situation(
        app,
        revisions,
        instances,
        lost,
        outcomes,
        new Situation.Ground(List.copyOf(nodes.values()), drained, known, newcomers, mayReplace),
        missing,
        refusals,
        moves,
        now);
  }

  Planned planned() {
    return planner().plan(situation());
  }

  Plan plan() {
    return planned().plan();
  }

  /** The plan's steps: {@code run #4 of 2 on a}, {@code stop #1 on b}, {@code settle}. */
  List<String> steps() {
    return words(plan().steps());
  }

  /** All steps to the end, each node doing at once what it is told. */
  List<String> course() {
    return words(Forecast.of(planner(), situation()).plan().steps());
  }

  static List<String> words(List<Step> steps) {
    return steps.stream()
        .map(
            step ->
                switch (step) {
                  case Step.Run run ->
                      "run #%d of %d on %s"
                          .formatted(run.id().slot(), run.revision().number(), run.node());
                  case Step.Stop stop -> "stop #%d on %s".formatted(stop.id().slot(), stop.node());
                  case Step.Clear clear ->
                      "clear #%d on %s".formatted(clear.id().slot(), clear.node());
                  case Step.Settle settle -> "settle";
                  case Step.Pause pause -> "pause: " + pause.reason();
                  case Step.RollBack back -> "back to " + back.to().number();
                })
        .toList();
  }
}
