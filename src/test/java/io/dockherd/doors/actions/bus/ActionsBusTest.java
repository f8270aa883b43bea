package io.dockherd.doors.actions.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.doors.actions.ActionsLab;
import io.dockherd.doors.actions.ScriptedFleet;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The addresses of the bus, as a Vert.x program of the seed's time uses them. */
class ActionsBusTest {
  private static final String WEB =
      "b276fbefc5c5d852a3c34a2999d8b26cb473e1a96ff611fe67f65f9cf635c70f";
  private static final Duration SOON = Duration.ofSeconds(10);

  private final ActionsLab lab =
      new ActionsLab(java.nio.file.Path.of("/nonexistent"), ActionsLab.patient()).openBus();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void theHerdsAddressAnswersWithAnEnvelope() throws Exception {
    lab.fleet.script = (node, request) -> ScriptedFleet.json(200, "[]");
    JsonObject answer = lab.send("deblox", new JsonObject().put("action", "list-containers"));
    assertEquals(200, answer.getInteger("statusCode"));
    assertEquals(0, answer.getJsonObject("Response").getJsonArray("Body").size());
    assertEquals("host-1", answer.getString("dockerInstance"));
  }

  @Test
  void textAndBytesAreRequestsToo() throws Exception {
    assertEquals(200, lab.send("deblox", "{\"action\":\"list-images\"}").getInteger("statusCode"));
    assertEquals(
        200,
        lab.send("deblox", Buffer.buffer("{\"action\":\"list-images\"}")).getInteger("statusCode"));
  }

  @Test
  void whateverIsWrongWithAMessageItIsAnswered() throws Exception {
    assertEquals("error", lab.send("deblox", "rubbish").getString("status"));
    assertEquals("error", lab.send("deblox", 5).getString("status"));
    assertEquals(
        "no such action is supported",
        lab.send("deblox", new JsonObject().put("action", "fly")).getString("error"));
    assertEquals(
        "action must be specified", lab.send("deblox", new JsonObject()).getString("message"));
  }

  @Test
  void aContainersAddressIsThereAsSoonAsItIsKnownAndGoesWithIt() throws Exception {
    lab.fleet.with("host-1", WEB, "web");
    lab.facts.tell("container", WEB, Buffer.buffer("{}"));
    lab.facts.tell("container", WEB, Buffer.buffer("{\"again\":true}"));
    lab.fleet.script = (node, request) -> ScriptedFleet.empty(204);
    JsonObject started = lab.send(WEB, new JsonObject().put("action", "start-container"));
    assertEquals(204, started.getInteger("statusCode"));
    assertEquals("", started.getString("Response"));
    assertEquals(List.of("host-1 POST /containers/" + WEB + "/start"), lab.asked());

    lab.facts.retract("container", WEB);
    assertThrows(
        ExecutionException.class,
        () -> lab.send(WEB, new JsonObject().put("action", "start-container")));
  }

  @Test
  void aCreateAtANodesAddressIsPlacedThere() throws Exception {
    lab.send("deblox.host-1", new JsonObject().put("action", "create-container").put("image", "x"));
    assertEquals("host-1", lab.fleet.ordered.getFirst().node());
    lab.send("deblox", new JsonObject().put("action", "create-container").put("image", "x"));
    assertEquals("", lab.fleet.ordered.getLast().node());
  }

  @Test
  void announcementsArePublishedAndThoseOfOthersNeedNoAnswer() throws Exception {
    List<JsonObject> heard = new CopyOnWriteArrayList<>();
    lab.vertx()
        .eventBus()
        .<JsonObject>consumer("deblox.register", message -> heard.add(message.body()));
    JsonObject beat = new JsonObject().put("action", "register").put("hostname", "host-1");
    Await.until("a heartbeat", SOON, () -> heard.contains(beat));
    JsonObject answer = lab.send("deblox", beat);
    assertEquals("ok", answer.getString("status"));
    assertTrue(answer.getBoolean("present"));
  }

  @Test
  void eventsOfTheHerdArePublishedOnce() {
    List<JsonObject> heard = new CopyOnWriteArrayList<>();
    lab.vertx()
        .eventBus()
        .<JsonObject>consumer("deblox.events", message -> heard.add(message.body()));
    JsonObject ours =
        new JsonObject().put("type", "container").put("node", "host-1").put("id", WEB);
    lab.fleet.listeners.forEach(listener -> listener.accept(ours.copy().put("node", "host-2")));
    lab.fleet.listeners.forEach(listener -> listener.accept(ours));
    Await.until("the event", SOON, () -> !heard.isEmpty());
    assertEquals(List.of(ours), heard);
  }

  @Test
  void comingsAndGoingsAreToldByTheFirstOtherNode() {
    List<String> heard = new CopyOnWriteArrayList<>();
    lab.vertx()
        .eventBus()
        .<JsonObject>consumer(
            "deblox.events",
            message ->
                heard.add(
                    message.body().getString("action") + " " + message.body().getString("node")));
    for (String happening :
        List.of("joined host-2", "left host-1", "left host-2", "joined host-2", "healed host-1")) {
      JsonObject event =
          new JsonObject()
              .put("type", "node")
              .put("action", happening.split(" ")[0])
              .put("node", happening.split(" ")[1]);
      lab.fleet.listeners.forEach(listener -> listener.accept(event));
    }
    Await.until("the last event", SOON, () -> heard.contains("healed host-1"));
    // host-2 was there when listening began; of host-1 itself another has to tell.
    assertEquals(List.of("left host-2", "joined host-2", "healed host-1"), heard);
  }

  @Test
  void moreMessagesThanFitAreToldSo() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    lab.fleet.script =
        (node, request) -> {
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return ScriptedFleet.json(200, "[]");
        };
    JsonObject list =
        new JsonObject().put("action", "list-images").put("timeLimit", SOON.toMillis());
    List<Future<JsonObject>> waiting = new ArrayList<>();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < lab.settings.maxInWork(); i++) {
        waiting.add(senders.submit(() -> lab.send("deblox", list)));
      }
      Await.until("all in work", SOON, () -> lab.fleet.asked.size() == lab.settings.maxInWork());
      assertEquals("busy", lab.send("deblox", list).getString("code"));
      gate.countDown();
      for (Future<JsonObject> answer : waiting) {
        assertEquals(200, answer.get().getInteger("statusCode"));
      }
    }
    assertEquals(200, lab.send("deblox", list).getInteger("statusCode"));
  }
}
