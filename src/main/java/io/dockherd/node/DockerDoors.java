package io.dockherd.node;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.doors.DoorLimits;
import io.dockherd.doors.FrontDoor;
import io.dockherd.doors.Listener;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.docker.AnyEngine;
import io.dockherd.doors.docker.DockerDoor;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.doors.docker.Route;
import io.dockherd.doors.docker.containers.Commit;
import io.dockherd.doors.docker.containers.ContainerLookup;
import io.dockherd.doors.docker.containers.CreateContainer;
import io.dockherd.doors.docker.containers.ExecOwners;
import io.dockherd.doors.docker.containers.Execs;
import io.dockherd.doors.docker.containers.Inspect;
import io.dockherd.doors.docker.containers.ListContainers;
import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.doors.docker.containers.PassedOn;
import io.dockherd.doors.docker.containers.Prune;
import io.dockherd.doors.docker.containers.Rename;
import io.dockherd.doors.docker.containers.Sights;
import io.dockherd.doors.docker.containers.Whereabouts;
import io.dockherd.doors.docker.events.Events;
import io.dockherd.doors.docker.hijacks.Attach;
import io.dockherd.doors.docker.hijacks.ExecStart;
import io.dockherd.doors.docker.hijacks.SessionPlaces;
import io.dockherd.doors.docker.hijacks.Sessions;
import io.dockherd.doors.docker.images.Images;
import io.dockherd.doors.docker.networks.Attachment;
import io.dockherd.doors.docker.networks.CreateNetwork;
import io.dockherd.doors.docker.networks.NetworkLookup;
import io.dockherd.doors.docker.networks.ReadNetworks;
import io.dockherd.doors.docker.networks.RemoveNetworks;
import io.dockherd.doors.docker.system.DiskUsage;
import io.dockherd.doors.docker.system.Info;
import io.dockherd.doors.docker.system.Ping;
import io.dockherd.doors.docker.system.Plugins;
import io.dockherd.doors.docker.system.Registry;
import io.dockherd.doors.docker.system.SwarmMode;
import io.dockherd.doors.docker.system.Version;
import io.dockherd.doors.docker.volumes.CreateVolume;
import io.dockherd.doors.docker.volumes.ReadVolumes;
import io.dockherd.doors.docker.volumes.RemoveVolumes;
import io.dockherd.failure.Conflict;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.events.HerdFeed;
import io.dockherd.node.settings.DoorSettings;
import io.dockherd.node.settings.PlacementSettings;
import io.dockherd.telemetry.Log;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The Docker API of the herd: what is behind its paths, and where it listens. */
public final class DockerDoors implements AutoCloseable {
  private static final Log LOG = Log.of(DockerDoors.class);

  /** A call may last as long as its caller likes (logs, wait): as many as there may be callers. */
  private static final int MOST_CALLS = DoorLimits.DEFAULT.connections();

  /**
   * Of the request's line, for a build's arguments stand in its query, and of its headers, for it
   * brings the credentials of all registries. An engine takes a megabyte of both; that much from
   * each of as many strangers as may be connected would be a node's memory.
   */
  private static final int HEAD_BYTES = 32 << 10;

  private final FrontDoor door;

  private DockerDoors(FrontDoor door) {
    this.door = door;
  }

  /** Everything there is of it. */
  static List<Route> routes(
      Settings settings, Fleet fleet, HerdFeed feed, HerdEngines engines, InstantSource clock) {
    ContainerLookup lookup = new ContainerLookup(fleet);
    ExecOwners execs = new ExecOwners(fleet);
    SessionPlaces sessions = new SessionPlaces();
    Sights sights = new Sights(fleet, engines, settings.get(DoorSettings.DOCKER_NAMES));
    CreateContainer create =
        new CreateContainer(fleet, NodeSettings.sharesAreCores(settings), new SecureRandom());
    Events events = new Events(feed, engines, clock);
    List<Route> routes = new ArrayList<>();
    routes.addAll(Ping.routes());
    routes.addAll(new ListContainers(fleet, sights, engines.facts(), clock).routes());
    routes.addAll(new Inspect(lookup, new Whereabouts(engines)).routes());
    routes.addAll(create.routes());
    routes.addAll(PassedOn.routes(lookup));
    routes.addAll(new Attach(lookup).routes());
    routes.addAll(new Sessions(fleet, sessions).routes());
    routes.addAll(new Rename(lookup, fleet).routes());
    routes.addAll(new Execs(lookup, execs).routes());
    routes.addAll(new ExecStart(execs).routes());
    routes.addAll(new Commit(lookup).routes());
    routes.addAll(new Prune(fleet).routes());
    routes.addAll(
        new Info(
                fleet,
                engines,
                clock,
                settings.get(PlacementSettings.STRATEGY),
                settings.get(PlacementSettings.FILTERS),
                events::readers)
            .routes());
    routes.addAll(new Version(engines).routes());
    routes.addAll(new DiskUsage(fleet).routes());
    routes.addAll(new Registry(new AnyEngine(fleet, engines)).routes());
    routes.addAll(new Plugins(fleet).routes());
    routes.addAll(volumes(settings, fleet, engines));
    routes.addAll(networks(settings, fleet, engines, lookup, clock));
    routes.addAll(SwarmMode.routes());
    routes.addAll(Images.routes(fleet, engines, sessions));
    routes.addAll(events.routes());
    return List.copyOf(routes);
  }

  private static List<Route> volumes(Settings settings, Fleet fleet, HerdEngines engines) {
    NameForm form = settings.get(DoorSettings.DOCKER_NAMES);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new ReadVolumes(fleet, engines, form).routes());
    routes.addAll(new CreateVolume(fleet, engines.facts(), form).routes());
    routes.addAll(new RemoveVolumes(fleet, engines).routes());
    return routes;
  }

  private static List<Route> networks(
      Settings settings,
      Fleet fleet,
      HerdEngines engines,
      ContainerLookup containers,
      InstantSource clock) {
    NetworkLookup lookup = new NetworkLookup(fleet, engines);
    NameForm form = settings.get(DoorSettings.DOCKER_NAMES);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new ReadNetworks(fleet, lookup, form).routes());
    routes.addAll(new CreateNetwork(fleet).routes());
    routes.addAll(new Attachment(fleet, lookup, containers).routes());
    routes.addAll(new RemoveNetworks(fleet, lookup, clock).routes());
    return routes;
  }

  /** The door over that fleet, not open yet. */
  public static DockerDoors of(
      Vertx vertx,
      Settings settings,
      RequestIds ids,
      Gate gate,
      HerdEngines engines,
      Fleet fleet,
      HerdFeed feed,
      InstantSource clock) {
    DockerDoor docker =
        new DockerDoor(
            gate, new Audit(), engines::advertised, routes(settings, fleet, feed, engines, clock));
    return new DockerDoors(
        new FrontDoor(
            vertx,
            DoorLimits.DEFAULT.withCalls(MOST_CALLS).withHead(HEAD_BYTES, HEAD_BYTES),
            ids,
            NodeSettings.names(settings),
            List.of(docker)));
  }

  /**
   * Opens them.
   *
   * @param isAsked whether somebody asked for just these; the usual ones may be taken by another
   *     program, an engine perhaps, and the node does without
   * @throws Conflict when one that was asked for can't be opened
   */
  public void open(List<Listener> listeners, boolean isAsked) {
    for (Listener listener : listeners) {
      try {
        door.open(List.of(listener));
      } catch (Conflict e) {
        if (isAsked) {
          throw e;
        }
        LOG.warn("no docker door there", "at", listener, "reason", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    door.close();
  }
}
