package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.Fleet;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.util.function.Supplier;

/** Has the images of a pod at this node's engine before its containers are made. */
final class Images {
  private static final Log LOG = Log.of(Images.class);

  private final Fleet fleet;
  private final PodEngine engine;
  private final int tries;
  private final Duration pause;

  /**
   * @param tries how often an image is asked for before that has failed
   * @param pause between two tries
   */
  Images(Fleet fleet, PodEngine engine, int tries, Duration pause) {
    this.fleet = fleet;
    this.engine = engine;
    this.tries = tries;
    this.pause = pause;
  }

  /**
   * As the container's pull policy says; waits.
   *
   * @param limit what is left of the time for all tries
   * @throws NotFound when it can't be had
   */
  void have(ContainerSpec container, Bell bell, Supplier<Duration> limit) {
    String image = container.image();
    switch (container.pull()) {
      case NEVER -> {
        if (!engine.hasImage(image)) {
          throw new NotFound(
              image,
              "the image "
                  + image
                  + " is not at "
                  + fleet.local().node()
                  + ", and is never to be pulled",
              "load it there, or allow it to be pulled");
        }
      }
      case MISSING -> {
        if (!engine.hasImage(image)) {
          fetch(image, bell, limit);
        }
      }
      case ALWAYS -> renew(image, bell, limit);
    }
  }

  /** A registry that does not answer must not keep an app from running that has all it needs. */
  private void renew(String image, Bell bell, Supplier<Duration> limit) {
    try {
      bell.interruptibly(() -> fleet.fetchImage(image, true, limit.get()));
    } catch (Failure e) {
      if (engine.hasImage(image)) {
        LOG.warn("image not renewed: what is there is run", "image", image, "reason", e);
      } else {
        fetch(image, bell, limit);
      }
    }
  }

  private void fetch(String image, Bell bell, Supplier<Duration> limit) {
    for (int tried = 1; ; tried++) {
      try {
        bell.interruptibly(() -> fleet.fetchImage(image, false, limit.get()));
        return;
      } catch (Failure e) {
        if (tried >= tries) {
          throw e;
        }
        LOG.warn("image not fetched: another try", "image", image, "reason", e);
        bell.sleep(pause);
      }
    }
  }
}
