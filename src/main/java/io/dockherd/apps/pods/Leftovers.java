package io.dockherd.apps.pods;

import io.dockherd.apps.artifacts.InstanceFolders;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.requests.Fields;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Compares what is at the engine with the instances this node knows: at the start, when the engine
 * is back, and every now and then. What belongs to none is handed over where its configuration is
 * known, and removed after a grace where it is not; networks, folders and images that were built
 * for one, which nobody uses any more, likewise. Nothing is touched that does not bear the herd's
 * label.
 */
final class Leftovers implements AutoCloseable {
  private static final Log LOG = Log.of(Leftovers.class);

  private final Workshop shop;
  private final Revisions revisions;
  private final Adopter adopter;
  private final Supplier<Set<InstanceKey>> instances;
  private final Bell bell = new Bell();
  private final Map<String, Long> since = new HashMap<>();

  /** Takes over what was found. */
  interface Adopter {
    /** False when it is not to be taken over. */
    boolean adopt(InstanceKey key, Revision revision, long stagedMillis);
  }

  /** What was found of one instance. */
  private record Found(RevisionId revision, String document, long createdMillis) {
    Found and(Found other) {
      return new Found(
          revision,
          document.isEmpty() ? other.document : document,
          Math.min(createdMillis, other.createdMillis));
    }
  }

  /**
   * @param instances those this node knows
   */
  Leftovers(
      Workshop shop, Revisions revisions, Adopter adopter, Supplier<Set<InstanceKey>> instances) {
    this.shop = shop;
    this.revisions = revisions;
    this.adopter = adopter;
    this.instances = instances;
  }

  /** Begins; returns at once. */
  void start() {
    Thread.ofVirtual().name("leftovers").start(this::keepLooking);
  }

  /** Looks at once. */
  void ring() {
    bell.ring();
  }

  private void keepLooking() {
    try {
      while (true) {
        try {
          look();
        } catch (Failure e) {
          LOG.debug("leftovers not looked for", "reason", e.getMessage());
        } catch (RuntimeException e) {
          LOG.error("looking for leftovers broke", e);
        }
        bell.await(shop.settings().look());
      }
    } catch (Bell.Left e) {
      LOG.debug("leftovers no longer looked for");
    }
  }

  private void look() {
    Set<String> seen = new HashSet<>();
    Map<InstanceKey, Found> unknown = unknown();
    unknown.forEach(
        (key, found) -> {
          Optional<Revision> revision =
              revisions.find(key.path(), found.revision(), found.document());
          boolean isTaken =
              revision.map(its -> adopter.adopt(key, its, found.createdMillis())).orElse(false);
          if (!isTaken && isOverdue(key.toString(), seen)) {
            remove(key);
          }
        });
    clearNetworks(seen);
    clearImages(seen);
    clearFolders(seen);
    since.keySet().retainAll(seen);
  }

  private Map<InstanceKey, Found> unknown() {
    Set<InstanceKey> known = instances.get();
    Map<InstanceKey, Found> unknown = new LinkedHashMap<>();
    for (JsonObject container : shop.engine().containers()) {
      JsonObject labels = Fields.object(container, "Labels");
      PodLabels.of(shop.fleet().herd(), container)
          .filter(its -> !known.contains(new InstanceKey(its.path(), its.instance())))
          .ifPresent(
              its ->
                  unknown.merge(
                      new InstanceKey(its.path(), its.instance()),
                      new Found(
                          its.revision(),
                          Fields.text(labels, PodLabels.DOCUMENT),
                          container.getLong("Created", 0L) * 1000),
                      Found::and));
    }
    return unknown;
  }

  /** Whether it has been there for the whole grace. */
  private boolean isOverdue(String what, Set<String> seen) {
    seen.add(what);
    long now = System.nanoTime();
    long first = since.computeIfAbsent(what, unseen -> now);
    return now - first >= shop.settings().leftoverGrace().toNanos();
  }

  private void remove(InstanceKey key) {
    for (JsonObject container : shop.engine().containersOf(key.path(), key.id())) {
      shop.engine().remove(container.getString("Id"));
    }
    shop.engine()
        .volumesOf(key.path(), key.id())
        .forEach(volume -> shop.engine().removeVolume(volume));
    shop.cgroups().remove(key);
    LOG.warn("containers of an instance nobody knows removed", "instance", key);
  }

  /** A container that is yet to start needs its network too. */
  private void clearNetworks(Set<String> seen) {
    List<JsonObject> networks = shop.engine().networks();
    if (networks.isEmpty()) {
      return;
    }
    Set<String> used = new HashSet<>();
    for (JsonObject container : shop.engine().everyContainer()) {
      used.addAll(
          Fields.object(Fields.object(container, "NetworkSettings"), "Networks").fieldNames());
    }
    for (JsonObject network : networks) {
      String name = network.getString("Name");
      if (!used.contains(name) && isOverdue("network " + name, seen)) {
        shop.engine().removeNetwork(network.getString("Id"));
        LOG.info("network nobody is on removed", "network", name);
      }
    }
  }

  private void clearImages(Set<String> seen) {
    Set<InstanceKey> known = instances.get();
    for (BuiltImage image : shop.engine().builtImages()) {
      if (!known.contains(image.key()) && isOverdue("image " + image.reference(), seen)) {
        shop.engine().removeImage(image);
        LOG.info("image of no instance removed", "image", image.reference());
      }
    }
  }

  private void clearFolders(Set<String> seen) {
    Set<String> used = new HashSet<>();
    instances.get().forEach(key -> used.add(InstanceFolders.name(key.path(), key.id())));
    for (JsonObject container : shop.engine().containers()) {
      PodLabels.of(shop.fleet().herd(), container)
          .ifPresent(its -> used.add(InstanceFolders.name(its.path(), its.instance())));
    }
    for (String name : shop.folders().names()) {
      if (!used.contains(name) && isOverdue("folder " + name, seen)) {
        shop.folders().remove(name);
        LOG.info("folder of no instance removed", "folder", name);
      }
    }
  }

  @Override
  public void close() {
    bell.close();
  }
}
