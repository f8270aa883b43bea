package io.dockherd.fleet;

import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.images.Reference;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches images for one engine, from another node that has them or from a registry: whoever wants
 * an image that is being fetched waits for that. A pull goes on when its waiters have given up, so
 * that the next finds the image there.
 */
final class Pulls {
  private static final Log LOG = Log.of(Pulls.class);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

  private final String node;
  private final Engine engine;
  private final PeerImages peers;
  private final Duration limit;
  private final Map<Wanted, CompletableFuture<Optional<EngineResponse>>> underWay =
      new ConcurrentHashMap<>();

  /** Whoever comes with other credentials must not get the registry's answer to these. */
  private record Wanted(
      String image, boolean isRenewed, boolean mayAskRegistry, String registryAuth) {}

  /**
   * @param peers asked before any registry
   * @param limit for one pull
   */
  Pulls(String node, Engine engine, PeerImages peers, Duration limit) {
    this.node = node;
    this.engine = engine;
    this.peers = peers;
    this.limit = limit;
  }

  /**
   * Waits until the image is there.
   *
   * @param mayAskRegistry whether a registry is asked when no other node can give it
   * @param registryAuth the {@code X-Registry-Auth} to fetch it with; "" for none
   * @return the engine's answer when it could not be fetched; empty when it is there
   * @throws TimedOut when the time is over first
   * @throws Unreachable when the engine goes
   */
  Optional<EngineResponse> pull(
      String image, boolean mayAskRegistry, String registryAuth, TimeLeft left) {
    return await(new Wanted(image, false, mayAskRegistry, registryAuth), left);
  }

  /**
   * Asks the registry whether it has a newer one, and waits until that is there.
   *
   * @return as {@link #pull}
   */
  Optional<EngineResponse> renew(String image, TimeLeft left) {
    return await(new Wanted(image, true, true, ""), left);
  }

  private Optional<EngineResponse> await(Wanted wanted, TimeLeft left) {
    String image = wanted.image();
    CompletableFuture<Optional<EngineResponse>> pull =
        underWay.computeIfAbsent(wanted, this::begin);
    try {
      return pull.get(left.get().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new TimedOut(
          node,
          "node " + node + " has not finished pulling " + image + " in time",
          "it goes on pulling; ask again later or allow more time");
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(node, "interrupted while pulling " + image, "", e);
    }
  }

  private CompletableFuture<Optional<EngineResponse>> begin(Wanted wanted) {
    CompletableFuture<Optional<EngineResponse>> result = new CompletableFuture<>();
    Thread.ofVirtual().name("pull " + wanted.image()).start(() -> finish(wanted, result));
    return result;
  }

  private void finish(Wanted wanted, CompletableFuture<Optional<EngineResponse>> result) {
    String image = wanted.image();
    LOG.info("image pull begun", "image", image);
    try {
      Optional<EngineResponse> problem = fetch(wanted);
      underWay.remove(wanted);
      problem.ifPresentOrElse(
          answer -> LOG.warn("image pull failed", "image", image, "reason", answer.message()),
          () -> LOG.info("image pulled", "image", image));
      result.complete(problem);
    } catch (Failure e) {
      underWay.remove(wanted);
      LOG.warn("image pull failed", "image", image, "reason", e.getMessage());
      result.completeExceptionally(HostFailure.ofEngine(node, e));
    } catch (RuntimeException e) {
      underWay.remove(wanted);
      LOG.error("image pull failed", e, "image", image);
      result.completeExceptionally(e);
    }
  }

  /** From another node that has it; else from a registry. */
  private Optional<EngineResponse> fetch(Wanted wanted) {
    Optional<Fetching> fetching =
        wanted.isRenewed() ? Optional.empty() : peers.fetch(wanted.image());
    if (fetching.isPresent()) {
      try {
        fetching.get().await(TimeLeft.of(limit));
        return Optional.empty();
      } catch (Failure e) {
        if (!wanted.mayAskRegistry()) {
          throw e;
        }
        LOG.warn("image not fetched from a node", "image", wanted.image(), "reason", e);
      }
    }
    return wanted.mayAskRegistry()
        ? pull(Reference.parse(wanted.image()).orLatest(), wanted.registryAuth())
        : Optional.of(
            said(
                "No such image: "
                    + Reference.find(wanted.image())
                        .map(Reference::listed)
                        .orElse(wanted.image())));
  }

  /**
   * @param image with the tag or the digest it is asked for by: without a tag an engine would pull
   *     all of them
   */
  private Optional<EngineResponse> pull(Reference image, String registryAuth) {
    EngineRequest plain =
        EngineRequest.post(limit, "images", "create")
            .query("fromImage", image.isDigested() ? image.listed() : image.name());
    EngineRequest request =
        registryAuth.isEmpty() ? plain : plain.header("X-Registry-Auth", registryAuth);
    TimeLeft left = TimeLeft.of(limit);
    try (EngineStream stream =
        engine.stream(image.isDigested() ? request : request.query("tag", image.tag()))) {
      PullProgress progress = new PullProgress();
      StringBuffer text = new StringBuffer();
      CompletableFuture<Void> end = new CompletableFuture<>();
      stream.body().exceptionHandler(end::completeExceptionally);
      stream.body().endHandler(done -> end.complete(null));
      stream
          .body()
          .handler(
              chunk -> {
                progress.read(chunk);
                if (stream.status() >= 300) {
                  text.append(chunk);
                }
              });
      stream.body().resume();
      await(image, end, progress, left);
      if (stream.status() >= 300) {
        return Optional.of(
            new EngineResponse(
                stream.status(),
                stream.headers(),
                io.vertx.core.buffer.Buffer.buffer(text.toString())));
      }
      return progress.error().isEmpty() ? Optional.empty() : Optional.of(said(progress.error()));
    }
  }

  private void await(
      Reference image, CompletableFuture<Void> end, PullProgress progress, TimeLeft left) {
    while (!left.isOver()) {
      try {
        end.get(PROGRESS_EVERY.toNanos(), TimeUnit.NANOSECONDS);
        return;
      } catch (TimeoutException e) {
        LOG.info("image pulling", "image", image, "progress", progress.words());
      } catch (ExecutionException e) {
        throw new Unreachable(
            node, "the pull of " + image + " broke off: " + e.getCause().getMessage(), "", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TimedOut(node, "interrupted while pulling " + image, "", e);
      }
    }
    throw new TimedOut(node, "pulling " + image + " took longer than " + limit, "");
  }

  /** The engine's own words in the form it gives other errors. */
  private static EngineResponse said(String error) {
    return new EngineResponse(
        404,
        List.of(new EngineResponse.Header("Content-Type", "application/json")),
        new JsonObject().put("message", error).toBuffer());
  }
}
