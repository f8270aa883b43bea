package io.dockherd.herd.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unplaceable;
import io.dockherd.failure.Unreachable;
import io.dockherd.herd.members.Member;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions from node to node, on real sockets. */
class RelayTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final RelaySettings ANY_PORT = TestHerd.relay(Duration.ofSeconds(60));

  private Vertx vertx;
  private Relay one;
  private Relay two;
  private final CountDownLatch never = new CountDownLatch(1);

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    one = Relay.secure(vertx, TestHerd.member("host-1"), ANY_PORT);
    two = Relay.secure(vertx, TestHerd.member("host-2"), ANY_PORT);
    one.answer("/who", (peer, question) -> new JsonObject().put("peer", peer.node()));
    one.answer("/echo", (peer, question) -> question);
    one.answer("/never", (peer, question) -> silence());
    one.serve("/raw", (peer, request) -> request.response().end("not json"));
    one.start();
  }

  @AfterEach
  void close() {
    never.countDown();
    one.close();
    two.close();
    vertx.close().await();
  }

  private JsonObject silence() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new JsonObject();
  }

  private Member host1() {
    return TestHerd.at("host-1", one.port());
  }

  @Test
  void aQuestionIsAnsweredAndTheAnswererKnowsWhoAsks() {
    JsonObject answer = two.ask(host1(), "/who", new JsonObject(), LIMIT);
    assertEquals("host-2", answer.getString("peer"));
  }

  @Test
  void whatANodeClaimsToBeMeansNothingBesideItsCertificate() {
    Relay liar = Relay.secure(vertx, TestHerd.member("host-3"), ANY_PORT);
    JsonObject answer = liar.ask(host1(), "/who", new JsonObject(), LIMIT);
    assertEquals("host-3", answer.getString("peer"));
  }

  @Test
  void connectionsAreUsedAgain() {
    for (int i = 0; i < 20; i++) {
      two.ask(host1(), "/who", new JsonObject(), LIMIT);
    }
    assertEquals(1, one.connections());
  }

  @Test
  void failuresArriveAsTheyWereThrown() {
    Relay failing = Relay.secure(vertx, TestHerd.member("host-3"), ANY_PORT);
    List.of(
            new Conflict("web", "there is a web already", "rename it"),
            new Invalid("x", "not a number", ""),
            new TimedOut("engine", "the engine did not answer", ""),
            new Ambiguous("ab", List.of("abc", "abd")),
            new Unplaceable("web", Map.of("host-1", "full")))
        .forEach(
            failure ->
                failing.answer(
                    "/" + failure.getClass().getSimpleName(),
                    (peer, question) -> {
                      throw failure;
                    }));
    failing.start();
    Member host3 = TestHerd.at("host-3", failing.port());
    Conflict conflict = assertThrows(Conflict.class, () -> ask(host3, "/Conflict"));
    assertEquals("there is a web already; rename it", conflict.explanation());
    assertEquals("web", conflict.subject());
    assertThrows(Invalid.class, () -> ask(host3, "/Invalid"));
    assertThrows(TimedOut.class, () -> ask(host3, "/TimedOut"));
    Ambiguous several = assertThrows(Ambiguous.class, () -> ask(host3, "/Ambiguous"));
    assertEquals(List.of("abc", "abd"), several.candidates());
    Unplaceable nowhere = assertThrows(Unplaceable.class, () -> ask(host3, "/Unplaceable"));
    assertEquals(Map.of("host-1", "full"), nowhere.reasons());
    failing.close();
  }

  private JsonObject ask(Member member, String path) {
    return two.ask(member, path, new JsonObject(), LIMIT);
  }

  @Test
  void anAnswererThatBreaksIsARefusalAndNoSilence() {
    Relay broken = Relay.secure(vertx, TestHerd.member("host-3"), ANY_PORT);
    broken.answer(
        "/boom",
        (peer, question) -> {
          throw new IllegalStateException("boom");
        });
    broken.start();
    Member host3 = TestHerd.at("host-3", broken.port());
    Refused refused = assertThrows(Refused.class, () -> ask(host3, "/boom"));
    assertTrue(refused.getMessage().contains("boom"), refused::getMessage);
    broken.close();
  }

  @Test
  void aNodeThatDoesNotAnswerTimesOut() {
    TimedOut failure =
        assertThrows(
            TimedOut.class,
            () -> two.ask(host1(), "/never", new JsonObject(), Duration.ofMillis(300)));
    assertEquals("host-1", failure.subject());
  }

  @Test
  void aNodeThatIsNotThereIsUnreachable() {
    int port = one.port();
    one.close();
    Unreachable failure =
        assertThrows(Unreachable.class, () -> ask(TestHerd.at("host-1", port), "/who"));
    assertEquals("host-1", failure.subject());
    one = Relay.secure(vertx, TestHerd.member("host-1"), ANY_PORT);
    one.start();
  }

  @Test
  void whoeverIsAskedAndGoesIsUnreachableAtOnce() {
    ComingAndGoing members = new ComingAndGoing();
    two.follow(members);
    Member host1 = host1();
    AtomicReference<String> said = new AtomicReference<>("");
    Thread.ofVirtual()
        .start(
            () ->
                said.set(assertThrows(Unreachable.class, () -> ask(host1, "/never")).getMessage()));
    Await.until("asked", LIMIT, () -> one.connections() == 1);
    Await.until(
        "told that host-1 has gone, but: " + said,
        LIMIT,
        () -> {
          members.leave(host1);
          return said.get().contains("has gone");
        });
  }

  @Test
  void connectionsOfWhoeverGoesAreClosed() {
    ComingAndGoing members = new ComingAndGoing();
    one.follow(members);
    Member host2 = TestHerd.at("host-2", two.port());
    Thread asking = Thread.ofVirtual().start(() -> askInVain(host1()));
    Await.until("asked", LIMIT, () -> one.connections() == 1);
    Await.until(
        "hung up",
        LIMIT,
        () -> {
          members.leave(host2);
          return one.connections() == 0;
        });
    Await.until("told", LIMIT, () -> !asking.isAlive());
  }

  private void askInVain(Member member) {
    assertThrows(Unreachable.class, () -> ask(member, "/never"));
  }

  @Test
  void anotherNodeUnderTheSameAddressIsNotSpokenTo() {
    assertThrows(Unreachable.class, () -> ask(TestHerd.at("host-9", one.port()), "/who"));
  }

  @Test
  void whatIsNotJsonIsNoAnswer() {
    assertThrows(Unreachable.class, () -> ask(host1(), "/raw"));
  }

  @Test
  void anUnknownPathIsSaidSo() {
    Unreachable failure = assertThrows(Unreachable.class, () -> ask(host1(), "/nothing"));
    assertTrue(failure.getMessage().contains("404"), failure::getMessage);
    assertThrows(Unreachable.class, () -> ask(host1(), "/who/else"));
    assertThrows(Unreachable.class, () -> ask(host1(), "/whoever"));
  }

  @Test
  void aQuestionThatIsTooLongIsNotSent() {
    JsonObject huge = new JsonObject().put("x", "x".repeat(ANY_PORT.maxQuestionBytes()));
    assertThrows(Invalid.class, () -> two.ask(host1(), "/echo", huge, LIMIT));
  }

  @Test
  void aLongQuestionComesBackWhole() {
    JsonObject big = new JsonObject().put("x", "x".repeat(1_000_000));
    assertEquals(big, two.ask(host1(), "/echo", big, LIMIT));
  }

  @Test
  void theLongestPrefixTakesTheRequest() {
    Relay relay = Relay.secure(vertx, TestHerd.member("host-3"), ANY_PORT);
    relay.serve("/a", (peer, request) -> reply(request, "a"));
    relay.serve("/a/b", (peer, request) -> reply(request, "a/b"));
    relay.start();
    Member host3 = TestHerd.at("host-3", relay.port());
    assertEquals("a", ask(host3, "/a/x").getString("by"));
    assertEquals("a/b", ask(host3, "/a/b?x=1").getString("by"));
    assertEquals("a", ask(host3, "/a/bc").getString("by"));
    relay.close();
  }

  private static void reply(HttpServerRequest request, String by) {
    request.response().end(new JsonObject().put("by", by).toBuffer());
  }

  @Test
  void withoutAKeyTheNameIsOnlyClaimed() {
    Relay plain = Relay.insecure(vertx, "host-3", ANY_PORT);
    plain.answer(
        "/who",
        (peer, question) ->
            new JsonObject().put("peer", peer.node()).put("proven", peer.isProven()));
    plain.start();
    Relay asking = Relay.insecure(vertx, "host-4", ANY_PORT);
    Member host3 = TestHerd.at("host-3", plain.port());
    JsonObject answer = asking.ask(host3, "/who", new JsonObject(), LIMIT);
    assertEquals("host-4", answer.getString("peer"));
    assertFalse(answer.getBoolean("proven"));
    assertThrows(Unreachable.class, () -> ask(host3, "/who"), "TLS to clear text");
    assertThrows(
        Unreachable.class,
        () -> asking.ask(host1(), "/who", new JsonObject(), LIMIT),
        "clear text to TLS");
    asking.close();
    plain.close();
  }
}
