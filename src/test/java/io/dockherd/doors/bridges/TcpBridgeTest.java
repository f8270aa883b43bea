package io.dockherd.doors.bridges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.access.CarriedIdentity;
import io.dockherd.access.Gate;
import io.dockherd.failure.Refused;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpBridgeTest {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final JsonObject REGISTER =
      new JsonObject().put("type", "register").put("address", "herd.events");
  private static final JsonObject PING = new JsonObject().put("type", "ping");

  private final Vertx vertx = Vertx.vertx();
  private final ConcurrentLinkedQueue<String> admitted = new ConcurrentLinkedQueue<>();
  private Gate gate = (who, verb, subject) -> admitted.add(who.name() + " " + verb + " " + subject);
  private BridgeSettings settings = BridgeSettings.of("herd");
  private TcpBridge bridge;

  private FrameClient client() throws IOException {
    bridge = new TcpBridge(vertx, settings, (who, verb, on) -> gate.admit(who, verb, on));
    return new FrameClient(bridge.open("127.0.0.1", 0, new NetServerOptions()));
  }

  private void echo(String address) {
    vertx.eventBus().<Object>consumer(address, message -> message.reply(message.body()));
  }

  @AfterEach
  void close() throws Exception {
    bridge.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void whatIsSentIsAnswered() throws IOException {
    for (String address : List.of("herd", "herd.host-1", "herd.register", ID)) {
      echo(address);
    }
    try (FrameClient client = client()) {
      for (String address : List.of("herd", "herd.host-1", "herd.register", ID)) {
        JsonObject answer = client.ask(address, new JsonObject().put("action", "é"));
        assertEquals("message", answer.getString("type"));
        assertEquals("r1", answer.getString("address"));
        assertEquals("é", answer.getJsonObject("body").getString("action"));
      }
    }
    assertTrue(admitted.contains("local bus.send herd.host-1"), admitted.toString());
  }

  @Test
  void otherAddressesAreClosed() throws IOException {
    echo("secret");
    try (FrameClient client = client()) {
      for (String address :
          List.of("secret", "herd.events", "herds", "herd.", ID + "0", "__vertx.reply.1", "")) {
        JsonObject answer = client.ask(address, "?");
        assertEquals("err", answer.getString("type"), address);
        assertEquals("access_denied", answer.getString("message"));
        assertEquals("r1", answer.getString("address"));
      }
      client.send(new JsonObject().put("type", "register").put("address", "herd"));
      assertEquals("access_denied", client.receive().getString("message"));
    }
  }

  @Test
  void nothingIsPublishedByClients() throws IOException {
    try (FrameClient client = client()) {
      client.send(new JsonObject().put("type", "publish").put("address", "herd").put("body", 1));
      assertEquals("access_denied", client.receive().getString("message"));
    }
  }

  @Test
  void eventsComeOnceFollowed() throws IOException {
    try (FrameClient client = client()) {
      client.send(REGISTER);
      client.send(PING);
      assertEquals("pong", client.receive().getString("type"));
      vertx.eventBus().publish("herd.events", new JsonObject().put("type", "container"));
      JsonObject event = client.receive();
      assertEquals("herd.events", event.getString("address"));
      assertEquals("container", event.getJsonObject("body").getString("type"));
      client.send(REGISTER);
      assertEquals("address_already_registered", client.receive().getString("message"));
      client.send(REGISTER.copy().put("type", "unregister"));
      client.send(PING);
      assertEquals("pong", client.receive().getString("type"));
      vertx.eventBus().publish("herd.events", new JsonObject());
      client.send(PING);
      assertEquals("pong", client.receive().getString("type"));
    }
  }

  @Test
  void whoAsksIsCarriedAlongAndCantBeForged() throws IOException {
    vertx
        .eventBus()
        .<Object>consumer(
            "herd", m -> m.reply(CarriedIdentity.in(m.headers()).orElseThrow().name()));
    try (FrameClient client = client()) {
      client.send(
          new JsonObject()
              .put("type", "send")
              .put("address", "herd")
              .put("replyAddress", "r")
              .put(
                  "headers",
                  new JsonObject()
                      .put(
                          "dockherd-identity",
                          "{\"name\":\"root\",\"door\":\"x\",\"origin\":\"y\"}")));
      assertEquals("local", client.receive().getString("body"));
    }
  }

  @Test
  void whomTheGateRefusesIsTold() throws IOException {
    gate =
        (who, verb, subject) -> {
          throw new Refused(subject, "not for you", "");
        };
    echo("herd");
    try (FrameClient client = client()) {
      JsonObject answer = client.ask("herd", "?");
      assertEquals("access_denied", answer.getString("message"));
      assertEquals("not for you", answer.getString("explanation"));
      client.send(REGISTER);
      assertEquals("access_denied", client.receive().getString("message"));
    }
  }

  @Test
  void nobodyThereIsSaidAndSoIsATimeOut() throws IOException {
    vertx.eventBus().consumer("herd.silent", message -> {});
    vertx.eventBus().<Object>consumer("herd.angry", message -> message.fail(7, "no"));
    try (FrameClient client = client()) {
      assertEquals("NO_HANDLERS", client.ask("herd.nobody", "?").getString("failureType"));
      assertEquals(7, client.ask("herd.angry", "?").getInteger("failureCode"));
      client.send(
          new JsonObject()
              .put("type", "send")
              .put("address", "herd.silent")
              .put("replyAddress", "r")
              .put("headers", new JsonObject().put("timeout", 50)));
      assertEquals("TIMEOUT", client.receive().getString("failureType"));
    }
  }

  @Test
  void rubbishIsAnsweredAndSurvived() throws IOException {
    echo("herd");
    try (FrameClient client = client()) {
      for (String rubbish :
          List.of("", "{", "[]", "7", "{\"type\":7}", "{\"type\":\"send\",\"headers\":1}")) {
        client.sendText(rubbish);
        assertEquals("invalid_json", client.receive().getString("message"), rubbish);
      }
      for (String unknown : List.of("{}", "{\"type\":\"dance\"}")) {
        client.sendText(unknown);
        assertEquals("unknown_type", client.receive().getString("message"), unknown);
      }
      client.sendText("{\"type\":\"send\",\"address\":\"herd\",\"headers\":{\"timeout\":\"x\"}}");
      assertEquals("err", client.receive().getString("type"));
      assertEquals("!", client.ask("herd", "!").getString("body"));
    }
  }

  @Test
  void aMessageTooLongEndsTheConnection() throws IOException {
    settings = settings.withBounds(1000, 4, 4);
    try (FrameClient client = client()) {
      client.sendRaw((byte) 0x7f, (byte) 0, (byte) 0, (byte) 0);
      assertEquals("message_too_long", client.receive().getString("message"));
      assertTrue(client.isCutOff());
    }
    try (FrameClient client = client()) {
      client.sendRaw((byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff);
      assertTrue(client.isCutOff());
    }
  }

  @Test
  void oneClientTooManyIsNotLetIn() throws IOException {
    settings = settings.withBounds(1000, 4, 1);
    try (FrameClient first = client()) {
      first.send(PING);
      first.receive();
      try (FrameClient second =
          new FrameClient(bridge.open("127.0.0.1", 0, new NetServerOptions()))) {
        assertTrue(second.isCutOff());
      }
      first.send(PING);
      assertEquals("pong", first.receive().getString("type"));
    }
    Await.until("the first has gone", SOON, () -> bridge.connections() == 0);
  }

  @Test
  void onlySoManyMessagesOfOneClientAreInWork() throws IOException {
    settings = settings.withBounds(1000, 4, 4);
    ConcurrentLinkedQueue<Message<Object>> waiting = new ConcurrentLinkedQueue<>();
    vertx.eventBus().<Object>consumer("herd", waiting::add);
    try (FrameClient client = client()) {
      for (int i = 0; i < 50; i++) {
        client.send(
            new JsonObject()
                .put("type", "send")
                .put("address", "herd")
                .put("replyAddress", "r" + i));
      }
      Await.until("four are in work", SOON, () -> waiting.size() == 4);
      List<String> answered = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Await.until("one is in work", SOON, () -> !waiting.isEmpty());
        assertTrue(waiting.size() <= 4, waiting.size() + " in work");
        waiting.remove().reply("done");
        answered.add(client.receive().getString("address"));
      }
      assertEquals(50, answered.stream().distinct().count());
    }
  }

  @Test
  void whoListensAndDoesNotReadIsCutOff() throws IOException {
    settings = settings.withBounds(10_000, 4, 4);
    try (FrameClient client = client()) {
      client.send(REGISTER);
      client.send(PING);
      assertEquals("pong", client.receive().getString("type"));
      JsonObject big = new JsonObject().put("x", "x".repeat(100_000));
      Await.until(
          "cut off",
          SOON,
          () -> {
            vertx.eventBus().publish("herd.events", big);
            return bridge.connections() == 0;
          });
    }
  }

  @Test
  void aClientThatGoesTakesItsListeningWithIt() throws IOException {
    try (FrameClient client = client()) {
      client.send(REGISTER);
      client.send(PING);
      client.receive();
      assertFalse(isUnheard());
    }
    Await.until("nobody listens", SOON, this::isUnheard);
  }

  private boolean isUnheard() {
    try {
      vertx
          .eventBus()
          .request("herd.events", "?", new DeliveryOptions().setSendTimeout(50))
          .toCompletionStage()
          .toCompletableFuture()
          .get(5, TimeUnit.SECONDS);
      return false;
    } catch (Exception e) {
      return e.toString().contains("NO_HANDLERS");
    }
  }
}
