package io.dockherd.doors.docker.images;

import static io.dockherd.doors.actions.ScriptedFleet.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.doors.actions.FixedMembers;
import io.dockherd.doors.actions.ScriptedFleet;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.doors.docker.ScriptedDoor;
import io.dockherd.doors.docker.ScriptedDoor.Said;
import io.dockherd.doors.docker.hijacks.SessionPlaces;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Unreachable;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the door makes of several engines' answers about images. */
class ImagesAtTheDoorTest {
  private static final String ID = "sha256:" + "a".repeat(64);

  private final ScriptedFleet fleet = new ScriptedFleet("a", "b", "c");
  private final TestFacts facts = new TestFacts("a", "b", "c");
  private final SessionPlaces sessions = new SessionPlaces();
  private final ScriptedDoor door =
      new ScriptedDoor(
          Images.routes(fleet, new HerdEngines(new FixedMembers("a", "b", "c"), facts), sessions));

  @AfterEach
  void close() {
    door.close();
  }

  private Said send(String method, String path, Optional<byte[]> body) throws Exception {
    return door.send(method, path, body);
  }

  private Said send(String method, String path) throws Exception {
    return door.send(method, path);
  }

  /** How many bytes come. */
  private static EngineResponse counted(EngineRequest request) {
    CompletableFuture<Long> end = new CompletableFuture<>();
    long[] sum = {0};
    var source = ((EngineRequest.Body.Stream) request.body()).source();
    source.exceptionHandler(end::completeExceptionally);
    source.endHandler(over -> end.complete(sum[0]));
    source.handler(bytes -> sum[0] += bytes.length());
    source.resume();
    return json(200, "{\"stream\":\"" + end.orTimeout(30, TimeUnit.SECONDS).join() + "\"}\r\n");
  }

  @Test
  void whatIsLoadedGoesToAllWhole() throws Exception {
    fleet.script = (node, request) -> counted(request);
    Random random = new Random(3);
    for (int round = 0; round < 20; round++) {
      int length = random.nextInt(6 << 20);
      Said said = send("POST", "/images/load?quiet=1", Optional.of(new byte[length]));
      assertEquals(200, said.status());
      for (String node : List.of("a", "b", "c")) {
        String line = "{\"stream\":\"" + length + "\",\"id\":\"" + node + "\"}";
        assertTrue(said.text().contains(line), round + ": " + said.text());
      }
      assertTrue(said.text().endsWith("{\"status\":\"load: done at 3 of 3 nodes\"}\r\n"));
    }
  }

  @Test
  void oneThatFailsIsNamedAndTheOthersLoad() throws Exception {
    fleet.script =
        (node, request) -> {
          if (node.equals("b")) {
            throw new Unreachable("b", "connection refused", "");
          }
          return counted(request);
        };
    Said said = send("POST", "/images/load", Optional.of(new byte[3 << 20]));
    assertEquals(200, said.status());
    assertTrue(said.text().contains("{\"status\":\"failed: connection refused\",\"id\":\"b\"}"));
    assertTrue(
        said.text()
            .endsWith("\"error\":\"load: done at 2 of 3 nodes; connection refused (b)\"}\r\n"),
        said.text());
  }

  @Test
  void oneOutOfReachFromTheBeginningIsLeftOut() throws Exception {
    facts.lose("c", "its daemon was stopped");
    fleet.script = (node, request) -> counted(request);
    Said said = send("POST", "/images/load", Optional.of(new byte[10]));
    assertTrue(
        said.text().contains("{\"status\":\"left out: its daemon was stopped\",\"id\":\"c\"}"));
    assertTrue(said.text().endsWith("{\"status\":\"load: done at 2 of 2 nodes\"}\r\n"));
  }

