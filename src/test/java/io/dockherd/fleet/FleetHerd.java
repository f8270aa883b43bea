package io.dockherd.fleet;

import io.dockherd.Await;
import io.dockherd.engine.ApiVersion;
import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineAddress;
import io.dockherd.engine.EngineEventListener;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.engine.EventFeed;
import io.dockherd.engine.Hijack;
import io.dockherd.engine.ScriptedEngine;
import io.dockherd.failure.Failure;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownEngine;
import io.dockherd.fleet.watch.WatchSettings;
import io.dockherd.herd.facts.ReplicatedFacts;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.dockherd.herd.members.InMemoryMembers;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.records.MemoryRecords;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** Fleets of several nodes in one process, over engines, groups and relays in memory. */
public final class FleetHerd implements AutoCloseable {
  private static final WatchSettings WATCH =
      new WatchSettings(
          Duration.ofMinutes(5),
          Duration.ofMillis(5),
          Duration.ofMillis(5),
          Duration.ofMillis(20),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofMillis(50),
          Duration.ofSeconds(10));

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final InMemoryGroups network = new InMemoryGroups();
  private final InMemoryMembers.Directory directory = new InMemoryMembers.Directory();
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  /** One for all: how records spread is tested elsewhere. */
  final Pool pool = new Pool(new MemoryRecords());

  private final Set<String> cutOff = ConcurrentHashMap.newKeySet();
  private final Set<String> mute = ConcurrentHashMap.newKeySet();

  /** One node. */
  record Node(
      String name,
      Group group,
      InMemoryMembers members,
      ReplicatedFacts facts,
      ScriptedEngine engine,
      HerdFleet fleet) {}

  /** Nodes of those names, present to each other, their engines within reach. */
  static FleetHerd of(String... names) {
    return of(engine -> engine, names);
  }

  /** The same with each engine prepared before its node starts. */
  static FleetHerd of(UnaryOperator<ScriptedEngine> prepared, String... names) {
    FleetHerd herd = new FleetHerd();
    for (String name : names) {
      herd.join(name, prepared.apply(new ScriptedEngine(name)));
    }
    herd.awaitReachable(names);
    return herd;
  }

  Node join(String name, ScriptedEngine engine) {
    Group group = network.newPeer();
    InMemoryMembers members = new InMemoryMembers(group, directory, Member.Kind.NODE, name);
    ReplicatedFacts facts = new ReplicatedFacts(group, members, timer, Duration.ofSeconds(10));
    FleetSettings settings =
        new FleetSettings(
            WATCH, Duration.ofSeconds(10), Duration.ofMinutes(1), PlacementSettings.defaults());
    HerdFleet fleet =
        new HerdFleet(
            "test",
            members,
            facts,
            engine,
            new InMemoryNeighbours(name),
            pool,
            settings,
            InstantSource.system(),
            new Random(name.hashCode()));
    Node node = new Node(name, group, members, facts, engine, fleet);
    nodes.put(name, node);
    group.join();
    fleet.start();
    return node;
  }

  Node node(String name) {
    return nodes.get(name);
  }

  HerdFleet fleet(String name) {
    return nodes.get(name).fleet();
  }

  ScriptedEngine engine(String name) {
    return nodes.get(name).engine();
  }

  /** Nobody reaches that node's relay any more, though it is still a member. */
  void cutOff(String name) {
    cutOff.add(name);
  }

  /** That node does what it is told, but its answers get lost. */
  void loseAnswersOf(String name) {
    mute.add(name);
  }

  void kill(String name) {
    Node gone = nodes.remove(name);
    network.kill(gone.group());
    gone.fleet().close();
    gone.facts().close();
  }

  void awaitReachable(String... names) {
    for (Node node : nodes.values()) {
      for (String name : names) {
        Await.until(
            node.name() + " knows the engine of " + name,
            Duration.ofSeconds(5),
            () -> isReachable(node, name));
      }
    }
  }

  static boolean isReachable(Node seer, String name) {
    return seer.facts()
        .find(FactKind.ENGINE, name, FactKind.ONLY)
        .map(fact -> new KnownEngine(fact.json()).isReachable())
        .orElse(false);
  }

  @Override
  public void close() {
    List.copyOf(nodes.values()).forEach(node -> node.engine().goOn());
    new ArrayList<>(nodes.keySet()).forEach(this::kill);
    network.close();
    timer.shutdownNow();
  }

  private Node reach(String name) {
    Node node = nodes.get(name);
    if (node == null || cutOff.contains(name)) {
      throw new Unreachable(name, "connection refused", "");
    }
    return node;
  }

  private final class InMemoryNeighbours implements Neighbours {
    private final String from;

    private InMemoryNeighbours(String from) {
      this.from = from;
    }

    @Override
    public Engine engineOf(Member member) {
      return new RelayedEngine(from, member.name());
    }

    @Override
    public JsonObject command(Member member, String command, JsonObject order, Duration limit) {
      Node node = reach(member.name());
      CompletableFuture<JsonObject> answer = new CompletableFuture<>();
      JsonObject sent = new JsonObject(order.encode());
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  JsonObject said = node.fleet().obey(from, command, sent);
                  if (!mute.contains(member.name())) {
                    answer.complete(new JsonObject(said.encode()));
                  }
                } catch (Failure e) {
                  answer.completeExceptionally(e);
                }
              });
      try {
        return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        throw (Failure) e.getCause();
      } catch (TimeoutException | InterruptedException e) {
        throw new TimedOut(member.name(), "no answer from " + member.name(), "", e);
      }
    }
  }

  /** Does in memory what {@link RelayDoor} and the link before it do. */
  private final class RelayedEngine implements Engine {
    private final String from;
    private final String to;

    private RelayedEngine(String from, String to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public EngineResponse call(EngineRequest request) {
      Host host = reach(to).fleet().local();
      Duration limit =
          Duration.ofMillis(Long.parseLong(request.header("Dockherd-Limit").orElseThrow()));
      EngineRequest relayed =
          new EngineRequest(
              request.method(), request.path(), request.query(), Map.of(), request.body(), limit);
      try {
        EngineResponse response = host.call(relayed);
        return new EngineResponse(response.status(), with(response, "engine"), response.body());
      } catch (Failure e) {
        return new EngineResponse(
            502,
            List.of(new EngineResponse.Header("Dockherd-Answer", RelayHeader.carrying(e))),
            Buffer.buffer());
      }
    }

    private static List<EngineResponse.Header> with(EngineResponse response, String answer) {
      List<EngineResponse.Header> headers = new ArrayList<>(response.headers());
      headers.add(new EngineResponse.Header("Dockherd-Answer", answer));
      return headers;
    }

    @Override
    public EngineStream stream(EngineRequest request) {
      return EngineStream.of(call(request));
    }

    @Override
    public EngineAddress address() {
      return new EngineAddress.Tcp(to, 7413, java.util.Optional.empty());
    }

    @Override
    public ApiVersion apiVersion() {
      return ApiVersion.NEWEST;
    }

    @Override
    public Hijack hijack(EngineRequest request) {
      throw new UnsupportedOperationException(from);
    }

    @Override
    public EventFeed follow(Instant since, EngineEventListener listener) {
      throw new UnsupportedOperationException(from);
    }

    @Override
    public void close() {}
  }
}
