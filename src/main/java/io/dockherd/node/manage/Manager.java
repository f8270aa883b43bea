package io.dockherd.node.manage;

import io.dockherd.access.Gate;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.HttpEngine;
import io.dockherd.fleet.FleetSettings;
import io.dockherd.fleet.HerdFleet;
import io.dockherd.fleet.OutOfReach;
import io.dockherd.fleet.Pool;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.WatchSettings;
import io.dockherd.herd.facts.FactBoard;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.members.AppointedMembers;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.records.MemoryRecords;
import io.dockherd.node.Closing;
import io.dockherd.node.DockerDoors;
import io.dockherd.node.Settings;
import io.dockherd.node.settings.DoorSettings;
import io.dockherd.node.settings.HerdSettings;
import io.dockherd.node.settings.PlacementSettings;
import io.dockherd.scheduling.Strategy;
import io.dockherd.telemetry.BuildVersion;
import io.dockherd.telemetry.Log;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Classic Swarm's manager, wired by hand: one process, the engines it is told of, and the Docker
 * door in front of them. It keeps nothing: what must outlast it is on the containers.
 */
public final class Manager implements AutoCloseable {
  private static final Log LOG = Log.of(Manager.class);

  /** What {@code info} shows as its name. */
  private static final String NAME = "manager";

  private final Closing closing = new Closing();

  private Manager() {}

  /** Starts it and returns when its door is open; engines come in as they answer. */
  public static Manager start(ManageSettings settings) {
    Manager manager = new Manager();
    try {
      manager.open(settings);
      return manager;
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private void open(ManageSettings settings) {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    settings.notes().forEach(note -> LOG.warn(note));
    if (settings.tls().trustsAnyEngine()) {
      LOG.warn("insecure: whoever answers at an engine's address is taken for that engine");
    }

    // The herd: in this process alone.
    AppointedMembers members = new AppointedMembers(self());
    closing.add("members", members);
    FactBoard board = new FactBoard();
    closing.add("facts", board);
    Facts facts = board.as(NAME);
    Vertx vertx = Vertx.vertx();
    closing.add(
        "vertx",
        () -> vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS));

    // The engines: none beside this process, all others its own.
    OneProcess neighbours = new OneProcess();
    HerdFleet fleet =
        new HerdFleet(
            Settings.defaults().get(HerdSettings.HERD),
            members,
            facts,
            new OutOfReach(NAME, "no engine is beside the manager"),
            neighbours,
            new Pool(new MemoryRecords()),
            fleet(settings),
            clock,
            random);
    neighbours.serve(fleet);
    closing.add("fleet", fleet);
    fleet.start();
    facts.listen(FactKind.RECREATION, new PolicyNotice());
    EngineSettings calls = EngineSettings.defaults();
    Engines engines = new Engines(members, board, fleet);
    closing.add("engines", engines);
    Muster muster =
        new Muster(
            settings.roster(),
            settings.heartbeat(),
            engines,
            address -> new HttpEngine(vertx, settings.tls().to(address), calls));
    closing.add("muster", muster);
    facts.listen(FactKind.ENGINE, muster);
    muster.start();

    // The door.
    DockerDoors docker =
        DockerDoors.of(
            vertx,
            door(settings),
            new RequestIds(random),
            Gate.EVERYTHING,
            new HerdEngines(members, facts),
            fleet,
            fleet.feed(),
            clock);
    closing.add("docker door", docker);
    docker.open(settings.listeners(), true);
    LOG.info("manager serves", "at", settings.listeners(), "strategy", settings.strategy());
  }

  private static Member self() {
    return new Member(
        new PeerId(UUID.randomUUID().toString()),
        Member.Kind.PROGRAM,
        NAME,
        "127.0.0.1",
        0,
        0,
        0,
        BuildVersion.text(),
        new JsonObject());
  }

  private static FleetSettings fleet(ManageSettings settings) {
    return FleetSettings.defaults()
        .watching(WatchSettings.defaults().sweepingEvery(settings.sweep()))
        .placing(
            new io.dockherd.fleet.PlacementSettings(
                Strategy.named(settings.strategy()), settings.filters(), settings.overcommit()));
  }

  private static Settings door(ManageSettings settings) {
    List<String> hosts =
        settings.listeners().stream()
            .filter(listener -> !listener.isUnix())
            .map(listener -> listener.host())
            .toList();
    return Settings.defaults()
        .with(DoorSettings.LISTEN_INSECURE, hosts)
        .with(DoorSettings.DOCKER_NAMES, settings.names())
        .with(PlacementSettings.STRATEGY, settings.strategy())
        .with(PlacementSettings.FILTERS, settings.filters());
  }

  /** Closes the door, lets go of the engines; what runs on them runs on. */
  @Override
  public void close() {
    closing.close();
  }
}
