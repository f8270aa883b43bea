package io.dockherd.doors.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.doors.DoorLimits;
import io.dockherd.doors.FrontDoor;
import io.dockherd.doors.Listener;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.actions.FixedMembers;
import io.dockherd.doors.actions.MemoryFacts;
import io.dockherd.doors.actions.ScriptedFleet;
import io.dockherd.doors.docker.containers.Commit;
import io.dockherd.doors.docker.containers.ContainerLookup;
import io.dockherd.doors.docker.containers.CreateContainer;
import io.dockherd.doors.docker.containers.ExecOwners;
import io.dockherd.doors.docker.containers.Execs;
import io.dockherd.doors.docker.containers.Inspect;
import io.dockherd.doors.docker.containers.ListContainers;
import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.doors.docker.containers.PassedOn;
import io.dockherd.doors.docker.containers.Prune;
import io.dockherd.doors.docker.containers.Rename;
import io.dockherd.doors.docker.containers.Sights;
import io.dockherd.doors.docker.containers.Whereabouts;
import io.dockherd.doors.docker.hijacks.Attach;
import io.dockherd.doors.docker.hijacks.ExecStart;
import io.dockherd.doors.docker.hijacks.SessionPlaces;
import io.dockherd.doors.docker.hijacks.Sessions;
import io.dockherd.doors.docker.images.Images;
import io.dockherd.doors.docker.system.DiskUsage;
import io.dockherd.doors.docker.system.Ping;
import io.dockherd.doors.docker.system.SwarmMode;
import io.dockherd.doors.docker.system.Version;
import io.dockherd.engine.ApiVersion;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.watch.FactKind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is sent to the Docker door is answered or cut off, and nothing of it stays. */
class RubbishAtTheDockerDoorTest {
  private static final int CALLERS = 64;
  private static final int EACH = 40;
  private static final long SEED = 20260101;
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ScriptedFleet fleet = new ScriptedFleet("host-1", "host-2");
  private final Vertx vertx = Vertx.vertx();
  private final FrontDoor door =
      new FrontDoor(
          vertx,
          limits(),
          new RequestIds(new Random(1)),
          Set.of(),
          List.of(
              new DockerDoor(
                  Gate.EVERYTHING, new Audit(), () -> new ApiVersion(1, 41), routes(fleet))));
  private final int port = door.open(List.of(Listener.clear("127.0.0.1", 0))).getFirst();

  /** Patience is short, so that halves of requests are given up within the test. */
  private static DoorLimits limits() {
    DoorLimits usual = DoorLimits.DEFAULT;
    return new DoorLimits(
        usual.bodyBytes(),
        usual.heldBytes(),
        usual.headerBytes(),
        usual.lineBytes(),
        usual.calls(),
        usual.connections(),
        Duration.ofMillis(300),
        Duration.ofMillis(500));
  }

  private static List<Route> routes(ScriptedFleet fleet) {
    MemoryFacts facts = new MemoryFacts("host-1");
    facts.tell(FactKind.ENGINE, FactKind.ONLY, new JsonObject().put("reachable", true).toBuffer());
    HerdEngines engines = new HerdEngines(new FixedMembers("host-1", "host-2"), facts);
    ContainerLookup lookup = new ContainerLookup(fleet);
    ExecOwners execs = new ExecOwners(fleet);
    SessionPlaces sessions = new SessionPlaces();
    List<Route> routes = new ArrayList<>(Ping.routes());
    routes.addAll(
        new ListContainers(
                fleet,
                new Sights(fleet, engines, NameForm.PLAIN),
                engines.facts(),
                InstantSource.system())
            .routes());
    routes.addAll(new Inspect(lookup, new Whereabouts(engines)).routes());
    routes.addAll(new CreateContainer(fleet, false, new Random(1)).routes());
    routes.addAll(PassedOn.routes(lookup));
    routes.addAll(new Attach(lookup).routes());
    routes.addAll(new Sessions(fleet, sessions).routes());
    routes.addAll(new Rename(lookup, fleet).routes());
    routes.addAll(new Execs(lookup, execs).routes());
    routes.addAll(new ExecStart(execs).routes());
    routes.addAll(new Commit(lookup).routes());
    routes.addAll(new Prune(fleet).routes());
    routes.addAll(new Version(engines).routes());
    routes.addAll(new DiskUsage(fleet).routes());
    routes.addAll(SwarmMode.routes());
    routes.addAll(Images.routes(fleet, engines, sessions));
    return routes;
  }

