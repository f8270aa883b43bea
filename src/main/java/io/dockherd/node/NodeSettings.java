package io.dockherd.node;

import io.dockherd.apps.artifacts.ArtifactRules;
import io.dockherd.apps.artifacts.Network;
import io.dockherd.apps.pods.PodSettings;
import io.dockherd.doors.DoorLimits;
import io.dockherd.doors.Listener;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.fleet.FleetSettings;
import io.dockherd.fleet.watch.WatchSettings;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.links.DoorTls;
import io.dockherd.node.settings.DoorSettings;
import io.dockherd.node.settings.EngineSettings;
import io.dockherd.node.settings.HerdSettings;
import io.dockherd.node.settings.InstanceSettings;
import io.dockherd.node.settings.PlacementSettings;
import io.dockherd.scheduling.Strategy;
import io.vertx.core.http.HttpServerOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What each part of a node is told, out of the one table of settings. */
final class NodeSettings {
  private NodeSettings() {}

  static FleetSettings fleet(Settings settings) {
    return FleetSettings.defaults()
        .watching(
            WatchSettings.defaults()
                .sweepingEvery(settings.get(EngineSettings.TRACKING_SERVICE_INTERVAL)))
        .placing(placement(settings));
  }

  static io.dockherd.fleet.PlacementSettings placement(Settings settings) {
    return new io.dockherd.fleet.PlacementSettings(
        Strategy.named(settings.get(PlacementSettings.STRATEGY)),
        settings.get(PlacementSettings.FILTERS),
        settings.get(PlacementSettings.OVERCOMMIT));
  }

  /** Whether {@code --cpu-shares} counts cores, as in classic Swarm. */
  static boolean sharesAreCores(Settings settings) {
    return settings.get(PlacementSettings.CPU_SHARES).equals("cores");
  }

  static PodSettings pods(Settings settings) {
    List<Integer> ports = settings.get(InstanceSettings.APP_PORTS);
    PodSettings usual = PodSettings.defaults();
    return usual
        .choosing(new PodSettings.Ports(ports.getFirst(), ports.getLast()))
        .within(
            settings.get(InstanceSettings.APP_STAGING_TIMEOUT),
            settings.get(InstanceSettings.APP_START_TIMEOUT))
        .pulling(Math.max(1, settings.get(InstanceSettings.APP_PULL_TRIES)), usual.pullPause())
        .leaving(settings.get(InstanceSettings.APP_LEFTOVER_GRACE))
        .in(settings.dataDir());
  }

  static ArtifactRules artifacts(Settings settings) {
    ArtifactRules usual = ArtifactRules.defaults();
    return usual
        .by(Set.copyOf(settings.get(InstanceSettings.ARTIFACT_SCHEMES)))
        .allowing(
            settings.get(InstanceSettings.ARTIFACT_NETWORKS).stream().map(Network::of).toList())
        .upTo(
            settings.get(InstanceSettings.ARTIFACT_BYTES),
            settings.get(InstanceSettings.ARTIFACT_UNPACKED_BYTES),
            usual.mostEntries());
  }

  static ActionSettings actions(Settings settings) {
    return new ActionSettings(
        settings.get(HerdSettings.HERD),
        settings.get(DoorSettings.TASK_TIMEOUT),
        settings.get(DoorSettings.NEW_CONTAINER_TIMEOUT),
        settings.get(DoorSettings.PULL_TIMEOUT),
        settings.get(DoorSettings.ANNOUNCE_INTERVAL),
        settings.get(DoorSettings.ACTION_TIMEOUTS),
        settings.get(DoorSettings.MAX_INSTANCES),
        settings.get(DoorSettings.MAX_IN_WORK));
  }

  static DoorLimits doors(Settings settings) {
    return DoorLimits.DEFAULT
        .withBodyBytes(Math.toIntExact(settings.get(DoorSettings.MAX_REQUEST_BYTES)))
        .withCalls(settings.get(DoorSettings.MAX_IN_WORK));
  }

  /** What this node is called: a page from one of these may speak to it. */
  static Set<String> names(Settings settings) {
    Set<String> names = new LinkedHashSet<>(settings.get(DoorSettings.LISTEN));
    names.addAll(settings.get(DoorSettings.LISTEN_INSECURE));
    names.add(settings.address());
    names.add(settings.name());
    return names;
  }

  /** Loopback always; what else was told, with TLS or, where so told, without. */
  static List<Listener> listeners(Settings settings, Optional<HerdKey> key, InstantSource clock) {
    if (!settings.opensActionsDoor()) {
      return List.of();
    }
    return listeners(settings, settings.get(DoorSettings.REST_SERVICE_PORT), key, clock);
  }

  /** The same on the port for manifests alone; none where that is off. */
  static List<Listener> manifestListeners(
      Settings settings, Optional<HerdKey> key, InstantSource clock) {
    int port = settings.get(DoorSettings.MANIFESTS_PORT);
    return port == 0 ? List.of() : listeners(settings, port, key, clock);
  }

  private static List<Listener> listeners(
      Settings settings, int port, Optional<HerdKey> key, InstantSource clock) {
    List<Listener> listeners = new ArrayList<>();
    listeners.add(Listener.clear("127.0.0.1", port));
    for (String host : settings.get(DoorSettings.LISTEN)) {
      DoorTls tls = Trust.doors(key.orElseThrow(), settings, clock);
      listeners.add(Listener.tls(host, port, tls.secure(new HttpServerOptions())));
    }
    for (String host : settings.get(DoorSettings.LISTEN_INSECURE)) {
      listeners.add(Listener.insecure(host, port));
    }
    return listeners;
  }
}
