package io.dockherd.doors.actions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every action against an engine that means it. */
class ActionsOnARealEngineLabTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String TALKER =
      "{\"action\":\"create-container\",\"name\":\"talker\",\"body\":{\"Image\":\"busybox\","
          + "\"Cmd\":[\"sh\",\"-c\",\"echo out; echo err >&2; exec sleep 600\"],"
          + "\"StopSignal\":\"KILL\",\"HostConfig\":{\"NetworkMode\":\"none\"}}}";

  private static RealNode node;

  @BeforeAll
  static void start() {
    node = new RealNode(ActionSettings.of("deblox"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @AfterEach
  void removeAll() {
    for (Object entry :
        node.ask("{\"action\":\"list-containers\"}")
            .getJsonObject("Response")
            .getJsonArray("Body")) {
      on("delete-container", ((JsonObject) entry).getString("Id"), ",\"force\":true");
    }
  }

  private static JsonObject on(String action, String id, String... more) {
    return node.ask(
        "{\"action\":\"" + action + "\",\"id\":\"" + id + "\"" + String.join("", more) + "}");
  }

  private static String created(JsonObject envelope) {
    assertEquals(201, envelope.getInteger("statusCode"), envelope::encode);
    assertEquals("host-1", envelope.getString("dockerInstance"));
    return envelope.getJsonObject("Response").getJsonObject("Body").getString("Id");
  }

  private static void assertStatus(int status, JsonObject envelope) {
    assertEquals(status, envelope.getInteger("statusCode"), envelope::encode);
  }

  private static JsonObject state(String id) {
    return on("inspect-container", id)
        .getJsonObject("Response")
        .getJsonObject("Body")
        .getJsonObject("State");
  }

  @Test
  void theSeedsScriptsRun() {
    JsonObject bulk =
        node.ask(
            "{\"action\": \"create-container\", \"template\": \"test\", \"instances\": 3,"
                + " \"variables\": {\"IMAGE\": \"busybox\"},"
                + " \"body\": {\"Cmd\": [\"sh\"], \"HostConfig\": {\"NetworkMode\": \"none\"}}}");
    JsonArray containers = bulk.getJsonArray("containers");
    assertEquals(3, containers.size(), bulk::encode);
    for (Object entry : containers) {
      String id = created((JsonObject) entry);
      JsonObject started = on("start-container", id);
      assertStatus(204, started);
      assertEquals("", started.getString("Response"));
      assertTrue(state(id).getBoolean("Running"));
    }
    JsonObject all = node.ask("{\"action\": \"list-containers\", \"all\": true}");
    JsonArray listed =
        all.getJsonArray("containers")
            .getJsonObject(0)
            .getJsonObject("Response")
            .getJsonArray("Body");
    assertEquals(3, listed.size());
    for (Object entry : listed) {
      String id = ((JsonObject) entry).getString("Id");
      assertTrue(((JsonObject) entry).getString("Status").startsWith("Up"), entry.toString());
      assertStatus(204, on("stop-container", id, ",\"timeout\":0"));
      assertStatus(204, on("delete-container", id));
      assertEquals("timeout or no such id", on("start-container", id).getString("status"));
    }
  }

  @Test
  void aListFromFactsIsTheEnginesOwn() {
    String id = created(node.ask(TALKER));
    assertStatus(204, on("start-container", id));
    JsonObject told =
        node.ask("{\"action\":\"list-containers\",\"all\":true}")
            .getJsonArray("containers")
            .getJsonObject(0);
    JsonObject asked = node.ask("{\"action\":\"list-containers\"}");
    JsonObject fact = told.getJsonObject("Response").getJsonArray("Body").getJsonObject(0);
    JsonObject own = asked.getJsonObject("Response").getJsonArray("Body").getJsonObject(0);
    fact.remove("Status");
    own.remove("Status");
    assertEquals(own, fact);
  }

  @Test
  void aContainerIsKilledPausedRenamedAndRestartedByAnyOfItsNames() {
    String id = created(node.ask(TALKER));
    assertStatus(204, on("start", "talker"));
    assertStatus(304, on("start", "/talker"));
    assertStatus(204, on("pause-container", id.substring(0, 10)));
    assertTrue(state(id).getBoolean("Paused"));
    assertStatus(204, on("unpause-container", "host-1/talker"));
    assertStatus(204, on("rename-container", "talker", ",\"name\":\"speaker\""));
    assertStatus(204, on("restart-container", "speaker", ",\"timeout\":1"));
    assertTrue(state("speaker").getBoolean("Running"));
    assertStatus(204, on("kill-container", "speaker", ",\"signal\":\"KILL\""));
    Await.until("it ended", SOON, () -> !state(id).getBoolean("Running"));
    assertEquals(137, state(id).getInteger("ExitCode"));
    assertStatus(204, on("shutdown-container", "speaker"));
    assertEquals(404, node.post("{\"action\":\"inspect\",\"id\":\"" + id + "\"}").statusCode());
  }

  @Test
  void whatItWroteIsTextAndSoIsWhatACommandInItWrites() {
    String id = created(node.ask(TALKER));
    assertStatus(204, on("start", id));
    Await.until(
        "both lines",
        SOON,
        () ->
            on("logs", id)
                .getString("Response")
                .lines()
                .sorted()
                .toList()
                .equals(List.of("err", "out")));
    assertEquals("out\n", on("logs", id, ",\"stderr\":false").getString("Response"));
    assertEquals(
        "err\n", on("logs-container", id, ",\"stdout\":false,\"tail\":10").getString("Response"));

    JsonObject ran =
        on("exec", id, ",\"cmd\":\"echo hello; echo $A >&2; exit 3\",\"env\":[\"A=b\"]");
    assertEquals(List.of("b", "hello"), ran.getString("Response").lines().sorted().toList());
    assertEquals(3, ran.getInteger("exitCode"));
    assertEquals(0, on("exec", id, ",\"cmd\":[\"true\"]").getInteger("exitCode"));
    assertStatus(200, on("top", id));
    JsonObject stats = on("stats", id);
    assertTrue(
        stats.getJsonObject("Response").getJsonObject("Body").containsKey("cpu_stats"),
        stats::encode);
    assertEquals(
        409,
        on("exec", created(node.ask(TALKER.replace("talker", "idle"))), ",\"cmd\":\"true\"")
            .getInteger("statusCode"));
  }

  @Test
  void aTerminalsOutputIsAsItIs() {
    String id =
        created(
            node.ask(
                "{\"action\":\"create-raw-container\",\"body\":{\"Image\":\"busybox\",\"Tty\":true,"
                    + "\"Cmd\":[\"echo\",\"ü\"],\"HostConfig\":{\"NetworkMode\":\"none\"}}}"));
    assertStatus(204, on("start", id));
    Await.until("the line", SOON, () -> on("logs", id).getString("Response").equals("ü\r\n"));
  }

  @Test
  void engineErrorsComeInTheirEnvelope() {
    String id = created(node.ask(TALKER));
    assertStatus(204, on("start", id));
    JsonObject refused = on("delete-container", id);
    assertStatus(409, refused);
    assertTrue(
        refused
            .getJsonObject("Response")
            .getJsonObject("Body")
            .getString("message")
            .contains("running"));
    assertStatus(204, on("delete-container", id, ",\"force\":true,\"volumes\":true"));
    assertEquals(
        404,
        node.post("{\"action\":\"create-container\",\"image\":\"none:1\",\"pull\":false}")
            .statusCode());
    assertEquals(
        400, node.post("{\"action\":\"create-container\",\"image\":\"NOT VALID\"}").statusCode());
  }

  @Test
  void imagesNetworksVolumesAndTheNodeAreListed() {
    assertTrue(
        node.ask("{\"action\":\"list-images\"}")
            .getJsonObject("Response")
            .getJsonArray("Body")
            .encode()
            .contains("busybox:latest"));
    assertEquals(
        1, node.ask("{\"action\":\"list-images\",\"all\":true}").getJsonArray("images").size());
    assertStatus(200, node.ask("{\"action\":\"list-volumes\"}"));
    assertStatus(200, node.ask("{\"action\":\"list-networks\"}"));
    JsonObject nodes = node.ask("{\"action\":\"list-nodes\"}");
    assertTrue(
        nodes
            .getJsonArray("nodes")
            .getJsonObject(0)
            .getJsonObject("engine")
            .getBoolean("reachable"),
        nodes::encode);
    JsonObject inspected = node.ask("{\"action\":\"inspect-node\",\"node\":\"host-1\"}");
    assertStatus(200, inspected);
    assertEquals("host-1", inspected.getJsonObject("node").getString("name"));
    String id = created(node.ask(TALKER));
    JsonObject pruned = node.ask("{\"action\":\"prune-containers\"}");
    assertStatus(200, pruned);
    assertTrue(pruned.encode().contains(id), pruned::encode);
  }

  @Test
  void aPullThatCannotBeIsAnsweredWithTheReason() {
    JsonObject pulled =
        node.ask("{\"action\":\"pull-image\",\"image\":\"127.0.0.1:1/none\",\"timeLimit\":15000}");
    assertTrue(pulled.getInteger("statusCode", 0) >= 400, pulled::encode);
    assertFalse(
        pulled.getJsonObject("Response").getJsonObject("Body").getString("message").isEmpty());
  }

  @Test
  void overTheBusANewContainersAddressIsThereAtOnceAndGoesWithIt() {
    List<String> events = new CopyOnWriteArrayList<>();
    node.vertx
        .eventBus()
        .<JsonObject>consumer(
            "deblox.events",
            message ->
                events.add(
                    message.body().getString("action") + " " + message.body().getString("id")));
    for (int i = 0; i < 5; i++) {
      String id = created(node.send("deblox", new JsonObject(TALKER)));
      assertStatus(204, node.send(id, new JsonObject().put("action", "start-container")));
      assertStatus(
          204,
          node.send(id, new JsonObject().put("action", "delete-container").put("force", true)));
      Await.until("the event", SOON, () -> events.contains("destroy " + id));
      Await.until(
          "its address gone",
          SOON,
          () ->
              node.vertx
                  .eventBus()
                  .request(id, new JsonObject())
                  .toCompletionStage()
                  .handle((answer, failure) -> failure != null)
                  .toCompletableFuture()
                  .join());
    }
  }
}
