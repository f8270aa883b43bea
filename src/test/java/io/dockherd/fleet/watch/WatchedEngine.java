package io.dockherd.fleet.watch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.HttpEngine;
import io.dockherd.engine.RealEngine;
import io.dockherd.herd.facts.ReplicatedFacts;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.dockherd.herd.members.InMemoryMembers;
import io.dockherd.herd.members.Member;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A real engine, a watch on it, and somebody who changes things behind the watch's back. */
final class WatchedEngine implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String OWNER = "host-1";

  final RealEngine real = RealEngine.start();
  final EngineWatch watch;
  final ReplicatedFacts facts;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final InMemoryGroups network = new InMemoryGroups();
  private final Vertx vertx = Vertx.vertx();
  private final Engine watched = engine();
  private final Engine other = engine();

  /** Sweeps are switched off, so that what is learned is learned from events. */
  WatchedEngine() {
    this(Duration.ofHours(1));
  }

  WatchedEngine(Duration sweep) {
    Group group = network.newPeer();
    InMemoryMembers members =
        new InMemoryMembers(group, new InMemoryMembers.Directory(), Member.Kind.NODE, OWNER);
    facts = new ReplicatedFacts(group, members, timer, Duration.ofSeconds(10));
    group.join();
    watch =
        new EngineWatch(
            watched, facts, WatchSettings.defaults().sweepingEvery(sweep), InstantSource.system());
    watch.start();
    awaitReachable(true);
  }

  private HttpEngine engine() {
    return HttpEngine.at(vertx, real.address(), EngineSettings.defaults());
  }

  /** A new container; its id. */
  String create(String name, JsonObject more, String... command) {
    JsonObject document =
        new JsonObject()
            .put("Image", "busybox")
            .put("Cmd", new JsonArray(List.of(command)))
            .put("HostConfig", new JsonObject().put("NetworkMode", "none"))
            .mergeIn(more, true);
    EngineRequest request = EngineRequest.post(LIMIT, "containers", "create").query("name", name);
    return call(request.json(document)).body().toJsonObject().getString("Id");
  }

  void act(String id, String action) {
    call(EngineRequest.post(LIMIT, "containers", id, action));
  }

  EngineResponse call(EngineRequest request) {
    EngineResponse response = other.call(request);
    assertTrue(response.isSuccess(), () -> request.target() + ": " + response.message());
    return response;
  }

  /** Names with their status text, as facts have them, by name. */
  List<String> told() {
    Instant now = Instant.now();
    return facts.of(FactKind.CONTAINER, OWNER).stream()
        .map(fact -> KnownContainer.of(fact.value()))
        .map(known -> known.names() + " " + known.status().text(now))
        .sorted()
        .toList();
  }

  void awaitTold(String... expected) {
    Await.until(
        "facts tell " + List.of(expected),
        LIMIT,
        () -> told().size() == expected.length && fit(told(), expected));
  }

  private static boolean fit(List<String> told, String... expected) {
    for (int i = 0; i < expected.length; i++) {
      if (!told.get(i).matches(expected[i])) {
        return false;
      }
    }
    return true;
  }

  /** Until the facts, put together, are word for word what the engine itself lists. */
  void awaitSameAsEngine() {
    Await.until("facts are as the engine's own list", LIMIT, () -> listed().equals(engines()));
  }

  private JsonArray listed() {
    List<KnownContainer> known =
        facts.of(FactKind.CONTAINER, OWNER).stream()
            .map(fact -> KnownContainer.of(fact.value()))
            .sorted(Comparator.comparingLong(KnownContainer::createdNanos).reversed())
            .toList();
    return KnownContainer.list(known, Instant.now()).toJsonArray();
  }

  private JsonArray engines() {
    return call(EngineRequest.get(LIMIT, "containers", "json").query("all", 1))
        .body()
        .toJsonArray();
  }

  KnownEngine engineFact() {
    return facts
        .find(FactKind.ENGINE, OWNER, FactKind.ONLY)
        .map(fact -> new KnownEngine(fact.json()))
        .orElseGet(KnownEngine::unknown);
  }

  void awaitReachable(boolean reachable) {
    Await.until(
        "the engine is told " + (reachable ? "within" : "out of") + " reach",
        LIMIT,
        () -> engineFact().isReachable() == reachable);
  }

  @Override
  public void close() {
    watch.close();
    watched.close();
    other.close();
    vertx.close().await();
    facts.close();
    network.close();
    timer.shutdownNow();
    real.close();
  }
}
