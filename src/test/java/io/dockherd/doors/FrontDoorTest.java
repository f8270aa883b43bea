package io.dockherd.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers of all kinds get at the door, on real sockets. */
class FrontDoorTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration PATIENT = Duration.ofSeconds(60);
  private static final Duration HASTY = Duration.ofMillis(400);

  private final Vertx vertx = Vertx.vertx();
  private final Echo echo = new Echo();
  private FrontDoor door;
  private int port;

  @BeforeEach
  void open() {
    open(PATIENT);
  }

  /** A door of narrow limits that gives callers so much time; in place of the one before. */
  private void open(Duration time) {
    if (door != null) {
      door.close();
    }
    DoorLimits narrow = new DoorLimits(1_000, 2_500, 2_000, 1_000, 4, 20, time, time);
    door = new FrontDoor(vertx, narrow, new RequestIds(new Random(1)), Set.of(), List.of(echo));
    port = door.open(List.of(Listener.clear("127.0.0.1", 0))).getFirst();
  }

  @AfterEach
  void close() {
    echo.gate.countDown();
    door.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aCallIsAnsweredAndTheConnectionKept() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      for (int i = 0; i < 3; i++) {
        String answer = caller.send(post("/", "12345")).answer();
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertTrue(answer.endsWith("{\"who\":\"local\",\"bytes\":5,\"path\":\"/\"}"), answer);
      }
    }
    settled();
  }

  @Test
  void whatNeedsNoWaitingIsAnsweredOnTheEventLoopAndItsFailuresToo() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      assertTrue(caller.send(post("/soon", "1")).answer().endsWith("on the event loop"));
      for (String broken : List.of("/soon/break", "/soon/fail")) {
        String answer = caller.send(post(broken, "1")).answer();
        assertStatus(500, answer);
        assertTrue(answer.contains("on purpose"), answer);
      }
    }
    settled();
  }

  @Test
  void pipelinedCallsAreAnsweredInTheirOrder() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      caller.send(post("/a", "1") + post("/b", "22") + post("/c", "333"));
      assertTrue(caller.answer().contains("/a"));
      assertTrue(caller.answer().contains("/b"));
      assertTrue(caller.answer().contains("/c"));
    }
  }

  @Test
  void chunkedBodiesCount() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      String head = "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
      assertTrue(caller.send(head + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").answer().contains(":5"));
      String big = "3e8\r\n" + "x".repeat(1_000) + "\r\n1\r\ny\r\n0\r\n\r\n";
      assertStatus(413, caller.send(head + big).rest());
    }
    settled();
  }

  @Test
  void aBodyThatIsAnnouncedTooLargeIsNotWaitedFor() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      assertStatus(
          413,
          caller
              .send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999999\r\n\r\nabc")
              .rest());
    }
    settled();
  }

  @Test
  void oneThatAsksFirstIsToldWhetherToGoOn() throws IOException {
    String head = "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n";
    try (RawCaller caller = new RawCaller(port)) {
      assertTrue(
          caller
              .send(head + "Content-Length: 3\r\n\r\n")
              .answer()
              .startsWith("HTTP/1.1 100 Continue"));
      assertTrue(caller.send("abc").answer().contains("\"bytes\":3"));
      assertStatus(413, caller.send(head + "Content-Length: 9999\r\n\r\n").answer());
    }
    settled();
  }

  @Test
  void aBodyThatDoesNotComeInTimeIsGivenUp() throws IOException {
    open(HASTY);
    try (RawCaller caller = new RawCaller(port)) {
      caller.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc");
      assertStatus(408, caller.rest());
    }
    settled();
  }

  @Test
  void headerLinesThatDribbleForEverAreGivenUp() throws Exception {
    open(HASTY);
    try (RawCaller caller = new RawCaller(port)) {
      caller.send("GET / HTTP/1.1\r\n");
      Thread dribble =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 1_000; i++) {
                        caller.send("X: 1\r\n");
                        Thread.sleep(20);
                      }
                    } catch (IOException | InterruptedException e) {
                      // The other side has closed: what the test is for.
                    }
                  });
      Await.until("the connection closed", SOON, () -> door.openConnections() == 0);
      dribble.interrupt();
      dribble.join();
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    open(HASTY);
    try (RawCaller caller = new RawCaller(port)) {
      caller.send(post("/", "1")).answer();
      assertTrue(caller.isClosedByPeer());
    }
  }

  @Test
  void aCallThatTakesLongerThanTheIdleLimitIsNotIdle() throws Exception {
    open(HASTY);
    try (RawCaller caller = new RawCaller(port)) {
      caller.send(post("/wait", "1"));
      Await.until("the call in work", SOON, () -> door.callsInWork() == 1);
      vertx.setTimer(1_000, later -> echo.gate.countDown());
      assertStatus(200, caller.answer());
    }
  }

  @Test
  void moreCallsThanFitAreTurnedAwayAndThePlacesAreGivenBack() throws IOException {
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      callers.add(new RawCaller(port).send(post("/wait", "1")));
    }
    Await.until("four calls in work", SOON, () -> door.callsInWork() == 4);
    try (RawCaller caller = new RawCaller(port)) {
      assertStatus(503, caller.send(post("/", "1")).rest());
    }
    echo.gate.countDown();
    for (RawCaller caller : callers) {
      assertStatus(200, caller.answer());
      caller.close();
    }
    settled();
  }

  @Test
  void aCallGoesOnWhenItsCallerHasGoneAndGivesItsPlaceBack() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      caller.send(post("/wait", "1"));
      Await.until("the call in work", SOON, () -> door.callsInWork() == 1);
    }
    Await.until("the caller gone", SOON, () -> door.openConnections() == 0);
    assertEquals(1, door.callsInWork());
    echo.gate.countDown();
    settled();
  }

  @Test
  void bodiesTogetherAreBounded() throws IOException {
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      callers.add(new RawCaller(port).send(post("/wait", "x".repeat(1_000))));
    }
    Await.until("two calls in work", SOON, () -> door.callsInWork() == 2);
    try (RawCaller caller = new RawCaller(port)) {
      assertStatus(503, caller.send(post("/", "x".repeat(1_000))).rest());
    }
    echo.gate.countDown();
    for (RawCaller caller : callers) {
      caller.answer();
      caller.close();
    }
    settled();
    try (RawCaller caller = new RawCaller(port)) {
      assertStatus(200, caller.send(post("/", "x".repeat(1_000))).answer());
    }
  }

  @Test
  void moreConnectionsThanAllowedAreClosed() throws IOException {
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      callers.add(new RawCaller(port));
    }
    Await.until("twenty connections", SOON, () -> door.openConnections() == 20);
    try (RawCaller caller = new RawCaller(port)) {
      assertTrue(caller.isClosedByPeer());
    }
    for (RawCaller caller : callers) {
      caller.close();
    }
  }

  @Test
  void whatIsNotHttpIsAnsweredAndClosed() throws IOException {
    assertStatus(400, raw("\0\1\2 rubbish\r\n\r\n"));
    assertStatus(400, raw("POST\r\n\r\n"));
    assertStatus(400, raw("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: abc\r\n\r\n"));
    assertStatus(400, raw("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"));
    assertStatus(414, raw("GET /" + "a".repeat(2_000) + " HTTP/1.1\r\n\r\n"));
    assertStatus(400, raw("GET / HTTP/2.0\r\nHost: a\r\n\r\n"));
    assertStatus(400, raw("GET / FTP/1.1\r\nHost: a\r\n\r\n"));
    assertStatus(431, raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(3_000) + "\r\n\r\n"));
    settled();
  }

  @Test
  void anUnknownPathIsTurnedAwayByTheFirstDialect() throws IOException {
    assertStatus(
        404, raw("GET /elsewhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
  }

  @Test
  void aForeignHostIsTurnedAway() throws IOException {
    assertStatus(403, raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"));
  }

  @Test
  void aDialectThatBreaksIsAnsweredFor() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      assertStatus(500, caller.send(post("/break", "1")).answer());
      assertStatus(200, caller.send(post("/", "1")).answer());
    }
    settled();
  }

  @Test
  void headGetsNoBody() throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      String answer =
          caller.send("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").rest();
      assertStatus(200, answer);
      assertTrue(answer.endsWith("\r\n\r\n"), answer);
    }
  }

  private String raw(String text) throws IOException {
    try (RawCaller caller = new RawCaller(port)) {
      return caller.send(text).rest();
    }
  }

  private void settled() {
    Await.until("no call left in work", SOON, () -> door.callsInWork() == 0);
    Await.until("no body held", SOON, () -> door.heldBytes() == 0);
  }

  private static void assertStatus(int status, String answer) {
    assertTrue(answer.matches("(?s)HTTP/1\\.[01] " + status + " .*"), answer);
  }

  private static String post(String path, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
