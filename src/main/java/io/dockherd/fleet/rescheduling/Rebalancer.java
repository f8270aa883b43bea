package io.dockherd.fleet.rescheduling;

import io.dockherd.engine.EngineRequest;
import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.fleet.ContainerFact;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.NameClaim;
import io.dockherd.fleet.requests.CreateRequest;
import io.dockherd.fleet.requests.SwarmLabel;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.Recreation;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Moves running containers from full nodes to emptier ones: those with the policy {@code
 * on-node-failure}, whose owners have said that they may be made anew elsewhere, and which have
 * nothing of their own where they are, no volume, no bind, no other container.
 *
 * <p>The new one runs, and is healthy if it can tell, before the old one stops; until then it has a
 * name of its own, {@code web-moving-4f1d07aa}. A move that fails leaves the old one as it was.
 */
public final class Rebalancer {
  private static final Log LOG = Log.of(Rebalancer.class);
  private static final Duration CALL = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(250);

  /** One that runs so long did not fail at its first step. */
  private static final Duration STEADY = Duration.ofSeconds(1);

  /** The longest grace containers have to stop that is waited for. */
  private static final Duration STOP = Duration.ofMinutes(5);

  private static final int SHORT_ID = 8;

  private final Fleet fleet;
  private final Facts facts;
  private final StandIn standIn;

  /** For that fleet. */
  public Rebalancer(Fleet fleet, Facts facts) {
    this.fleet = fleet;
    this.facts = facts;
    this.standIn = new StandIn(fleet);
  }

  /**
   * What should move now; it takes no network.
   *
   * @param most at most so many
   * @param except ids of containers that stay
   */
  public List<Move> plan(int most, Set<String> except) {
    Map<String, Integer> running = new TreeMap<>();
    fleet.hosts().forEach(host -> running.put(host.node(), 0));
    List<Balance.Movable> movable = new ArrayList<>();
    for (ContainerFact fact : fleet.containers()) {
      if ("running".equals(fact.summary().getString("State"))) {
        running.merge(fact.node(), 1, Integer::sum);
        if (!except.contains(fact.id()) && isMovable(fact)) {
          movable.add(new Balance.Movable(fact.id(), fact.names().getFirst(), fact.node()));
        }
      }
    }
    return new Balance(running, movable, this::takers).plan(most);
  }

  private boolean isMovable(ContainerFact fact) {
    return recreation(fact.node(), fact.id())
        .filter(known -> Belongings.areNone(known.document(), fact.summary()))
        .isPresent();
  }

  private List<String> takers(Balance.Movable one) {
    return recreation(one.node(), one.id())
        .map(known -> fleet.rank(request(known.name(), known.document(), one.id()).demand()))
        .map(placement -> placement.nodes())
        .orElse(List.of());
  }

  private Optional<Recreation> recreation(String node, String id) {
    return facts.find(FactKind.RECREATION, node, id).map(fact -> Recreation.read(fact.json()));
  }

  private static CreateRequest request(String name, JsonObject document, String id) {
    JsonObject labels = document.getJsonObject("Labels", new JsonObject());
    return CreateRequest.read(name, document, "", false, labels.getString(SwarmLabel.ID, id));
  }

  /**
   * Does one move.
   *
   * @param limit for the new one to run and to be healthy
   * @return the new one's id
   * @throws Failure when it did not succeed; what the message does not say is as it was
   */
  public String move(Move move, Duration limit) {
    Displaced displaced = displaced(move);
    String interim = move.name() + "-moving-" + move.id().substring(0, SHORT_ID);
    String id = standIn.makeOn(move.to(), displaced, interim);
    Host from = fleet.host(move.from());
    try {
      standIn.bringUp(displaced, move.to(), id);
      awaitSteady(move, id, limit);
    } catch (RuntimeException e) {
      giveUp(move, id);
      throw e;
    }
    stop(move, from, id);
    StandIn.remove(from, move.id());
    rename(move, id, interim);
    LOG.info(
        "container moved", "name", move.name(), "from", move.from(), "to", move.to(), "id", id);
    return id;
  }

  private Displaced displaced(Move move) {
    Recreation recreation =
        recreation(move.from(), move.id())
            .orElseThrow(() -> new NotFound(move.name(), move.name() + " is no longer there", ""));
    JsonObject labels = recreation.document().getJsonObject("Labels", new JsonObject());
    Set<String> names = recreation.networkNames();
    List<JsonObject> networks =
        facts.of(FactKind.NETWORK, move.from()).stream()
            .map(Fact::json)
            .filter(network -> names.contains(network.getString("Name", "")))
            .toList();
    return new Displaced(
        move.from(),
        move.id(),
        labels.getString(SwarmLabel.ID, move.id()),
        true,
        recreation,
        networks,
        "",
        "");
  }

  private void awaitSteady(Move move, String id, Duration limit) {
    Host host = fleet.host(move.to());
    long start = System.nanoTime();
    while (System.nanoTime() - start < limit.toNanos()) {
      JsonObject state =
          StandIn.inspect(host, id)
              .map(inspected -> inspected.getJsonObject("State", new JsonObject()))
              .orElseGet(JsonObject::new);
      if (!state.getBoolean("Running", false)) {
        throw new Refused(
            move.name(),
            "made anew on " + move.to() + " it ended at once, with " + state.getValue("ExitCode"),
            "see why with docker logs; the one on " + move.from() + " runs on");
      }
      JsonObject health = state.getJsonObject("Health");
      boolean isSteady = System.nanoTime() - start >= STEADY.toNanos();
      if (health == null ? isSteady : "healthy".equals(health.getString("Status"))) {
        return;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    throw new TimedOut(
        move.name(),
        "made anew on " + move.to() + " it was not healthy within " + limit.toSeconds() + " s",
        "the one on " + move.from() + " runs on");
  }

  private void stop(Move move, Host from, String id) {
    try {
      StandIn.check(from.call(EngineRequest.post(STOP, "containers", move.id(), "stop")));
    } catch (RuntimeException e) {
      throw new Refused(
          move.name(),
          "it runs on "
              + move.to()
              + " as "
              + id
              + ", but the one on "
              + move.from()
              + " does not stop: "
              + e.getMessage(),
          "remove one of the two");
    }
  }

  private void giveUp(Move move, String id) {
    try {
      StandIn.remove(fleet.host(move.to()), id);
    } catch (RuntimeException e) {
      LOG.warn(
          "what was made for a move that failed is left over",
          "node",
          move.to(),
          "id",
          id,
          "reason",
          e);
    }
  }

  private void rename(Move move, String id, String interim) {
    try (NameClaim claim = fleet.claimName(move.name(), CALL)) {
      StandIn.check(
          fleet
              .host(move.to())
              .call(
                  EngineRequest.post(CALL, "containers", id, "rename").query("name", move.name())));
      claim.taken();
    } catch (RuntimeException e) {
      throw new Refused(
          move.name(),
          "it moved to " + move.to() + " but is called " + interim + " there: " + e.getMessage(),
          "rename it");
    }
  }
}
