package io.dockherd.fleet;

import io.dockherd.engine.EngineStream;
import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.images.Feed;
import io.dockherd.fleet.images.ImageIndex;
import io.dockherd.fleet.images.KnownImage;
import io.dockherd.fleet.images.Reference;
import io.dockherd.fleet.images.Vigil;
import io.dockherd.fleet.watch.EngineWatch;
import io.dockherd.fleet.watch.Touched;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Brings images from the other nodes' engines to this node's, without a registry. Whoever wants one
 * that is on its way waits for that; it goes on when they have given up, so that the next finds it
 * there.
 */
final class PeerImages {
  private static final Log LOG = Log.of(PeerImages.class);

  /** Each is a stream through two engines' disks: more at once are slower, not faster. */
  private static final int AT_ONCE = 2;

  private final String self;
  private final Hosts hosts;
  private final Absent absent;
  private final ImageIndex index;
  private final EngineWatch watch;
  private final PeerImage transfer;
  private final Duration limit;
  private final Semaphore places = new Semaphore(AT_ONCE, true);
  private final Map<String, Fetching> underWay = new ConcurrentHashMap<>();

  /**
   * @param limit for one image
   */
  PeerImages(
      String self,
      Hosts hosts,
      Absent absent,
      ImageIndex index,
      EngineWatch watch,
      PeerImage transfer,
      Duration limit) {
    this.self = self;
    this.hosts = hosts;
    this.absent = absent;
    this.index = index;
    this.watch = watch;
    this.transfer = transfer;
    this.limit = limit;
  }

  /**
   * The nodes' images that reference means and that can be had: of several of one name the newest
   * only, on whichever other nodes have it. A name with a digest can't: only a registry knows it.
   */
  List<KnownImage> elsewhere(String reference) {
    if (Reference.find(reference).map(Reference::isDigested).orElse(false)) {
      return List.of();
    }
    List<KnownImage> found = new ArrayList<>(index.find(reference));
    found.removeIf(image -> image.node().equals(self) || absent.engine(image.node()).isPresent());
    List<KnownImage> newest = new ArrayList<>();
    for (KnownImage image : found) {
      if (image.id().equals(found.getFirst().id())) {
        newest.add(image);
      }
    }
    // So that fifty nodes that lack it don't all ask the same one.
    Collections.shuffle(newest);
    return newest;
  }

  /** Whether some node that can be reached, this one too, has an image of that name or id. */
  boolean isAnywhere(String reference) {
    try {
      return index.find(reference).stream()
          .anyMatch(image -> absent.engine(image.node()).isEmpty());
    } catch (Ambiguous e) {
      return false;
    }
  }

  /** Begins to fetch it, or joins in; empty when no other node has it. */
  Optional<Fetching> fetch(String reference) {
    if (elsewhere(reference).isEmpty()) {
      return Optional.ofNullable(underWay.get(reference));
    }
    return Optional.of(underWay.computeIfAbsent(reference, this::begin));
  }

  /**
   * As {@link PeerFetch}: its progress as an engine's answer.
   *
   * @throws NotFound when no other node has it
   */
  EngineStream stream(String reference) {
    Fetching fetching =
        fetch(reference)
            .orElseThrow(
                () ->
                    new NotFound(
                        reference, "no node that can be reached has the image " + reference, ""));
    Feed feed = new Feed();
    fetching.listen(feed::offer);
    Thread.ofVirtual().name("fetch told").start(() -> feed.endAfter(() -> tellEnd(fetching, feed)));
    return feed.stream();
  }

  private void tellEnd(Fetching fetching, Feed feed) {
    try {
      feed.write(new JsonObject().put("status", fetching.await(TimeLeft.of(limit))));
    } catch (RuntimeException e) {
      feed.write(Feed.error(e.getMessage()));
    }
  }

  private Fetching begin(String reference) {
    Fetching fetching = new Fetching(reference);
    Thread.ofVirtual().name("fetch " + reference).start(() -> finish(fetching));
    return fetching;
  }

  private void finish(Fetching fetching) {
    String reference = fetching.reference();
    try {
      places.acquire();
      try {
        String words = bring(fetching);
        watch.refresh(Touched.anyImage());
        LOG.info("image fetched", "image", reference, "how", words);
        underWay.remove(reference);
        fetching.succeed(words);
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      underWay.remove(reference);
      fetching.fail(new TimedOut(reference, "interrupted while fetching " + reference, "", e));
    } catch (RuntimeException e) {
      underWay.remove(reference);
      LOG.warn("image not fetched", "image", reference, "reason", e.getMessage());
      fetching.fail(e);
    }
  }

  /** From the first node that can give it. */
  private String bring(Fetching fetching) {
    List<String> troubles = new ArrayList<>();
    for (KnownImage image : elsewhere(fetching.reference())) {
      try {
        return bring(fetching, image);
      } catch (Failure e) {
        troubles.add(image.node() + ": " + e.getMessage());
      }
    }
    throw new Unreachable(
        fetching.reference(),
        "the image "
            + fetching.reference()
            + " could not be fetched from another node: "
            + (troubles.isEmpty() ? "none has it any more" : String.join("; ", troubles)),
        "");
  }

  private String bring(Fetching fetching, KnownImage image) {
    Host peer = hosts.named(image.node());
    Vigil vigil =
        new Vigil(() -> absent.engine(image.node()).or(() -> absent.engine(self)), Vigil.PATIENCE);
    try (vigil) {
      return transfer.bring(peer, image, fetching);
    } catch (Failure e) {
      throw vigil.reason().isEmpty()
          ? e
          : new Unreachable(image.node(), "it went out of reach: " + vigil.reason().get(), "");
    }
  }
}
