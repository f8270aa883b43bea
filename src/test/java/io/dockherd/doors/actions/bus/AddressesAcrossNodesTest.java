package io.dockherd.doors.actions.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dockherd.Await;
import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.access.Identity;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.actions.ActionSettings;
import io.dockherd.doors.actions.Actions;
import io.dockherd.doors.actions.Arrival;
import io.dockherd.doors.actions.ScriptedFleet;
import io.dockherd.doors.actions.templates.TemplateFiles;
import io.dockherd.doors.actions.templates.Templates;
import io.dockherd.doors.actions.verbs.Catalog;
import io.dockherd.fleet.CreateOrder;
import io.dockherd.fleet.Creation;
import io.dockherd.fleet.Pool;
import io.dockherd.herd.bus.BusSettings;
import io.dockherd.herd.bus.HerdBus;
import io.dockherd.herd.bus.HerdClusterManager;
import io.dockherd.herd.facts.ReplicatedFacts;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.dockherd.herd.known.KnownNodes;
import io.dockherd.herd.members.InMemoryMembers;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.records.MemoryRecords;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Addresses on a clustered bus: real connections between nodes, engines scripted. */
class AddressesAcrossNodesTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final InMemoryGroups groups = new InMemoryGroups();
  private final InMemoryMembers.Directory directory = new InMemoryMembers.Directory();
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Vertx program = program();

  private record Node(
      Group group,
      Vertx vertx,
      ReplicatedFacts facts,
      ScriptedFleet fleet,
      Actions actions,
      ActionsBus bus) {}

  private Vertx program() {
    Group group = groups.newPeer();
    HerdClusterManager manager = new HerdClusterManager(group);
    group.join();
    return HerdBus.startInsecure(manager, BusSettings.of("127.0.0.1", 0));
  }

  private Node join(String name) {
    Group group = groups.newPeer();
    InMemoryMembers members = new InMemoryMembers(group, directory, Member.Kind.NODE, name);
    ReplicatedFacts facts = new ReplicatedFacts(group, members, timer, Duration.ofSeconds(10));
    HerdClusterManager manager = new HerdClusterManager(group);
    group.join();
    Vertx vertx = HerdBus.startInsecure(manager, BusSettings.of("127.0.0.1", 0));
    ScriptedFleet fleet = new ScriptedFleet(name);
    MemoryRecords records = new MemoryRecords();
    ActionSettings settings = ActionSettings.of("deblox");
    ActionsBus bus =
        new ActionsBus(vertx, settings, fleet, members, facts, new RequestIds(new Random(1)));
    Actions actions =
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
                new Pool(records),
                new Templates(records, new TemplateFiles(Path.of("/nonexistent"))),
                bus,
                InstantSource.system()));
    bus.open(actions);
    Node node = new Node(group, vertx, facts, fleet, actions, bus);
    nodes.put(name, node);
    return node;
  }

  @AfterEach
  void close() {
    for (Node node : nodes.values()) {
      node.bus.close();
      node.actions.close();
      close(node.vertx);
    }
    close(program);
    groups.close();
    timer.shutdownNow();
  }

  private static void close(Vertx vertx) {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private JsonObject send(String address, JsonObject message) throws Exception {
    return (JsonObject)
        program
            .eventBus()
            .request(address, message)
            .toCompletionStage()
            .toCompletableFuture()
            .get(SOON.toSeconds(), TimeUnit.SECONDS)
            .body();
  }

  @Test
  void whoeverHasTheAnswerToACreateCanSendToTheIdAtOnce() throws Exception {
    Node one = join("host-1");
    Node two = join("host-2");
    two.fleet.script = (node, request) -> ScriptedFleet.empty(204);
    one.fleet.creator = createdOn(two);
    for (int i = 0; i < 50; i++) {
      JsonObject created =
          send(
              "deblox.host-1",
              new JsonObject().put("action", "create-container").put("image", "busybox"));
      String id = created.getJsonObject("Response").getJsonObject("Body").getString("Id");
      JsonObject started = send(id, new JsonObject().put("action", "start-container"));
      assertEquals("host-2", started.getString("dockerInstance"));
    }
  }

  @Test
  void anAnswerOutsideTheBusComesWhenTheAddressesAreOpenToo() throws Exception {
    Node one = join("host-1");
    Node two = join("host-2");
    two.fleet.script = (node, request) -> ScriptedFleet.empty(204);
    one.fleet.creator = createdOn(two);
    JsonObject created =
        one.actions
            .perform(
                new JsonObject()
                    .put("action", "create-container")
                    .put("image", "busybox")
                    .put("instances", 20),
                Arrival.ANYWHERE,
                new Identity("tester", "actions", "here"),
                "r1",
                early -> {})
            .json();
    assertEquals(20, created.getInteger("created"));
    for (Object entry : created.getJsonArray("containers")) {
      String id =
          ((JsonObject) entry).getJsonObject("Response").getJsonObject("Body").getString("Id");
      JsonObject started = send(id, new JsonObject().put("action", "start-container"));
      assertEquals("host-2", started.getString("dockerInstance"));
    }
  }

  /** Makes containers on a node that hears of each from its engine in its own time. */
  private BiFunction<String, CreateOrder, Creation> createdOn(Node owner) {
    Random random = new Random(7);
    return (node, order) -> {
      String id = String.format("%064x", random.nextLong());
      owner.fleet.with("host-2", id);
      timer.schedule(
          () -> owner.facts.tell("container", id, Buffer.buffer("{}")),
          random.nextInt(20),
          TimeUnit.MILLISECONDS);
      return new Creation.Created(
          "host-2", id, ScriptedFleet.json(201, "{\"Id\":\"" + id + "\"}"), List.of());
    };
  }

  @Test
  void theHerdsAddressIsEveryNodesInTurn() throws Exception {
    join("host-1");
    join("host-2");
    List<String> who = new ArrayList<>();
    Await.until(
        "both nodes' answers",
        SOON,
        () -> {
          try {
            who.add(
                send("deblox", new JsonObject().put("action", "list-images"))
                    .getString("dockerInstance"));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return who.contains("host-1") && who.contains("host-2");
        });
    assertEquals(
        "host-2",
        send("deblox.host-2", new JsonObject().put("action", "list-images"))
            .getString("dockerInstance"));
  }
}
