package io.dockherd.herd.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets somewhere on the relay's port, and what its connections can carry. */
class RelayLinkTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final AtomicReference<Instant> now = new AtomicReference<>(TestHerd.NOW);
  private Vertx vertx;
  private Relay relay;
  private HttpClient client;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    relay = listen(TestHerd.relay(Duration.ofSeconds(60)));
    client = vertx.createHttpClient(new HttpClientOptions());
  }

  private Relay listen(RelaySettings settings) {
    Relay relay = Relay.secure(vertx, member("host-1"), settings);
    relay.answer("/who", (peer, question) -> new JsonObject().put("peer", peer.node()));
    relay.serve(
        "/upper",
        (peer, request) -> {
          request.response().setChunked(true).writeHead();
          request.handler(
              part -> request.response().write(part.toString().toUpperCase(Locale.ROOT)));
          request.endHandler(end -> request.response().end("bye"));
        });
    relay.serve("/quiet", (peer, request) -> request.response().setChunked(true).writeHead());
    relay.start();
    return relay;
  }

  @AfterEach
  void close() {
    client.close().await();
    relay.close();
    vertx.close().await();
  }

  private LinkTls member(String name) {
    return new LinkTls(TestHerd.KEY, "herd", name, List.of(TestHerd.LOOPBACK), now::get);
  }

  private RequestOptions to(String path, RelayTarget target) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(target.host())
        .setPort(target.port())
        .setURI(path)
        .setSsl(true)
        .setSslOptions(target.tls().orElseThrow());
  }

  private RelayTarget target(Relay from) {
    return from.target(TestHerd.at("host-1", relay.port()));
  }

  private String ask(Relay from) {
    return from.ask(TestHerd.at("host-1", relay.port()), "/who", new JsonObject(), LIMIT)
        .getString("peer");
  }

  private Relay client(LinkTls tls) {
    return Relay.secure(vertx, tls, TestHerd.relay(Duration.ofSeconds(60)));
  }

  @Test
  void strangersGetNowhere() {
    TestHerd.strangers()
        .forEach((why, who) -> assertTrue(Knock.isTurnedAway(who, relay.port()), why));
    assertTrue(
        Knock.isTurnedAway(member("host-2").sslContext(), relay.port(), "TLSv1.2"), "TLS 1.2");
  }

  @Test
  void strangersWhoAskGetNoAnswer() {
    for (LinkTls stranger :
        List.of(
            TestHerd.member(TestHerd.OTHER_KEY, "herd", "host-2"),
            TestHerd.member(TestHerd.KEY, "another", "host-2"))) {
      Relay asking = client(stranger);
      assertThrows(Unreachable.class, () -> ask(asking));
      asking.close();
    }
  }

  /** A stream to host-1 that is known to run: its first letter has come back. */
  private final class Stream {
    private final HttpClientRequest request;
    private final AtomicReference<String> read = new AtomicReference<>("");
    private final Future<Void> ended;

    private Stream(Relay from) {
      request = client.request(to("/upper", target(from))).await().setChunked(true);
      ended =
          request
              .response()
              .compose(
                  response -> {
                    response.handler(part -> read.updateAndGet(so -> so + part));
                    return response.end();
                  });
      request.write("a").await();
      // What was written may be on its way to somebody who has yet to look at our certificate.
      Await.until("an answer before the question's end", LIMIT, () -> read.get().equals("A"));
    }

    private String endWith(String last) throws TimeoutException {
      request.end(last).await();
      ended.await(30, TimeUnit.SECONDS);
      return read.get();
    }
  }

  @Test
  void aLeafIsRenewedWhileConnectionsGoOn() throws TimeoutException {
    Relay two = client(member("host-2"));
    Stream stream = new Stream(two);
    now.set(TestHerd.NOW.plus(Duration.ofDays(30)));
    Relay three = client(member("host-3"));
    assertEquals("host-3", ask(three));
    assertEquals("ABbye", stream.endWith("b"));
    two.close();
    three.close();
  }

  @Test
  void whoeverComesAgainIsLookedAtAgain() {
    // One context, so that it could resume the session of the first time.
    SSLContext stale = TestHerd.soonExpired();
    assertTrue(Knock.isServed(stale, relay.port()));
    now.set(TestHerd.NOW.plus(Duration.ofHours(2)));
    assertFalse(Knock.isServed(stale, relay.port()));
  }

  @Test
  void eitherSideOfAStreamMayEndFirst() throws TimeoutException {
    Relay two = client(member("host-2"));
    assertEquals("Abye", new Stream(two).endWith(""));
    two.close();
  }

  @Test
  void aConnectionBetweenRequestsIsClosedAfterAWhileAndAQuietStreamIsNot() {
    relay.close();
    relay = listen(TestHerd.relay(Duration.ofSeconds(1)));
    Relay two = client(member("host-2"));
    ask(two);
    HttpClientRequest stream = client.request(to("/quiet", target(two))).await();
    Future<Integer> status = stream.response().map(this::statusOfEndless);
    stream.end().await();
    assertEquals(200, status.await());
    Await.until("only the quiet stream is left", LIMIT, () -> relay.connections() == 1);
    long sweeps = relay.sweeps();
    Await.until("swept again", LIMIT, () -> relay.sweeps() > sweeps + 3);
    assertEquals(1, relay.connections());
    two.close();
  }

  private int statusOfEndless(HttpClientResponse response) {
    // The end of the test breaks it off.
    response.exceptionHandler(brokenOff -> {});
    return response.statusCode();
  }

  @Test
  void anEndlessHeadIsCutOff() {
    Relay two = client(member("host-2"));
    HttpClientRequest request = client.request(to("/who", target(two))).await();
    request.putHeader("x", "x".repeat(70_000));
    int status = request.send("{}").map(response -> response.statusCode()).await();
    assertEquals(431, status);
    two.close();
  }
}
