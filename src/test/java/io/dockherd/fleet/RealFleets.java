package io.dockherd.fleet;

import io.dockherd.Await;
import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.HttpEngine;
import io.dockherd.engine.RealEngine;
import io.dockherd.herd.facts.ReplicatedFacts;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.dockherd.herd.keys.Generation;
import io.dockherd.herd.keys.HerdKey;
import io.dockherd.herd.links.LinkTls;
import io.dockherd.herd.links.Relay;
import io.dockherd.herd.links.RelaySettings;
import io.dockherd.herd.members.InMemoryMembers;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.records.MemoryRecords;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Nodes host-1, host-2, … in one process over real engines and real relays with TLS. */
final class RealFleets implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final HerdKey KEY = HerdKey.create(Instant.now(), Generation.VALIDITY);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final InMemoryGroups network = new InMemoryGroups();
  private final InMemoryMembers.Directory directory = new InMemoryMembers.Directory();
  private final Map<String, Integer> relayPorts = new LinkedHashMap<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  final Vertx vertx = Vertx.vertx();
  final List<RealEngine> engines = new ArrayList<>();
  final List<HerdFleet> fleets = new ArrayList<>();

  /** Engines nobody watches yet. */
  RealFleets(int count) {
    for (int i = 1; i <= count; i++) {
      engines.add(RealEngine.start());
    }
  }

  /** A node beside each engine. */
  RealFleets join() {
    int count = engines.size();
    for (int i = 1; i <= count; i++) {
      join("host-" + i, engines.get(i - 1));
    }
    for (HerdFleet fleet : fleets) {
      Await.until("all are known", LIMIT, () -> knowsAll(fleet, count));
    }
    return this;
  }

  /** The nodes go; the engines stay. */
  void part() {
    for (AutoCloseable one : opened) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    opened.clear();
    fleets.clear();
  }

  private static boolean knowsAll(HerdFleet fleet, int count) {
    try {
      fleet.hosts().forEach(host -> fleet.containersJson(host.node()));
      return fleet.hosts().size() == count;
    } catch (io.dockherd.failure.Unreachable e) {
      return false;
    }
  }

  private void join(String name, RealEngine real) {
    Group group = network.newPeer();
    InMemoryMembers members = new InMemoryMembers(group, directory, Member.Kind.NODE, name);
    ReplicatedFacts facts = new ReplicatedFacts(group, members, timer, Duration.ofSeconds(10));
    Engine engine = HttpEngine.at(vertx, real.address(), EngineSettings.defaults());
    LinkTls tls = new LinkTls(KEY, "herd", name, List.of("127.0.0.1"), Instant::now);
    Relay relay = Relay.secure(vertx, tls, RelaySettings.of("127.0.0.1", 0));
    HerdFleet fleet =
        new HerdFleet(
            "herd",
            members,
            facts,
            engine,
            new PortsFound(new RelayNeighbours(vertx, relay, EngineSettings.defaults())),
            new Pool(new MemoryRecords()),
            FleetSettings.defaults(),
            InstantSource.system(),
            new Random());
    RelayNeighbours.serve(relay, fleet);
    relay.start();
    relayPorts.put(name, relay.port());
    group.join();
    fleet.start();
    fleets.add(fleet);
    opened.addAll(List.of(fleet, facts, relay, engine));
  }

  @Override
  public void close() {
    part();
    network.close();
    timer.shutdownNow();
    vertx.close().await();
    engines.forEach(RealEngine::close);
  }

  /** Members in memory know no ports. */
  private final class PortsFound implements Neighbours {
    private final Neighbours real;

    private PortsFound(Neighbours real) {
      this.real = real;
    }

    @Override
    public Engine engineOf(Member member) {
      return real.engineOf(found(member));
    }

    @Override
    public JsonObject command(Member member, String command, JsonObject order, Duration limit) {
      return real.command(found(member), command, order, limit);
    }

    private Member found(Member member) {
      return new Member(
          member.peer(),
          member.kind(),
          member.name(),
          "127.0.0.1",
          1,
          1,
          relayPorts.get(member.name()),
          member.version(),
          member.json());
    }
  }
}
