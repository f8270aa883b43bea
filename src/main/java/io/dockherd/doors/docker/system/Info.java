package io.dockherd.doors.docker.system;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.herd.facts.Fact;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;

/** {@code GET /info}: the herd's sums and, node by node, its figures; from facts. */
public final class Info {
  private static final JsonObject NO_SWARM =
      new JsonObject()
          .put("NodeID", "")
          .put("NodeAddr", "")
          .put("LocalNodeState", "inactive")
          .put("ControlAvailable", false)
          .put("Error", "")
          .put("RemoteManagers", null);

  private final Fleet fleet;
  private final HerdEngines engines;
  private final InstantSource clock;
  private final String strategy;
  private final List<String> filters;
  private final IntSupplier eventReaders;

  /**
   * That of a fleet.
   *
   * @param strategy how containers are placed, by name
   * @param filters which filters are asked, by name
   * @param eventReaders how many callers follow the events just now
   */
  public Info(
      Fleet fleet,
      HerdEngines engines,
      InstantSource clock,
      String strategy,
      List<String> filters,
      IntSupplier eventReaders) {
    this.fleet = fleet;
    this.engines = engines;
    this.clock = clock;
    this.strategy = strategy;
    this.filters = List.copyOf(filters);
    this.eventReaders = eventReaders;
  }

  /** Its route. */
  public List<Route> routes() {
    return List.of(Route.read("GET", "/info", "system.info", this::answer));
  }

  private Reply answer(DockerCall call) {
    List<NodeStatus> nodes = new NodeStatuses(fleet, engines, clock).all();
    JsonArray status = new SystemStatus(strategy, filters, nodes).pairs();
    KnownEngine local = engines.engine(fleet.local().node());
    NodeStatus.Counts counts =
        nodes.stream()
            .map(NodeStatus::counts)
            .reduce(new NodeStatus.Counts(0, 0, 0), NodeStatus.Counts::plus);
    JsonObject info =
        new JsonObject()
            .put("ID", fleet.herd())
            .put("Containers", counts.all())
            .put("ContainersRunning", counts.running())
            .put("ContainersPaused", counts.paused())
            .put("ContainersStopped", counts.stopped())
            .put("Images", images())
            .put("Driver", "")
            .put("DriverStatus", null)
            .put("SystemStatus", status)
            .put("NFd", 0)
            .put("NGoroutines", 0)
            .put("NEventsListener", eventReaders.getAsInt())
            .put("SystemTime", clock.instant().toString())
            .put("KernelVersion", local.json().getString("kernel", ""))
            .put("OperatingSystem", local.json().getString("operatingSystem", "linux"))
            .put("OSType", "linux")
            .put("Architecture", local.json().getString("architecture", ""))
            .put("NCPU", nodes.stream().mapToInt(NodeStatus::cpus).sum())
            .put("MemTotal", nodes.stream().mapToLong(NodeStatus::memoryTotalBytes).sum())
            .put("GenericResources", null)
            .put("DockerRootDir", "")
            .put("HttpProxy", "")
            .put("HttpsProxy", "")
            .put("NoProxy", "")
            .put("Name", fleet.local().node())
            .put("Labels", labels(local))
            .put("ServerVersion", ServerVersion.of(engines))
            .put("Swarm", NO_SWARM.copy())
            .put("Isolation", "");
    return Replies.json(200, info.mergeIn(new EngineInfos(engines.all()).merged()));
  }

  /** Different ones: what a list of images shows. */
  private long images() {
    return engines.facts().of(FactKind.IMAGE).stream().map(Fact::id).distinct().count();
  }

  private static JsonArray labels(KnownEngine local) {
    JsonArray labels = new JsonArray();
    local.labels().forEach((name, value) -> labels.add(name + "=" + value));
    return labels;
  }
}
