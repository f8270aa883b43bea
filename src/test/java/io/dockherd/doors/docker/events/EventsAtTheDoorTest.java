package io.dockherd.doors.docker.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.dockherd.doors.docker.DockerDoor;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.engine.ApiVersion;
import io.dockherd.fleet.events.FeedHerd;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers of all kinds at the door, on real sockets. */
class EventsAtTheDoorTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final FeedHerd herd = new FeedHerd("b");
  private final Events events =
      new Events(
          herd.feed,
          new HerdEngines(new FixedMembers("a", "b"), new MemoryFacts("a")),
          InstantSource.system());
  private final FrontDoor door =
      new FrontDoor(
          vertx,
          DoorLimits.DEFAULT,
          new RequestIds(new Random(1)),
          Set.of(),
          List.of(
              new DockerDoor(
                  Gate.EVERYTHING, new Audit(), () -> ApiVersion.NEWEST, events.routes())));
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void open() {
    port = door.open(List.of(Listener.clear("127.0.0.1", 0))).getFirst();
  }

  @AfterEach
  void close() {
    http.shutdownNow();
    door.close();
    herd.close();
    vertx.close().await();
  }

  private <T> HttpResponse<T> get(String query, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1.41/events?" + query))
              .timeout(LIMIT)
              .build(),
          body);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String filters(String json) {
    return "filters=" + URLEncoder.encode(json.replace('\'', '"'), StandardCharsets.UTF_8);
  }

  /** Reads to the end, or until the test ends. */
  private List<JsonObject> follow(String query) {
    HttpResponse<Stream<String>> answer = get(query, BodyHandlers.ofLines());
    assertEquals(200, answer.statusCode());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
    List<JsonObject> read = new CopyOnWriteArrayList<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.body().forEach(line -> read.add(new JsonObject(line)));
              } catch (java.io.UncheckedIOException e) {
                read.add(new JsonObject());
              }
            });
    return read;
  }

  private static List<String> names(List<JsonObject> events) {
    return events.stream()
        .map(
            event ->
                event.getJsonObject("Actor").getJsonObject("Attributes").getString("name")
                    + " on "
                    + event.getJsonObject("node").getString("Name"))
        .toList();
  }

  @Test
  void eachEventIsALineOfJsonAndNoneIsMissingOrTwice() {
    herd.happens("b", "1");
    herd.happens("a", "2");
    List<JsonObject> read = follow("since=1&" + filters("{'type':['container']}"));
    herd.happens("b", "3");
    herd.happens("a", "4");
    Await.until("all is read", LIMIT, () -> read.size() == 4);
    assertEquals(List.of("1 on b", "2 on a", "3 on b", "4 on a"), names(read));
    assertEquals(1, events.readers());
  }

  @Test
  void thePastEndsByItself() {
    herd.happens("b", "1");
    herd.happens("a", "2");
    String past = "until=%d.999&".formatted(System.currentTimeMillis() / 1000);
    String told = get(past + filters("{'container':['1','2']}"), BodyHandlers.ofString()).body();
    assertEquals(List.of("1 on b", "2 on a"), names(told.lines().map(JsonObject::new).toList()));
    assertTrue(told.endsWith("}\n"));
  }

  @Test
  void whatCantBeAskedIsSaid() {
    assertEquals(400, get("since=yesterday", BodyHandlers.ofString()).statusCode());
    assertEquals(400, get(filters("{'type':"), BodyHandlers.ofString()).statusCode());
    assertEquals(0, events.readers());
  }

  @Test
  void aFilterNobodyKnowsFiltersNothingAsWithAnEngine() {
    herd.happens("b", "1");
    String past = "until=%d.999&".formatted(System.currentTimeMillis() / 1000);
    String told =
        get(past + filters("{'colour':['red'],'type':['container']}"), BodyHandlers.ofString())
            .body();
    assertEquals(List.of("1 on b"), names(told.lines().map(JsonObject::new).toList()));
  }

  @Test
  void aReaderWhoGoesFreesEverythingAtOnce() throws IOException {
    try (Socket reader = read("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      Await.until("it reads", LIMIT, () -> events.readers() == 1);
      assertEquals('H', reader.getInputStream().read());
      assertEquals(1, herd.openStreams());
    }
    Await.until("nobody reads", LIMIT, () -> events.readers() == 0);
    Await.until("no stream is open", LIMIT, () -> herd.openStreams() == 0);
    Await.until("no call is in work", LIMIT, () -> door.callsInWork() == 0);
  }

  @Test
  void aReaderWhoIsTooSlowIsCutOffAndOthersReadOn() throws IOException {
    List<JsonObject> quick = follow(filters("{'container':['small']}"));
    try (Socket slow = read("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      Await.until("both read", LIMIT, () -> events.readers() == 2);
      Await.until(
          "the slow one is cut off",
          LIMIT,
          () -> {
            herd.happens("b", "big" + "x".repeat(100_000));
            return events.readers() == 1;
          });
      herd.happens("b", "small");
      Await.until("the other one reads", LIMIT, () -> !quick.isEmpty());
      assertEquals(List.of("small on b"), names(quick));
      Await.until("its call is over", LIMIT, () -> door.callsInWork() == 1);
      // What was on its way is there to read, then nothing more comes: not even a proper end.
      byte[] all = readAll(slow);
      assertTrue(!new String(all, StandardCharsets.UTF_8).endsWith("\r\n0\r\n\r\n"));
    }
  }

  private static byte[] readAll(Socket socket) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (IOException e) {
      // Reset: so much the clearer.
      return all.toByteArray();
    }
    return all.toByteArray();
  }

  private Socket read(String request) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout((int) LIMIT.toMillis());
    socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
