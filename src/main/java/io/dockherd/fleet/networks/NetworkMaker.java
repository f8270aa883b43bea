package io.dockherd.fleet.networks;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.fleet.networks.KnownNetwork.Copy;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes networks of the herd at this node's own engine when something here needs them: an engine
 * knows only what it has itself.
 */
public final class NetworkMaker {
  private static final Log LOG = Log.of(NetworkMaker.class);

  private final String node;
  private final Engine engine;
  private final NetworkBook book;
  private final Runnable told;

  /** Engines give one name to two networks when they are asked twice: one at a time then. */
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param told waits until facts show the engine's networks as they are now
   */
  public NetworkMaker(String node, Engine engine, NetworkBook book, Runnable told) {
    this.node = node;
    this.engine = engine;
    this.book = book;
    this.told = told;
  }

  /**
   * The engine's id for a network of the herd, which is made here if it is not there yet.
   *
   * @throws NotFound when the herd has no such network
   * @throws Refused when the engine won't make it, in its words
   * @throws TimedOut when others are at it for too long
   */
  public String idHere(String reference, Duration limit) {
    lock(reference, limit);
    try {
      KnownNetwork network =
          book.ofTheHerd(reference)
              .orElseThrow(
                  () -> new NotFound(reference, "network " + reference + " not found", ""));
      Optional<Copy> here = network.on(node);
      return here.isPresent() ? here.get().id() : make(network, limit);
    } finally {
      lock.unlock();
    }
  }

  /** An engine that hangs over one network must not hold up whoever wants another for long. */
  private void lock(String reference, Duration limit) {
    try {
      if (!lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimedOut(
            node, "node " + node + " could not make the network " + reference + " in time", "");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(node, "interrupted while making the network " + reference, "", e);
    }
  }

  private String make(KnownNetwork network, Duration limit) {
    EngineResponse response =
        engine.call(
            EngineRequest.post(limit, "networks", "create").json(HerdNetwork.another(network)));
    if (!response.isSuccess()) {
      throw new Refused(
          node,
          "node " + node + " can't have the network " + network.name() + ": " + response.message(),
          "");
    }
    told.run();
    LOG.info("network made", "network", network.name(), "of", network.id());
    return response
        .json()
        .filter(JsonObject.class::isInstance)
        .map(json -> ((JsonObject) json).getString("Id"))
        .orElseThrow(
            () -> new Refused(node, "the engine of " + node + " answered without an id", ""));
  }

  /**
   * A container's create document for this engine: the networks of the herd it names are here, and
   * named as the engine knows them.
   */
  public JsonObject ready(JsonObject document, Duration limit) {
    JsonObject ready = document;
    for (String reference : NamedNetworks.of(document)) {
      Optional<KnownNetwork> network = book.ofTheHerd(reference);
      if (network.isPresent()) {
        String id = idHere(network.get().id(), limit);
        if (!reference.equals(network.get().name())) {
          ready = NamedNetworks.renamed(ready, reference, id);
        }
      }
    }
    return ready;
  }
}
