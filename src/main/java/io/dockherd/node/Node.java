package io.dockherd.node;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.apps.artifacts.ArtifactFetcher;
import io.dockherd.apps.compose.ComposeDrafts;
import io.dockherd.apps.pods.Pods;
import io.dockherd.doors.Dialect;
import io.dockherd.doors.FrontDoor;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.Actions;
import io.dockherd.doors.actions.ActionsDoor;
import io.dockherd.doors.actions.bus.ActionsBus;
import io.dockherd.doors.actions.templates.TemplateFiles;
import io.dockherd.doors.actions.templates.Templates;
import io.dockherd.doors.actions.verbs.Catalog;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.engine.EngineAddress;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.HttpEngine;
import io.dockherd.failure.Conflict;
import io.dockherd.fleet.HerdFleet;
import io.dockherd.fleet.Pool;
import io.dockherd.fleet.RelayNeighbours;
import io.dockherd.fleet.rescheduling.Rescheduler;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.known.RollCall;
import io.dockherd.herd.links.LinkTls;
import io.dockherd.herd.links.Relay;
import io.dockherd.node.settings.DoorSettings;
import io.dockherd.telemetry.Log;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The whole system, wired by hand: what a node is made of, and in which order it starts and stops.
 */
public final class Node implements AutoCloseable {
  private static final Log LOG = Log.of(Node.class);

  private final Closing closing = new Closing();

  private Node() {}

  /**
   * Starts a node and returns when its doors are open.
   *
   * @param gone told when the node has to leave, because an older one of its name turned up after a
   *     split; whoever started it is to {@link #close} it then
   */
  public static Node start(Settings settings, Consumer<Conflict> gone) {
    Node node = new Node();
    try {
      node.open(settings, gone);
      return node;
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private void open(Settings settings, Consumer<Conflict> gone) {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    ScheduledExecutorService timer = timer();
    closing.add("timer", timer::shutdownNow);

    Exposure.tell(settings);

    // The herd: who is there, and what they know.
    Optional<HerdKey> key = Trust.key(settings);
    Optional<LinkTls> tls = key.map(secret -> Trust.links(secret, settings, clock));
    Membership herd = new Membership(settings, tls, timer, clock, gone);
    closing.add("herd", herd);
    herd.join();
    Vertx vertx = herd.startBus();
    closing.add(
        "bus",
        () -> vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS));
    Relay relay = herd.relay(vertx);
    closing.add("relay", relay);

    // The engines: this node's own, and the others' over the relay.
    EngineSettings calls = EngineSettings.defaults();
    HttpEngine engine = HttpEngine.at(vertx, settings.engine(), calls);
    closing.add("engine", engine);
    Pool pool = new Pool(herd.records());
    KnownNodes known = new KnownNodes(herd.members(), herd.records(), clock);
    RollCall roll = new RollCall(herd.members(), herd.records(), clock);
    closing.add("roll call", roll);
    roll.start(timer);
    HerdFleet fleet =
        new HerdFleet(
            herd.name(),
            herd.members(),
            herd.facts(),
            engine,
            new RelayNeighbours(vertx, relay, calls),
            pool,
            NodeSettings.fleet(settings),
            clock,
            random);
    closing.add("fleet", fleet);
    ArtifactFetcher artifacts =
        new ArtifactFetcher(vertx, NodeSettings.artifacts(settings), settings.dataDir(), clock);
    closing.add("artifacts", artifacts);
    Pods pods =
        Pods.of(
            vertx,
            fleet,
            herd.members(),
            herd.facts(),
            herd.records(),
            NodeSettings.pods(settings),
            artifacts,
            new ComposeDrafts(),
            settings.engine() instanceof EngineAddress.Unix,
            clock,
            random);
    closing.add("pods", pods);
    pods.serve();
    AppKeeping keeping = AppKeeping.of(settings, herd, fleet, known, clock, random);
    closing.add("apps", keeping);
    keeping.serve();
    RelayNeighbours.serve(relay, fleet);
    relay.start();
    fleet.start();
    pods.start();
    keeping.start();

    Rescheduler rescheduler =
        new Rescheduler(fleet, herd.members(), herd.facts(), herd.records(), known);
    closing.add("rescheduler", rescheduler);
    rescheduler.start();

    // The doors.
    ActionSettings limits = NodeSettings.actions(settings);
    Templates templates = new Templates(herd.records(), new TemplateFiles(settings.templatesDir()));
    RequestIds ids = new RequestIds(random);
    ActionsBus addresses = new ActionsBus(vertx, limits, fleet, herd.members(), herd.facts(), ids);
    Actions actions =
        new Actions(
            limits,
            Gate.EVERYTHING,
            new Audit(),
            Catalog.of(
                limits,
                fleet,
                herd.members(),
                known,
                herd.facts(),
                pool,
                templates,
                addresses,
                clock));
    closing.add("actions", actions);
    actions.check(limits.actionTimeouts());
    closing.add("bus addresses", addresses);
    addresses.open(actions);
    Bridges bridges = new Bridges(vertx, settings, Gate.EVERYTHING, key, clock);
    closing.add("bridges", bridges);
    bridges.open();
    AppDoors appDoors =
        AppDoors.of(
            keeping.apps(),
            fleet,
            herd.members(),
            herd.facts(),
            settings.get(DoorSettings.REST_SERVICE_PORT),
            Math.toIntExact(settings.get(DoorSettings.MAX_REQUEST_BYTES)),
            Gate.EVERYTHING,
            clock,
            timer);
    closing.add("app doors", appDoors);
    ManifestDoors manifests =
        new ManifestDoors(
            vertx,
            settings,
            ids,
            Gate.EVERYTHING,
            herd.name(),
            herd.members(),
            herd.records(),
            keeping.apps(),
            timer,
            clock,
            random);
    closing.add("manifest doors", manifests);
    List<Dialect> dialects = new ArrayList<>(List.of(new ActionsDoor(actions)));
    dialects.addAll(appDoors.dialects());
    dialects.add(manifests.dialect());
    FrontDoor door =
        new FrontDoor(
            vertx, NodeSettings.doors(settings), ids, NodeSettings.names(settings), dialects);
    closing.add("doors", door);
    manifests.open(NodeSettings.manifestListeners(settings, key, clock));
    DockerDoors docker =
        DockerDoors.of(
            vertx,
            settings,
            ids,
            Gate.EVERYTHING,
            new HerdEngines(herd.members(), herd.facts()),
            fleet,
            fleet.feed(),
            clock);
    closing.add("docker doors", docker);
    DockerListeners places = new DockerListeners(settings, key, clock);
    docker.open(places.all(), places.areAsked());
    // Last: whoever finds it open finds all others open.
    List<Integer> ports = door.open(NodeSettings.listeners(settings, key, clock));
    key.ifPresent(Trust::checkInTheBackground);
    LOG.info(
        "node serves",
        "herd",
        herd.name(),
        "node",
        settings.name(),
        "engine",
        settings.engine(),
        "members",
        herd.members().present().size(),
        "ports",
        ports);
  }

  /** One thread for all that is due at a time; what takes long moves to a virtual thread itself. */
  private static ScheduledExecutorService timer() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name("timer").daemon().factory());
  }

  /** Closes the doors, leaves the herd orderly, lets go of everything; once. */
  @Override
  public void close() {
    closing.close();
  }
}