  @AfterEach
  void close() {
    door.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void everyRequestIsAnsweredOrCutOffAndNothingStays() throws Exception {
    fleet.with("host-1", "a".repeat(64), "web").with("host-2", "b".repeat(64), "db", "shop");
    fleet.script = (node, request) -> swallow(request);
    List<Socket> halves = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> done = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        DockerRubbish rubbish = new DockerRubbish(new Random(SEED + i));
        done.add(callers.submit(() -> sendMany(rubbish)));
      }
      DockerRubbish rubbish = new DockerRubbish(new Random(SEED - 1));
      for (int i = 0; i < 20; i++) {
        Socket half = connect();
        half.getOutputStream().write(rubbish.half());
        halves.add(half);
      }
      for (Future<Void> caller : done) {
        caller.get();
      }
      // Those who said half and then nothing are still there; the door gives them up by itself.
      Await.until("no call left in work", SOON, () -> door.callsInWork() == 0);
      Await.until("no body held", SOON, () -> door.heldBytes() == 0);
      Await.until("no connection left", SOON, () -> door.openConnections() == 0);
    } finally {
      for (Socket half : halves) {
        half.close();
      }
    }
    byte[] ping =
        "GET /_ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    String last = exchange(new DockerRubbish.Piece(ping, true));
    assertTrue(last.startsWith("HTTP/1.1 200"), last);
  }

  private Void sendMany(DockerRubbish rubbish) throws IOException {
    for (int i = 0; i < EACH; i++) {
      DockerRubbish.Piece piece = rubbish.next();
      if (piece.isWhole()) {
        String answer = exchange(piece);
        String context = piece + " → " + answer;
        assertTrue(answer.isEmpty() || answer.matches("(?s)\\S+/\\d\\.\\d \\d{3} .*"), context);
        assertFalse(answer.contains("this should not have happened"), context);
      } else {
        try (Socket socket = connect()) {
          send(socket, piece.bytes());
        }
      }
    }
    return null;
  }

  /** Sends it and reads to the end of the connection; "" when it is cut off. */
  private String exchange(DockerRubbish.Piece piece) throws IOException {
    try (Socket socket = connect()) {
      send(socket, piece.bytes());
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException cutOff) {
      return "";
    } catch (SocketTimeoutException e) {
      throw new AssertionError("neither answered nor cut off: " + piece, e);
    }
  }

  /** The door may close before all is sent. */
  private static void send(Socket socket, byte[] request) {
    try {
      socket.getOutputStream().write(request);
    } catch (IOException closed) {
      assertEquals(SocketException.class, closed.getClass());
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) SOON.toMillis());
    return socket;
  }

  /** An engine that reads all it is sent before it answers. */
  private static EngineResponse swallow(EngineRequest request) {
    if (request.body() instanceof EngineRequest.Body.Stream(String type, ReadStream<Buffer> body)) {
      CompletableFuture<Void> over = new CompletableFuture<>();
      body.exceptionHandler(over::completeExceptionally);
      body.endHandler(over::complete);
      body.handler(chunk -> {});
      body.resume();
      try {
        over.get();
      } catch (ExecutionException | InterruptedException e) {
        throw new Unreachable("host", "the body broke off", "", e);
      }
    }
    return ScriptedFleet.json(200, "{\"Id\":\"x\"}");
  }
}
