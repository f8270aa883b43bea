package io.dockherd.fleet;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.networks.NetworkMaker;
import io.dockherd.fleet.requests.CoreShares;
import io.dockherd.fleet.requests.CreateRequest;
import io.dockherd.fleet.watch.EngineWatch;
import io.dockherd.fleet.watch.Touched;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Makes containers at this node's own engine, for this node or another that asks.
 *
 * <p>What is made after its caller's limit has passed is removed again: nobody would ever learn of
 * it.
 */
final class Maker {
  private static final Log LOG = Log.of(Maker.class);

  /** For clearing up after a call that came too late, when nobody waits any more. */
  private static final Duration CLEARING = Duration.ofSeconds(30);

  private final String node;
  private final Engine engine;
  private final EngineWatch watch;
  private final Pulls pulls;
  private final Doubtful doubtful;
  private final Workbench bench;
  private final IntSupplier cpus;
  private final NetworkMaker networks;

  /**
   * @param cpus how many the engine has
   */
  Maker(
      String node,
      Engine engine,
      EngineWatch watch,
      Pulls pulls,
      Doubtful doubtful,
      Workbench bench,
      IntSupplier cpus,
      NetworkMaker networks) {
    this.node = node;
    this.engine = engine;
    this.watch = watch;
    this.pulls = pulls;
    this.doubtful = doubtful;
    this.bench = bench;
    this.cpus = cpus;
    this.networks = networks;
  }

  /** Makes one; whatever goes wrong is the outcome. */
  Creation make(CreateCommand command) {
    TimeLeft left = TimeLeft.of(command.limit());
    try {
      checkEngine();
      bench.begin(command);
    } catch (Failure e) {
      return new Creation.Failed(node, e, List.of());
    }
    Creation outcome = carryOut(command, left);
    bench.end(command.creation(), outcome);
    return outcome;
  }

  private Creation carryOut(CreateCommand command, TimeLeft left) {
    try {
      EngineResponse response = create(command, left);
      if (isImageMissing(response) && command.pull()) {
        Optional<EngineResponse> problem =
            pulls.pull(command.image(), command.mayAskRegistry(), command.registryAuth(), left);
        response = problem.isPresent() ? problem.get() : create(command, left);
      }
      return outcome(command, response, left);
    } catch (RuntimeException e) {
      if (!(e instanceof Failure)) {
        LOG.error("creating broke", e, "node", node);
      }
      // Whatever it is, the bench must not count it for ever.
      return Creation.Failed.of(node, e);
    }
  }

  private void checkEngine() {
    if (!watch.isConnected()) {
      throw new Unreachable(
          node, "the engine of " + node + " does not answer", "see whether its daemon runs");
    }
  }

  private EngineResponse create(CreateCommand command, TimeLeft left) {
    JsonObject document = networks.ready(command.document(), left.get());
    EngineRequest request =
        EngineRequest.post(left.get(), "containers", "create")
            .json(CoreShares.of(document, cpus.getAsInt()));
    if (!command.name().isEmpty()) {
      request = request.query("name", command.name());
    }
    if (!command.platform().isEmpty()) {
      request = request.query("platform", command.platform());
    }
    try {
      return engine.call(request);
    } catch (TimedOut | Unreachable e) {
      // It may still do it, or have done it.
      doubtful.add(command.creation());
      throw HostFailure.ofEngine(node, e);
    }
  }

  private Creation outcome(CreateCommand command, EngineResponse response, TimeLeft left) {
    if (!response.isSuccess()) {
      return new Creation.Declined(node, response, List.of());
    }
    String id = id(response);
    if (left.isOver()) {
      remove(id);
      throw new TimedOut(
          node,
          "node " + node + " made the container only after the time limit, and removed it again",
          "allow more time");
    }
    watch.refresh(made(id, command.document()));
    LOG.debug("container created", "id", id, "image", command.image());
    return new Creation.Created(node, id, response, List.of());
  }

  /** A volume it names is made with it, and the next that names it must find it. */
  private static Touched made(String id, JsonObject document) {
    return new Touched(Set.of(id), false, CreateRequest.namesVolumes(document), false);
  }

  private String id(EngineResponse response) {
    return response
        .json()
        .filter(JsonObject.class::isInstance)
        .map(json -> ((JsonObject) json).getString("Id"))
        .orElseThrow(
            () -> new Refused(node, "the engine of " + node + " answered without an id", ""));
  }

  private void remove(String id) {
    EngineResponse removed =
        engine.call(EngineRequest.delete(CLEARING, "containers", id).query("v", 1));
    watch.refresh(Touched.container(id));
    LOG.warn("container made too late and removed", "id", id, "status", removed.status());
  }

  /** Whether it was not made for want of its image alone. */
  static boolean isImageMissing(Creation outcome) {
    return outcome instanceof Creation.Declined declined && isImageMissing(declined.response());
  }

  /** A 404 of a create can also be about a network or another container. */
  private static boolean isImageMissing(EngineResponse response) {
    return response.status() == 404 && response.message().contains("o such image");
  }
}
