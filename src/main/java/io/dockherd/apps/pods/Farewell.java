package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Hook;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.PodSource;
import io.dockherd.apps.model.Revision;
import io.dockherd.failure.Failure;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.requests.Fields;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The end of an instance: it is told first, and goes on for as long as its app says, so that nobody
 * sends it work any more; then its containers end, those last that others need; then all of it is
 * removed. An engine that does not answer is asked until it does. What is there is found by labels,
 * so that nothing is missed that a cut-off call has made after all.
 */
final class Farewell {
  private static final Log LOG = Log.of(Farewell.class);
  private static final Duration HOOK = Duration.ofMinutes(1);
  private static final Duration USUAL_GRACE = Duration.ofSeconds(10);

  private final Workshop shop;
  private final InstanceKey key;
  private final Telling telling;
  private final Bell bell;
  private final Duration drain;
  private final Set<String> hooked = new HashSet<>();
  private volatile List<ContainerSpec> containers;

  private final boolean mayHaveBuilt;

  Farewell(Workshop shop, InstanceKey key, Revision revision, Telling telling, Bell bell) {
    this.shop = shop;
    this.key = key;
    this.telling = telling;
    this.bell = bell;
    this.drain = revision.config().drain();
    this.mayHaveBuilt = revision.config().pod().source() instanceof PodSource.ComposeFiles;
    this.containers = revision.config().pod().source().known();
  }

  /** These are its containers: where they are written in files, that is known late. */
  void knows(List<ContainerSpec> all) {
    containers = List.copyOf(all);
  }

  /** Stops it gracefully and clears it away. */
  void run(String reason) {
    boolean hasWork = telling.now().phase() == Phase.RUNNING && telling.now().isHealthy();
    telling.in(Phase.STOPPING, reason);
    shop.settle();
    if (hasWork) {
      bell.pause(drain);
    }
    insist(this::stopAll);
    clear();
  }

  /** Clears away what has ended. */
  void clear() {
    insist(this::removeAll);
    shop.ports().release(key.toString());
    shop.folders().remove(key.path(), key.id());
    telling.retract();
    LOG.info("instance gone", "instance", key);
  }

  /** What still runs of an instance that has ended is stopped; what can't be is left to others. */
  void quiet() {
    try {
      stopAll();
    } catch (Failure e) {
      LOG.warn("containers left running", "instance", key, "reason", e.getMessage());
    }
  }

  private void insist(Runnable work) {
    while (true) {
      try {
        work.run();
        return;
      } catch (Bell.Left e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.warn("instance does not end yet", "instance", key, "reason", e.getMessage());
        telling.say(String.valueOf(e.getMessage()));
        bell.pause(shop.settings().retry());
      }
    }
  }

  private void stopAll() {
    Map<String, String> names = telling.now().containers();
    List<JsonObject> running =
        containers().stream()
            .filter(container -> !Set.of("exited", "created", "dead").contains(state(container)))
            .toList();
    for (String name : backwards(names)) {
      for (JsonObject container : running) {
        if (name.equals(name(container))) {
          stop(container, spec(name));
        }
      }
    }
    for (JsonObject container : running) {
      if (!names.containsKey(name(container))) {
        stop(container, spec(name(container)));
      }
    }
  }

  private List<JsonObject> containers() {
    return shop.engine().containersOf(key.path(), key.id(), telling.now().containers().values());
  }

  private static List<String> backwards(Map<String, String> names) {
    // They were told in the order they were made in.
    return new ArrayList<>(names.keySet()).reversed();
  }

  private static String state(JsonObject container) {
    return Fields.text(container, "State");
  }

  private static String name(JsonObject container) {
    return Fields.text(Fields.object(container, "Labels"), PodLabels.CONTAINER);
  }

  private Optional<ContainerSpec> spec(String name) {
    return containers.stream().filter(container -> container.name().equals(name)).findFirst();
  }

  private void stop(JsonObject container, Optional<ContainerSpec> spec) {
    String id = container.getString("Id");
    if (hooked.add(id)) {
      spec.ifPresent(known -> known.preStop().forEach(hook -> run(id, hook, known.name())));
    }
    shop.engine().stop(id, spec.map(ContainerSpec::stopAfter).orElse(USUAL_GRACE));
  }

  private void run(String id, Hook hook, String name) {
    try {
      Commands.Said said = shop.engine().commands().run(id, hook, HOOK);
      if (said.exitCode() != 0) {
        LOG.warn(
            "what is run before a stop failed",
            "instance",
            key,
            "container",
            name,
            "code",
            said.exitCode(),
            "output",
            said.output());
      }
    } catch (Failure e) {
      LOG.warn("what is run before a stop failed", "instance", key, "container", name, "reason", e);
    }
  }

  private void removeAll() {
    for (JsonObject container : containers().reversed()) {
      try {
        shop.engine().remove(container.getString("Id"));
      } catch (NotFound e) {
        LOG.debug("container removed by another", "instance", key);
      }
    }
    shop.engine()
        .volumesOf(key.path(), key.id())
        .forEach(volume -> shop.engine().removeVolume(volume));
    shop.engine()
        .networksOf(key.path(), key.id())
        .forEach(network -> shop.engine().removeNetwork(network.getString("Id")));
    if (mayHaveBuilt) {
      shop.engine().builtImages().stream()
          .filter(image -> image.key().equals(key))
          .forEach(shop.engine()::removeImage);
    }
    shop.cgroups().remove(key);
  }
}
