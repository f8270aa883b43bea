package io.dockherd.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the client can do with a real engine. */
class EngineClientLabTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static RealEngine real;
  private static Vertx vertx;
  private static Engine engine;
  private static Containers containers;

  @BeforeAll
  static void start() {
    real = RealEngine.start();
    vertx = Vertx.vertx();
    engine = HttpEngine.at(vertx, real.address(), EngineSettings.defaults());
    containers = new Containers(engine);
  }

  @AfterAll
  static void stop() {
    engine.close();
    vertx.close().await();
    real.close();
  }

  @Test
  void theVersionIsTheEnginesOwnWhereItIsOlderThanOurs() {
    assertEquals(new ApiVersion(1, 41), engine.apiVersion());
  }

  @Test
  void aContainerIsCreatedInspectedStartedAndRemoved() {
    JsonObject body =
        new JsonObject()
            .put("Image", "busybox")
            .put("Cmd", new JsonArray().add("sleep").add("600"))
            .put("HostConfig", new JsonObject().put("NetworkMode", "none"));
    EngineResponse created =
        engine.call(
            EngineRequest.post(LIMIT, "containers", "create").query("name", "web 1").json(body));
    assertEquals(400, created.status(), created::message);

    created =
        engine.call(
            EngineRequest.post(LIMIT, "containers", "create").query("name", "web-1").json(body));
    assertEquals(201, created.status(), created::message);

    EngineResponse started = engine.call(EngineRequest.post(LIMIT, "containers", "web-1", "start"));
    assertEquals(204, started.status(), started::message);
    assertEquals(0, started.body().length());

    EngineResponse inspected = engine.call(EngineRequest.get(LIMIT, "containers", "web-1", "json"));
    JsonObject told = (JsonObject) inspected.json().orElseThrow();
    assertTrue(told.getJsonObject("State").getBoolean("Running"));

    EngineResponse removed =
        engine.call(EngineRequest.delete(LIMIT, "containers", "web-1").query("force", true));
    assertEquals(204, removed.status(), removed::message);
  }

  @Test
  void whatTheEngineRefusesIsAnAnswer() {
    EngineResponse missing = engine.call(EngineRequest.get(LIMIT, "containers", "nobody", "json"));
    assertEquals(404, missing.status());
    assertTrue(missing.message().contains("nobody"), missing::message);
  }

  @Test
  void whatAContainerSaysStreamsUntilItIsCancelled() {
    String id = containers.create("sh", "-c", "echo one; sleep 600");
    containers.start(id);
    EngineStream logs =
        engine.stream(
            EngineRequest.get(LIMIT, "containers", id, "logs")
                .query("stdout", true)
                .query("follow", true));
    assertEquals(200, logs.status());
    Buffer said = Buffer.buffer();
    AtomicBoolean isOver = new AtomicBoolean();
    logs.body().exceptionHandler(cause -> isOver.set(true));
    logs.body().handler(said::appendBuffer).resume();
    Await.until("the log line", LIMIT, () -> said.toString().endsWith("one\n"));
    logs.close();
    Await.until("the cancelled stream ends", LIMIT, isOver::get);
    containers.remove(id);
  }

  @Test
  void aStreamEndsWhenTheEngineEndsIt() {
    String id = containers.create("sh", "-c", "echo one; echo two");
    containers.start(id);
    EngineStream logs =
        engine.stream(
            EngineRequest.get(LIMIT, "containers", id, "logs")
                .query("stdout", true)
                .query("follow", true));
    AtomicBoolean isOver = new AtomicBoolean();
    logs.body().endHandler(end -> isOver.set(true)).resume();
    Await.until("the end of the log", LIMIT, isOver::get);
    logs.close();
    containers.remove(id);
  }

  @Test
  void anUploadStreams() throws Exception {
    Path tar = real.folder().resolve("busybox.tar");
    AsyncFile file = vertx.fileSystem().open(tar.toString(), new OpenOptions()).await();
    EngineResponse imported =
        engine.call(
            EngineRequest.post(LIMIT, "images", "create")
                .query("fromSrc", "-")
                .query("repo", "again")
                .body(new EngineRequest.Body.Stream("application/x-tar", file)));
    assertEquals(200, imported.status(), imported::message);
    EngineResponse image = engine.call(EngineRequest.get(LIMIT, "images", "again:latest", "json"));
    assertEquals(200, image.status(), image::message);
    assertTrue(((JsonObject) image.json().orElseThrow()).getLong("Size") > Files.size(tar) / 2);
  }

  @Test
  void twentyMegabytesComeBackExactlyThoughOurHalfIsClosedFirst() {
    String id = containers.createInteractive("cat");
    try (Hijack.Open attached = (Hijack.Open) engine.hijack(containers.attach(id))) {
      containers.start(id);
      EchoCheck.framed(attached.stream(), 20 << 20).run(LIMIT);
    }
    Await.until("cat ended", LIMIT, () -> !containers.state(id).getBoolean("Running"));
    assertEquals(0, containers.state(id).getInteger("ExitCode"));
    containers.remove(id);
  }

  @Test
  void whoeverMayNotAttachIsToldWhy() {
    Hijack.Declined declined = (Hijack.Declined) engine.hijack(containers.attach("nobody"));
    assertEquals(404, declined.response().status());
    assertTrue(declined.response().message().contains("nobody"), declined.response()::message);
  }

  @Test
  void manyStreamsDoNotKeepCallsWaiting() {
    List<EngineStream> streams = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      streams.add(engine.stream(EngineRequest.get(LIMIT, "events")));
    }
    assertEquals(200, engine.call(EngineRequest.get(LIMIT, "containers", "json")).status());
    streams.forEach(EngineStream::close);
  }
}
