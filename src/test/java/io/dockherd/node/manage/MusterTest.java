package io.dockherd.node.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.engine.Engine;
import io.dockherd.engine.ScriptedEngine;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.CreateOrder;
import io.dockherd.fleet.Creation;
import io.dockherd.fleet.FleetSettings;
import io.dockherd.fleet.HerdFleet;
import io.dockherd.fleet.OutOfReach;
import io.dockherd.fleet.Pool;
import io.dockherd.fleet.events.HerdEvent;
import io.dockherd.fleet.events.HerdFeed;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.herd.discovery.HostPort;
import io.dockherd.herd.discovery.Roster;
import io.dockherd.herd.facts.FactBoard;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.group.PeerId;
import io.dockherd.herd.members.AppointedMembers;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.records.MemoryRecords;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Engines come and go with the list, over scripted engines. */
class MusterTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final AppointedMembers members =
      new AppointedMembers(
          new Member(
              new PeerId("self"),
              Member.Kind.PROGRAM,
              "manager",
              "127.0.0.1",
              0,
              0,
              0,
              "",
              new JsonObject()));
  private final FactBoard board = new FactBoard();
  private final Facts facts = board.as("manager");
  private final OneProcess neighbours = new OneProcess();
  private final HerdFleet fleet =
      new HerdFleet(
          "test",
          members,
          facts,
          new OutOfReach("manager", "none"),
          neighbours,
          new Pool(new MemoryRecords()),
          FleetSettings.defaults(),
          InstantSource.system(),
          new Random(1));
  private final Engines engines = new Engines(members, board, fleet);
  private final HerdEngines known = new HerdEngines(members, facts);

  /** Who answers at which host, by its name. */
  private final Map<String, ScriptedEngine> answering = new ConcurrentHashMap<>();

  private final ListInHand list = new ListInHand();
  private final Muster muster = new Muster(list, Duration.ofHours(1), engines, this::dial);

  /** A store: what it lists, or that it is away, as it is told. */
  private static final class ListInHand implements Roster {
    private final BlockingQueue<Boolean> changes = new LinkedBlockingQueue<>();
    private volatile List<HostPort> engines = List.of();
    private volatile boolean isAway;
    private volatile int reads;

    void holds(HostPort... now) {
      engines = List.of(now);
      isAway = false;
      changes.add(true);
    }

    void goesAway() {
      isAway = true;
      changes.add(true);
    }

    @Override
    public List<HostPort> read() {
      reads++;
      if (isAway) {
        throw new Unreachable("store", "the store does not answer", "");
      }
      return engines;
    }

    @Override
    public void awaitChange(Duration heartbeat) throws InterruptedException {
      changes.take();
    }
  }

  private Engine dial(HostPort address) {
    ScriptedEngine engine = answering.get(address.host());
    return engine == null ? new OutOfReach(address.host(), "connection refused") : engine;
  }

  /** An address of loopback at which an engine of that name answers. */
  private HostPort engine(int number, String name) {
    HostPort address = new HostPort("127.0.0." + number, 2375);
    answering.put(address.host(), new ScriptedEngine(name));
    return address;
  }

  @BeforeEach
  void start() {
    neighbours.serve(fleet);
    fleet.start();
    facts.listen(FactKind.ENGINE, muster);
    muster.start();
  }

  @AfterEach
  void end() {
    muster.close();
    engines.close();
    fleet.close();
    board.close();
    members.close();
  }

  private String shown() {
    return known.all().stream()
        .map(one -> one.node() + (one.engine().isReachable() ? "" : "?"))
        .collect(Collectors.joining(" "));
  }

  private void awaitShown(String expected) {
    Await.until(() -> expected + ", but: " + shown(), SOON, () -> shown().equals(expected));
  }

  private Creation create(String name) {
    JsonObject document = new JsonObject().put("Image", "busybox");
    return fleet.create(new CreateOrder(name, document, false, SOON), 1).getFirst();
  }

  @Test
  void enginesJoinByTheirHostsNamesAndLeaveWithTheList() {
    HostPort one = engine(1, "alpha");
    HostPort two = engine(2, "beta");
    list.holds(one, two);
    awaitShown("alpha beta");
    list.holds(two);
    awaitShown("beta");
    list.holds(two, one);
    awaitShown("alpha beta");
  }

  @Test
  void aListThatCannotBeReadOrIsEmptyKeepsEveryEngine() {
    list.holds(engine(1, "alpha"));
    awaitShown("alpha");
    int before = list.reads;
    list.goesAway();
    Await.until("it was asked", SOON, () -> list.reads > before);
    list.holds();
    Await.until("it was asked again", SOON, () -> list.reads > before + 1);
    assertEquals("alpha", shown());
    list.holds(engine(2, "beta"));
    awaitShown("beta");
  }

  @Test
  void anEngineThatDoesNotAnswerIsPendingUntilItDoes() {
    HostPort late = new HostPort("127.0.0.1", 2375);
    list.holds(late, engine(2, "beta"));
    awaitShown("127.0.0.1:2375? beta");
    Await.until(
        "it is said why",
        SOON,
        () -> known.engine("127.0.0.1:2375").reason().contains("connection refused"));
    assertTrue(create("web") instanceof Creation.Created created && created.node().equals("beta"));
    answering.put("127.0.0.1", new ScriptedEngine("alpha"));
    awaitShown("alpha beta");
  }

  @Test
  void anEngineThatIsLostStaysListedAndComesBack() {
    list.holds(engine(1, "alpha"), engine(2, "beta"));
    awaitShown("alpha beta");
    answering.get("127.0.0.1").stop();
    awaitShown("alpha? beta");
    assertTrue(create("web") instanceof Creation.Created created && created.node().equals("beta"));
    answering.get("127.0.0.1").restart();
    awaitShown("alpha beta");
  }

  @Test
  void theSecondOfOneNameGetsItsAddressToo() {
    list.holds(engine(1, "alpha"));
    awaitShown("alpha");
    HostPort second = engine(2, "other id");
    answering.get("127.0.0.2").named("alpha");
    list.holds(new HostPort("127.0.0.1", 2375), second);
    awaitShown("alpha alpha_127.0.0.2_2375");
  }

  @Test
  void oneEngineByTwoAddressesIsTakenOnce() {
    HostPort one = engine(1, "alpha");
    list.holds(one);
    awaitShown("alpha");
    list.holds(one, engine(2, "alpha"));
    Await.until(
        "the second is refused",
        SOON,
        () -> known.engine("127.0.0.2:2375").reason().contains("ID duplicated"));
    assertEquals("127.0.0.2:2375? alpha", shown());
  }

  @Test
  void anotherEngineAtAnAddressIsAnotherNode() {
    list.holds(engine(1, "alpha"));
    awaitShown("alpha");
    answering.get("127.0.0.1").stop();
    awaitShown("alpha?");
    answering.get("127.0.0.1").named("omega");
    answering.get("127.0.0.1").restart();
    awaitShown("omega");
  }

  @Test
  void namesAreGivenOnceAndContainersGoAroundTheEngines() {
    list.holds(engine(1, "alpha"), engine(2, "beta"));
    awaitShown("alpha beta");
    assertTrue(create("web") instanceof Creation.Created);
    assertTrue(create("web") instanceof Creation.Failed);
    assertTrue(create("db") instanceof Creation.Created);
    assertEquals(1, fleet.known("alpha").size());
    assertEquals(1, fleet.known("beta").size());
  }

  @Test
  void theEventsOfAllEnginesAreOneStream() throws Exception {
    list.holds(engine(1, "alpha"), engine(2, "beta"));
    awaitShown("alpha beta");
    Queue<String> told = new ConcurrentLinkedQueue<>();
    try (HerdFeed.Following _ = fleet.feed().follow(event -> told.add(text(event)))) {
      create("web");
      create("db");
      Await.until(
          told::toString, SOON, () -> told.containsAll(List.of("alpha create", "beta create")));
    }
    List<String> remembered =
        fleet.feed().remembered(Instant.EPOCH, Instant.now().plusSeconds(3600)).events().stream()
            .map(MusterTest::text)
            .toList();
    assertTrue(
        remembered.containsAll(List.of("alpha create", "beta create")), remembered.toString());
  }

  private static String text(HerdEvent event) {
    return event.node() + " " + event.json().getString("Action");
  }
}