  @Test
  void oneThatHangsIsGivenUpWhenItIsKnownToHang() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    fleet.script =
        (node, request) -> {
          if (!node.equals("b")) {
            return counted(request);
          }
          try {
            asked.countDown();
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new Unreachable("b", "the wait was broken off", "");
        };
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                asked.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              facts.lose("b", "no answer to a ping");
            });
    Said said = send("POST", "/images/load", Optional.of(new byte[8 << 20]));
    assertTrue(said.text().contains("went out of reach: no answer to a ping (b)"), said.text());
    assertTrue(said.text().contains("done at 2 of 3 nodes"), said.text());
  }

  @Test
  void whatNobodyHasAndNoRegistryGivesIsNotFoundBeforeAnyStream() throws Exception {
    fleet.script = (node, request) -> json(404, "{\"message\":\"pull access denied for x\"}");
    Said said = send("POST", "/images/create?fromImage=x&tag=latest");
    assertEquals(new Said(404, "{\"message\":\"pull access denied for x (a, b, c)\"}"), said);
    assertEquals(400, send("POST", "/images/create?fromImage=UPPER").status());
    assertEquals(400, send("POST", "/images/create").status());
  }

  @Test
  void aBuildFollowsItsSessionWhichHasItsPlaceAlready() throws Exception {
    fleet.script = (node, request) -> json(200, "{\"stream\":\"on " + node + "\"}\r\n");
    sessions.place("early", "b");
    sessions.place("lost", "gone");
    assertTrue(send("POST", "/build?version=2&session=early").text().contains("on b"));
    assertTrue(send("POST", "/build?version=2&session=late").text().contains("on a"));
    assertEquals(Optional.of("a"), sessions.find("late"));
    Said lost = send("POST", "/build?version=2&session=lost");
    assertEquals(409, lost.status());
    assertTrue(lost.text().contains("session is with the engine of gone"), lost.text());
  }

  @Test
  void aPullGoesToTheNodesOfItsConstraints() throws Exception {
    fleet.script = (node, request) -> json(200, "{\"status\":\"Done\",\"id\":\"layer\"}");
    Said said = send("POST", "/images/create?fromImage=x&tag=1&constraint=node==b");
    assertTrue(said.text().contains("{\"status\":\"layer: Done\",\"id\":\"b\"}"), said.text());
    assertEquals(
        List.of("b POST /images/create?fromImage=x&tag=1"),
        fleet.asked.stream().map(ScriptedFleet.Asked::line).toList());
    // The caller gave none, so the door did: it follows the call to the engine.
    assertTrue(
        fleet.asked.getFirst().request().header("X-Request-Id").orElse("").matches("[0-9a-f]{16}"));
    assertEquals(500, send("POST", "/images/create?fromImage=x&constraint=zone==far").status());
  }

  @Test
  void aRemovalInUseSomewhereIsAConflictThatSaysWhatBecameOfItElsewhere() throws Exception {
    for (String node : List.of("a", "b", "c")) {
      facts.image(node, ID, "web:1");
    }
    fleet.script =
        (node, request) ->
            node.equals("b")
                ? json(409, "{\"message\":\"conflict: a container uses it\"}")
                : json(200, "[{\"Untagged\":\"web:1\"}]");
    Said said = send("DELETE", "/images/web:1");
    assertEquals(
        new Said(409, "{\"message\":\"conflict: a container uses it (b); removed from a, c\"}"),
        said);
    fleet.script = (node, request) -> json(200, "[{\"Untagged\":\"web:1\"}]");
    assertEquals(
        new Said(200, "[{\"Untagged\":\"web:1\"}]"), send("DELETE", "/images/library%2Fweb:1"));
  }

  @Test
  void severalAreSavedFromANodeThatHasAll() throws Exception {
    facts.image("a", ID, "web:1");
    facts.image("b", ID, "web:1");
    facts.image("b", "sha256:" + "b".repeat(64), "db:1");
    fleet.script =
        (node, request) -> new EngineResponse(200, List.of(), Buffer.buffer("from " + node));
    assertEquals("from b", send("GET", "/images/get?names=web:1&names=db:1").text());
    facts.image("c", "sha256:" + "c".repeat(64), "other:1");
    Said nowhere = send("GET", "/images/get?names=db:1&names=other:1");
    assertEquals(404, nowhere.status());
    assertTrue(nowhere.text().contains("db:1 is on b; other:1 is on c"), nowhere.text());
  }
}
