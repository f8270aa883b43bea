package io.dockherd.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.ScriptedEngine;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unplaceable;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.requests.CreateRequest;
import io.dockherd.fleet.watch.FactKind;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CreateTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Predicate<EngineRequest> CREATE =
      request -> request.path().equals("/containers/create");

  private final FleetHerd herd = FleetHerd.of("host-1", "host-2", "host-3");
  private final HerdFleet fleet = herd.fleet("host-1");

  @AfterEach
  void end() {
    herd.close();
  }

  private static CreateOrder order(String name, String image, boolean pull, Duration limit) {
    return new CreateOrder(name, new JsonObject().put("Image", image), pull, limit);
  }

  private static final CreateOrder ANY = order("", "busybox", false, LIMIT);

  private List<Integer> counts() {
    return List.of(
        herd.engine("host-1").count(),
        herd.engine("host-2").count(),
        herd.engine("host-3").count());
  }

  private Creation one(CreateOrder order) {
    return fleet.create(order, 1).getFirst();
  }

  @Test
  void spreadsEvenly() {
    List<Creation> made = fleet.create(ANY, 30);
    made.forEach(creation -> assertInstanceOf(Creation.Created.class, creation));
    assertEquals(List.of(10, 10, 10), counts());
    assertEquals(30, herd.fleet("host-3").containers().size(), "and every node knows");
  }

  @Test
  void aNodeOutOfThePoolGetsNothingUnlessItIsNamed() {
    herd.pool.set("host-2", false, LIMIT);
    fleet.create(ANY, 10);
    assertEquals(List.of(5, 0, 5), counts());
    assertInstanceOf(Creation.Created.class, fleet.createOn("host-2", ANY));
    herd.pool.set("host-2", true, LIMIT);
    fleet.create(ANY, 4);
    assertEquals(List.of(5, 5, 5), counts());
  }

  @Test
  void withEveryNodeOutOfThePoolTheReasonsSaySo() {
    for (String node : List.of("host-1", "host-2", "host-3")) {
      herd.pool.set(node, false, LIMIT);
    }
    Creation.Failed failed = assertInstanceOf(Creation.Failed.class, one(ANY));
    Unplaceable unplaceable = assertInstanceOf(Unplaceable.class, failed.failure());
    assertTrue(unplaceable.reasons().get("host-2").contains("pool"));
  }

  @Test
  void oneByOneAndAllAtOnceAreSpreadAsEvenly() throws Exception {
    for (int i = 0; i < 9; i++) {
      one(ANY);
    }
    assertEquals(List.of(3, 3, 3), counts());
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Creation>> calls = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        calls.add(callers.submit(() -> one(ANY)));
      }
      for (Future<Creation> call : calls) {
        assertInstanceOf(Creation.Created.class, call.get());
      }
    }
    assertEquals(List.of(23, 23, 23), counts());
  }

  @Test
  void allNodesAtOnceAreNearlyAsEven() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 90; i++) {
        HerdFleet asked = herd.fleet("host-" + (1 + i % 3));
        callers.submit(() -> asked.create(ANY, 1));
      }
    }
    int apart = Collections.max(counts()) - Collections.min(counts());
    assertTrue(apart <= 4, "they know of each other's a moment later: " + counts());
    assertEquals(90, counts().stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void carriesTheHerdsLabel() {
    Creation.Created made = assertInstanceOf(Creation.Created.class, one(ANY));
    JsonObject labels =
        fleet
            .host(made.node())
            .call(EngineRequest.get(LIMIT, "containers", made.id(), "json"))
            .body()
            .toJsonObject()
            .getJsonObject("Config")
            .getJsonObject("Labels");
    assertEquals("test", labels.getString("io.dockherd.herd"));
    assertEquals(201, made.response().status());
  }

  @Test
  void aNodeThatRefusesIsPassedOver() {
    herd.engine("host-2").answer(CREATE, 500, "no space left on device");
    List<Creation> made = fleet.create(ANY, 12);
    made.forEach(creation -> assertInstanceOf(Creation.Created.class, creation));
    assertEquals(List.of(6, 0, 6), counts());
    List<Creation.Refusal> refusals = made.stream().flatMap(c -> c.refusals().stream()).toList();
    assertEquals(4, refusals.size());
    assertEquals(
        new Creation.Refusal("host-2", "500 no space left on device"), refusals.getFirst());
  }

  @Test
  void anImageThatOnlyOneNodeHasRunsOnAll() {
    addToHost3("special:1");
    List<Creation> made = fleet.create(order("", "special:1", false, LIMIT), 6);
    made.forEach(creation -> assertInstanceOf(Creation.Created.class, creation));
    assertEquals(List.of(2, 2, 2), counts());
  }

  private void addToHost3(String image) {
    herd.engine("host-3").addImage(image);
    for (String node : List.of("host-1", "host-2")) {
      Await.until(
          node + " knows",
          Duration.ofSeconds(5),
          () ->
              herd.node(node).facts().of(FactKind.IMAGE, "host-3").stream()
                  .anyMatch(fact -> fact.value().toString().contains(image)));
    }
  }

  @Test
  void anImageThatNobodyHasIsDeclinedInTheEnginesWords() {
    Creation.Declined declined =
        assertInstanceOf(Creation.Declined.class, one(order("", "none:1", false, LIMIT)));
    assertEquals(404, declined.response().status());
    assertEquals("No such image: none:1", declined.response().message());
    assertEquals(2, declined.refusals().size());
  }

  @Test
  void aMissingImageIsPulledOnceHoweverManyWantIt() {
    for (String node : List.of("host-1", "host-2", "host-3")) {
      herd.engine(node).registryHolds("far:latest"::equals);
      herd.engine(node).takes(Duration.ofMillis(20));
    }
    List<Creation> made = fleet.create(order("", "far", true, LIMIT), 12);
    made.forEach(creation -> assertInstanceOf(Creation.Created.class, creation));
    assertEquals(List.of(4, 4, 4), counts());
    for (String node : List.of("host-1", "host-2", "host-3")) {
      long pulls =
          herd.engine(node).asked().stream()
              .map(request -> request.path())
              // From the registry, or from a node that was earlier.
              .filter(path -> path.equals("/images/create") || path.equals("/images/load"))
              .count();
      assertEquals(1, pulls, node);
    }
  }

  @Test
  void aMissingImageIsPulledWithTheCallersCredentials() {
    for (String node : List.of("host-1", "host-2")) {
      herd.engine(node).registryHolds(image -> image.startsWith("far-"));
      // One each: what another node has is fetched from there.
      JsonObject document = new JsonObject().put("Image", "far-from-" + node);
      CreateOrder order = new CreateOrder("", document, true, "e30=", LIMIT, LIMIT);
      assertInstanceOf(Creation.Created.class, fleet.createOn(node, order));
      List<String> told =
          herd.engine(node).asked().stream()
              .filter(request -> request.path().equals("/images/create"))
              .map(request -> request.header("X-Registry-Auth").orElse(null))
              .toList();
      assertEquals(List.of("e30="), told, node);
    }
  }

  @Test
  void anImageOfAnotherNodeIsFetchedFromThereAndNoRegistryIsAsked() {
    addToHost3("built:latest");
    for (boolean mayPull : List.of(false, true)) {
      String node = mayPull ? "host-2" : "host-1";
      assertInstanceOf(
          Creation.Created.class, fleet.createOn(node, order("", "built", mayPull, LIMIT)));
      assertTrue(
          herd.engine(node).asked().stream()
              .noneMatch(request -> request.path().equals("/images/create")));
    }
  }

  @Test
  void fiveThatWantOneImageAtOnceFetchItOnce() throws Exception {
    addToHost3("built:latest");
    herd.engine("host-1").takes(Duration.ofMillis(20));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Creation>> made = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        made.add(threads.submit(() -> fleet.createOn("host-1", order("", "built", false, LIMIT))));
      }
      for (Future<Creation> each : made) {
        assertInstanceOf(Creation.Created.class, each.get());
      }
    }
    assertEquals(
        1,
        herd.engine("host-1").asked().stream()
            .filter(request -> request.path().equals("/images/load"))
            .count());
  }

  @Test
  void anImageThatCanNotBePulledIsDeclinedWithTheReason() {
    Creation.Declined declined =
        assertInstanceOf(Creation.Declined.class, one(order("", "none:1", true, LIMIT)));
    assertEquals("pull access denied for none:1", declined.response().message());
  }

  @Test
  void aWrongRequestIsNotTriedElsewhere() {
    for (String node : List.of("host-1", "host-2", "host-3")) {
      herd.engine(node).answer(CREATE, 400, "bad parameter");
    }
    Creation.Declined declined = assertInstanceOf(Creation.Declined.class, one(ANY));
    assertEquals(List.of(), declined.refusals());
  }

  @Test
  void aNameIsTakenInTheWholeHerd() {
    assertInstanceOf(Creation.Created.class, one(order("web", "busybox", false, LIMIT)));
    for (int i = 0; i < 5; i++) {
      Creation.Failed failed =
          assertInstanceOf(
              Creation.Failed.class,
              herd.fleet("host-2").create(order("web", "busybox", false, LIMIT), 1).getFirst());
      assertInstanceOf(Conflict.class, failed.failure());
    }
    assertThrows(Invalid.class, () -> fleet.create(order("db", "busybox", false, LIMIT), 2));
  }

  @Test
  void aNameAskedForOnAllNodesAtOnceIsGivenOnce() throws Exception {
    for (String name : List.of("web", "db", "cache")) {
      List<Creation> made =
          atOnce(30, asked -> asked.create(order(name, "busybox", false, LIMIT), 1));
      assertEquals(1, made.stream().filter(Creation.Created.class::isInstance).count(), name);
      made.stream()
          .filter(Creation.Failed.class::isInstance)
          .forEach(
              failed -> assertInstanceOf(Conflict.class, ((Creation.Failed) failed).failure()));
    }
    assertEquals(3, counts().stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void aNameIsGivenOnceAlsoWhenItsFirstKeeperCanNotBeReached() throws Exception {
    herd.cutOff("host-2");
    for (int i = 0; i < 5; i++) {
      String name = "web" + i;
      List<Creation> made =
          atOnce(12, asked -> asked.create(order(name, "busybox", false, LIMIT), 1));
      assertEquals(1, made.stream().filter(Creation.Created.class::isInstance).count(), name);
    }
  }

  @Test
  void aClaimedNameIsFreeAgainWhenItIsLetGoOfUntaken() {
    NameClaim claim = fleet.claimName("/web", LIMIT);
    assertThrows(Conflict.class, () -> herd.fleet("host-3").claimName("web", LIMIT));
    claim.close();
    herd.fleet("host-2").claimName("web", LIMIT).close();
    assertInstanceOf(Creation.Created.class, one(order("web", "busybox", false, LIMIT)));
    assertThrows(Conflict.class, () -> herd.fleet("host-2").claimName("web", LIMIT));
  }

  @Test
  void aNameClaimedByANodeThatDiedIsFreeAlsoWhenTheNodeWasStartedAgainBeforeAnybodyAsked() {
    herd.fleet("host-3").claimName("web", Duration.ofMinutes(10));
    ScriptedEngine engine = herd.engine("host-3");
    herd.kill("host-3");
    herd.join("host-3", engine);
    herd.awaitReachable("host-3");
    assertInstanceOf(Creation.Created.class, one(order("web", "busybox", false, LIMIT)));
  }

  @Test
  void aPortAskedForOnAllNodesAtOnceIsHadOncePerNode() throws Exception {
    CreateOrder publishing = publishing();
    List<Creation> made = atOnce(30, asked -> asked.create(publishing, 1));
    assertEquals(List.of(1, 1, 1), counts());
    for (Creation creation : made) {
      if (creation instanceof Creation.Failed failed) {
        Unplaceable nowhere = assertInstanceOf(Unplaceable.class, failed.failure());
        assertEquals(3, nowhere.reasons().size(), nowhere.getMessage());
        assertEquals("[port 80 (Bridge mode)]", nowhere.conditions().getFirst());
      }
    }
  }

  @Test
  void roomAskedForOnAllNodesAtOnceIsNotGivenTwice() throws Exception {
    // Scripted engines have four CPUs: two containers of two fit, a third does not.
    CreateOrder large =
        demanding("{\"Image\":\"busybox\",\"HostConfig\":{\"NanoCpus\":2000000000}}");
    List<Creation> made = atOnce(20, asked -> asked.create(large, 1));
    assertEquals(List.of(2, 2, 2), counts());
    assertEquals(6, made.stream().filter(Creation.Created.class::isInstance).count());
  }

  @Test
  void aNodeOutOfThePoolRefusesByItself() {
    CreateOrder there = demanding("{\"Image\":\"busybox\",\"Env\":[\"constraint:node==host-2\"]}");
    assertInstanceOf(Creation.Created.class, one(there));
    herd.pool.set("host-2", false, LIMIT);
    Creation.Failed failed = assertInstanceOf(Creation.Failed.class, one(there));
    Unplaceable nowhere = assertInstanceOf(Unplaceable.class, failed.failure());
    assertTrue(nowhere.reasons().get("host-2").contains("pool"), nowhere.getMessage());
    assertTrue(
        nowhere.reasons().get("host-1").contains("node==host-2"), "and the others say why not");
  }

  @Test
  void anAntiAffinityHoldsAgainstThoseOnTheirWayToo() throws Exception {
    CreateOrder alone =
        demanding(
            "{\"Image\":\"busybox\",\"Labels\":{\"app\":\"db\"},\"Env\":[\"affinity:app!=db\"]}");
    atOnce(20, asked -> asked.create(alone, 1));
    assertEquals(List.of(1, 1, 1), counts());
  }

  private static CreateOrder publishing() {
    return demanding(
        "{\"Image\":\"busybox\",\"HostConfig\":{\"PortBindings\":{\"80/tcp\":[{\"HostPort\":\"80\"}]}}}");
  }

  private static CreateOrder demanding(String text) {
    JsonObject document = new JsonObject(text);
    CreateRequest request = CreateRequest.read("", document, "", false, "feed");
    return new CreateOrder(
        "", request.document(), false, "", LIMIT, LIMIT, Optional.of(request.demand()), "");
  }

  private List<Creation> atOnce(int times, Function<HerdFleet, List<Creation>> work)
      throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Creation>>> calls = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        HerdFleet asked = herd.fleet("host-" + (1 + i % 3));
        calls.add(callers.submit(() -> work.apply(asked)));
      }
      List<Creation> made = new ArrayList<>();
      for (Future<List<Creation>> call : calls) {
        made.addAll(call.get());
      }
      return made;
    }
  }

  @Test
  void anEngineOutOfReachGetsNothing() {
    herd.engine("host-1").stop();
    Await.until("known", LIMIT, () -> !FleetHerd.isReachable(herd.node("host-1"), "host-1"));
    fleet.create(ANY, 10);
    assertEquals(List.of(0, 5, 5), counts());
  }

  @Test
  void aNodeOutOfReachIsPassedOver() {
    herd.cutOff("host-2");
    List<Creation> made = fleet.create(ANY, 6);
    made.forEach(creation -> assertInstanceOf(Creation.Created.class, creation));
    assertEquals(List.of(3, 0, 3), counts());
    Creation.Failed failed = assertInstanceOf(Creation.Failed.class, fleet.createOn("host-2", ANY));
    assertInstanceOf(Unreachable.class, failed.failure());
    assertEquals("host-2", failed.node());
  }

  @Test
  void noNodeAtAllSaysForEachWhy() {
    for (String node : List.of("host-1", "host-2", "host-3")) {
      herd.engine(node).stop();
      Await.until("known", LIMIT, () -> !FleetHerd.isReachable(herd.node("host-1"), node));
    }
    Creation.Failed failed = assertInstanceOf(Creation.Failed.class, one(ANY));
    Unplaceable unplaceable = assertInstanceOf(Unplaceable.class, failed.failure());
    assertEquals(
        List.of("host-1", "host-2", "host-3"), List.copyOf(unplaceable.reasons().keySet()));
  }

  @Test
  void aTimeOutNamesTheNodeIsNotTriedElsewhereAndWhatComesOfItIsRemoved() {
    herd.engine("host-2").hang();
    // Time enough for the other two on any machine.
    CreateOrder hasty = order("", "busybox", false, Duration.ofSeconds(2));
    List<Creation> made = fleet.create(hasty, 3);
    Creation.Failed late =
        made.stream()
            .filter(Creation.Failed.class::isInstance)
            .map(Creation.Failed.class::cast)
            .findFirst()
            .orElseThrow();
    assertInstanceOf(TimedOut.class, late.failure());
    assertEquals("host-2", late.node());
    assertTrue(late.failure().getMessage().contains("host-2"), late.failure().getMessage());
    assertEquals(List.of(1, 0, 1), counts());
  }

  @Test
  void anEngineThatHangsIsNotGivenTheTimeOfAPull() {
    herd.engine("host-2").hang();
    CreateOrder patient =
        new CreateOrder(
            "",
            new JsonObject().put("Image", "busybox"),
            true,
            "",
            Duration.ofHours(1),
            Duration.ofMillis(300));
    Creation.Failed late =
        assertInstanceOf(Creation.Failed.class, fleet.createOn("host-2", patient));
    assertInstanceOf(TimedOut.class, late.failure());
  }

  @Test
  void whatIsMadeTooLateIsRemovedAgain() {
    // The engine goes on with what was given up: so do real ones.
    herd.engine("host-2").takesInSecret(Duration.ofSeconds(3));
    CreateOrder hasty = order("", "busybox", false, Duration.ofSeconds(2));
    assertInstanceOf(Creation.Failed.class, fleet.createOn("host-2", hasty));
    herd.engine("host-2").takesInSecret(Duration.ZERO);
    Await.until("it was made", LIMIT, () -> herd.engine("host-2").madeSoFar() == 1);
    Await.until("and is removed", LIMIT, () -> herd.engine("host-2").count() == 0);
  }

  @Test
  void anAnswerThatGotLostLeavesNothingBehind() {
    herd.loseAnswersOf("host-2");
    CreateOrder hasty = order("", "busybox", false, Duration.ofMillis(400));
    assertInstanceOf(Creation.Failed.class, fleet.createOn("host-2", hasty));
    Await.until("it is removed", LIMIT, () -> herd.engine("host-2").count() == 0);
  }

  @Test
  void createOnGoesThereAndNowhereElse() {
    Creation.Created made = assertInstanceOf(Creation.Created.class, fleet.createOn("host-3", ANY));
    assertEquals("host-3", made.node());
    assertEquals(List.of(0, 0, 1), counts());
    herd.engine("host-3").answer(CREATE, 500, "no");
    assertInstanceOf(Creation.Declined.class, fleet.createOn("host-3", ANY));
    Creation.Failed missing =
        assertInstanceOf(Creation.Failed.class, fleet.createOn("host-9", ANY));
    assertInstanceOf(NotFound.class, missing.failure());
  }
}
