package io.dockherd.fleet;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Create calls whose outcome was not learned: time ran out, or a connection broke. Their callers
 * were told that they failed; should facts show a container of such a call after all, it is removed
 * while it has not been started. Both the node that was asked and the one that was to do it watch.
 */
final class Doubtful implements Facts.FactsListener {
  private static final Log LOG = Log.of(Doubtful.class);
  private static final Duration REMOVING = Duration.ofSeconds(30);

  private final Facts facts;
  private final ContainerIndex index;
  private final Duration remembered;
  private final Map<String, Long> calls = new ConcurrentHashMap<>();
  private volatile Remover remover = (node, request) -> Optional.empty();

  /** Calls a node's engine; empty when there is no such node any more. */
  interface Remover {
    Optional<EngineResponse> call(String node, EngineRequest request);
  }

  Doubtful(Facts facts, ContainerIndex index, Duration remembered) {
    this.facts = facts;
    this.index = index;
    this.remembered = remembered;
  }

  /** Begins to follow facts. */
  void open(Remover how) {
    remover = how;
    facts.listen(FactKind.CONTAINER, this);
  }

  /** Nobody knows what came of that call. */
  void add(String creation) {
    long now = System.nanoTime();
    calls.values().removeIf(until -> now - until >= 0);
    calls.put(creation, now + remembered.toNanos());
    facts.of(FactKind.CONTAINER).stream()
        .filter(fact -> index.of(fact.owner()).creations().contains(creation))
        .forEach(this::check);
  }

  @Override
  public void onFact(Fact fact, Optional<Fact> before) {
    if (!calls.isEmpty()) {
      check(fact);
    }
  }

  @Override
  public void onGone(Fact fact, boolean lost) {}

  private void check(Fact fact) {
    KnownContainer container = KnownContainer.of(fact.value());
    boolean isToGo =
        container.status().state().equals("created") && calls.remove(container.creation()) != null;
    if (isToGo) {
      Thread.ofVirtual().name("remove doubtful").start(() -> remove(fact.owner(), container.id()));
    }
  }

  private void remove(String node, String id) {
    try {
      Optional<EngineResponse> answer =
          remover.call(node, EngineRequest.delete(REMOVING, "containers", id).query("v", 1));
      LOG.warn(
          "container nobody was told of removed",
          "node",
          node,
          "id",
          id,
          "status",
          answer.map(EngineResponse::status).orElse(0));
    } catch (Failure e) {
      LOG.warn(
          "container nobody was told of left", "node", node, "id", id, "reason", e.getMessage());
    }
  }
}
