package io.dockherd.apps.pods;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.images.Messages;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Builds images at this node's engine, with its classic builder: no other has to be there. */
final class EngineBuilds implements ImageBuilds {
  private static final int LONGEST_PROBLEM = 64 << 10;
  private static final Duration OPENING = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Fleet fleet;

  EngineBuilds(Vertx vertx, Fleet fleet) {
    this.vertx = vertx;
    this.fleet = fleet;
  }

  @Override
  public void build(InstanceKey key, Draft.ImageBuild build, Duration limit) {
    String dockerfile = build.query().getOrDefault("dockerfile", "Dockerfile");
    if (!Files.isDirectory(build.context(), LinkOption.NOFOLLOW_LINKS)) {
      throw new Refused(
          build.image(),
          "the image " + build.image() + " can't be built: there is no folder to build it of",
          "");
    }
    Path tar = null;
    try {
      tar = Files.createTempFile("dockherd-build-", ".tar");
      new BuildContext(build.context(), dockerfile).pack(tar);
      send(key, build, tar, limit);
    } catch (IOException e) {
      throw new Refused(
          build.image(), "the image " + build.image() + " can't be built: " + e, "", e);
    } finally {
      delete(tar);
    }
  }

  private static void delete(Path tar) {
    try {
      if (tar != null) {
        Files.delete(tar);
      }
    } catch (IOException e) {
      // A temporary file of the machine's, which the machine clears away as well.
      tar.toFile().deleteOnExit();
    }
  }

  private void send(InstanceKey key, Draft.ImageBuild build, Path tar, Duration limit) {
    EngineRequest request =
        EngineRequest.post(limit, "build")
            .query("t", build.image())
            .query("rm", 1)
            .query("forcerm", 1)
            .query("labels", labels(key, build).encode());
    for (Map.Entry<String, String> parameter : build.query().entrySet()) {
      if (!parameter.getKey().equals("labels")) {
        request = request.query(parameter.getKey(), parameter.getValue());
      }
    }
    AsyncFile file = open(tar);
    try (EngineStream stream =
        fleet.local().stream(
            request.body(new EngineRequest.Body.Stream("application/x-tar", file)))) {
      Messages messages = new Messages(stream.body(), fleet.local().node());
      if (stream.status() >= 300) {
        throw refusal(build, messages.text(LONGEST_PROBLEM, limit));
      }
      long until = System.nanoTime() + limit.toNanos();
      Optional<JsonObject> message = messages.next(limit);
      while (message.isPresent()) {
        if (message.get().getValue("error") instanceof String error) {
          throw refusal(build, error);
        }
        message = messages.next(Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime())));
      }
    } finally {
      file.close();
    }
  }

  /** Its own, and those by which it is found when its instance goes. */
  private JsonObject labels(InstanceKey key, Draft.ImageBuild build) {
    return new JsonObject(build.query().getOrDefault("labels", "{}"))
        .mergeIn(BuiltImage.labels(fleet.herd(), key, build.image()));
  }

  private AsyncFile open(Path tar) {
    try {
      AsyncFile file =
          vertx
              .fileSystem()
              .open(tar.toString(), new OpenOptions().setWrite(false).setCreate(false))
              .toCompletionStage()
              .toCompletableFuture()
              .get(OPENING.toMillis(), TimeUnit.MILLISECONDS);
      file.pause();
      return file;
    } catch (ExecutionException | TimeoutException e) {
      throw new Refused(tar.toString(), "what was packed can't be read: " + e, "", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(tar.toString(), "interrupted before the build", "", e);
    }
  }

  private static Refused refusal(Draft.ImageBuild build, String why) {
    return new Refused(
        build.image(), "the image " + build.image() + " can't be built: " + why.strip(), "");
  }
}
