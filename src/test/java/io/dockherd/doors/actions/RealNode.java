package io.dockherd.doors.actions;

import io.dockherd.Await;
import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.doors.DoorLimits;
import io.dockherd.doors.FrontDoor;
import io.dockherd.doors.Listener;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.actions.bus.ActionsBus;
import io.dockherd.doors.actions.templates.TemplateFiles;
import io.dockherd.doors.actions.templates.Templates;
import io.dockherd.doors.actions.verbs.Catalog;
import io.dockherd.engine.Engine;
import io.dockherd.engine.EngineSettings;
import io.dockherd.engine.HttpEngine;
import io.dockherd.engine.RealEngine;
import io.dockherd.fleet.FleetSettings;
import io.dockherd.fleet.HerdFleet;
import io.dockherd.fleet.Neighbours;
import io.dockherd.fleet.Pool;
import io.dockherd.herd.facts.ReplicatedFacts;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.members.InMemoryMembers;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.records.MemoryRecords;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One node, alone in its herd, with its doors open, beside a real engine. */
final class RealNode implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(20);

  final RealEngine real = RealEngine.start();
  final Vertx vertx = Vertx.vertx();
  final Engine engine = HttpEngine.at(vertx, real.address(), EngineSettings.defaults());
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  final HerdFleet fleet;
  final Actions actions;
  private final FrontDoor door;
  private final ActionsBus bus;
  private final HttpClient client = HttpClient.newHttpClient();
  final URI uri;

  RealNode(ActionSettings settings) {
    Group group = new InMemoryGroups().newPeer();
    InMemoryMembers members =
        new InMemoryMembers(group, new InMemoryMembers.Directory(), Member.Kind.NODE, "host-1");
    ReplicatedFacts facts = new ReplicatedFacts(group, members, timer, Duration.ofSeconds(10));
    MemoryRecords records = new MemoryRecords();
    Pool pool = new Pool(records);
    fleet =
        new HerdFleet(
            "deblox",
            members,
            facts,
            engine,
            new NoNeighbours(),
            pool,
            FleetSettings.defaults(),
            InstantSource.system(),
            new Random(1));
    group.join();
    fleet.start();
    RequestIds ids = new RequestIds(new Random(1));
    bus = new ActionsBus(vertx, settings, fleet, members, facts, ids);
    actions =
        new Actions(
            settings,
            Gate.EVERYTHING,
            new Audit(),
            Catalog.of(
                settings,
                fleet,
                members,
                new KnownNodes(members, records, InstantSource.system()),
                facts,
                pool,
                new Templates(records, new TemplateFiles(Path.of("/nonexistent"))),
                bus,
                InstantSource.system()));
    door =
        new FrontDoor(
            vertx, DoorLimits.DEFAULT, ids, Set.of("host-1"), List.of(new ActionsDoor(actions)));
    int port = door.open(List.of(Listener.clear("127.0.0.1", 0))).getFirst();
    uri = URI.create("http://127.0.0.1:" + port + "/");
    bus.open(actions);
    Await.until("the engine is known", SOON, this::isReady);
  }

  private boolean isReady() {
    return post("{\"action\":\"list-containers\",\"all\":true}").statusCode() == 200;
  }

  HttpResponse<String> post(String request) {
    try {
      return client.send(
          HttpRequest.newBuilder(uri)
              .timeout(SOON)
              .POST(HttpRequest.BodyPublishers.ofString(request))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer to an action, parsed. */
  JsonObject ask(String request) {
    return new JsonObject(post(request).body());
  }

  /** The answer to a message on the bus. */
  JsonObject send(String address, JsonObject message) {
    try {
      return (JsonObject)
          vertx
              .eventBus()
              .request(address, message)
              .toCompletionStage()
              .toCompletableFuture()
              .get(SOON.toSeconds(), TimeUnit.SECONDS)
              .body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    bus.close();
    door.close();
    actions.close();
    fleet.close();
    client.close();
    engine.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    timer.shutdownNow();
    real.close();
  }

  private static final class NoNeighbours implements Neighbours {
    @Override
    public Engine engineOf(Member member) {
      throw new IllegalStateException("there is nobody else");
    }

    @Override
    public JsonObject command(Member member, String command, JsonObject order, Duration limit) {
      throw new IllegalStateException("there is nobody else");
    }
  }
}
