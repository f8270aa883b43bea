package io.dockherd.doors.bridges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.access.Gate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SockJsBridgeTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String PAGE = "https://console.example:8443";
  private static final String SOCK_JS = "/eventbus/123/abcdefgh/websocket";
  private static final JsonObject REGISTER =
      new JsonObject().put("type", "register").put("address", "herd.events");

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private SockJsBridge bridge;
  private int port;

  @BeforeEach
  void open() {
    open(BridgeSettings.of("herd").withOrigins(Set.of(PAGE)));
    vertx.eventBus().<Object>consumer("herd", message -> message.reply(message.body()));
  }

  private void open(BridgeSettings settings) {
    bridge = new SockJsBridge(vertx, settings, Gate.EVERYTHING);
    port = bridge.open("127.0.0.1", 0, new HttpServerOptions());
  }

  @AfterEach
  void close() throws Exception {
    http.shutdownNow();
    bridge.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** What a browser's page would do. */
  private static final class Page implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        heard.add(partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      heard.add("closed " + code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      heard.add("closed " + error);
    }

    private void say(String text) {
      socket.sendText(text, true).join();
    }

    private String hear() throws InterruptedException {
      String text = heard.poll(10, TimeUnit.SECONDS);
      assertTrue(text != null, "nothing came");
      return text;
    }

    private JsonObject hearJson() throws InterruptedException {
      return new JsonObject(hear());
    }
  }

  private Page page(String path, String origin) {
    Page page = new Page();
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (!origin.isEmpty()) {
      builder.header("Origin", origin);
    }
    page.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), page).join();
    return page;
  }

  private static JsonObject send(String address, Object body) {
    return new JsonObject()
        .put("type", "send")
        .put("address", address)
        .put("replyAddress", "r1")
        .put("body", body);
  }

  @Test
  void aPlainWebSocketSendsAndListens() throws InterruptedException {
    Page page = page("/eventbus/websocket", "");
    page.say(send("herd", "é").encode());
    JsonObject answer = page.hearJson();
    assertEquals("rec", answer.getString("type"));
    assertEquals("r1", answer.getString("address"));
    assertEquals("é", answer.getString("body"));
    page.say(REGISTER.encode());
    page.say(send("herd", "after").encode());
    assertEquals("after", page.hearJson().getString("body"));
    vertx.eventBus().publish("herd.events", "!");
    JsonObject event = page.hearJson();
    assertEquals("herd.events", event.getString("address"));
    assertEquals("!", event.getString("body"));
    page.say(send("secret", "?").encode());
    JsonObject denied = page.hearJson();
    assertEquals("access_denied", denied.getString("body"));
    assertEquals("r1", denied.getString("address"));
  }

  @Test
  void aSockJsClientIsGreetedAndAnsweredInItsOwnFrames() throws InterruptedException {
    Page page = page(SOCK_JS, PAGE);
    assertEquals("o", page.hear());
    JsonArray two = new JsonArray().add(send("herd", 1).encode()).add("{\"type\":\"ping\"}");
    page.say(two.encode());
    String frame = page.hear();
    assertEquals('a', frame.charAt(0));
    JsonObject answer = new JsonObject(new JsonArray(frame.substring(1)).getString(0));
    assertEquals(1, answer.getInteger("body"));
    page.say(new JsonArray().add("rubbish").encode());
    assertTrue(page.hear().contains("invalid_json"));
    page.say("{}");
    assertEquals("c[3000,\"Go away!\"]", page.hear());
    assertEquals("closed 3000", page.hear());
  }

  @Test
  void pagesThatAreNotNamedAreNotLetIn() throws IOException, InterruptedException {
    for (String origin : Set.of("https://evil.example", "null", "http://127.0.0.1:" + port)) {
      assertThrows(CompletionException.class, () -> page("/eventbus/websocket", origin), origin);
      assertThrows(CompletionException.class, () -> page(SOCK_JS, origin), origin);
      assertEquals(403, get("/eventbus/info", origin).statusCode());
    }
    page(SOCK_JS, PAGE);
  }

  @Test
  void clientsLearnThatThereIsAWebSocketOnly() throws IOException, InterruptedException {
    HttpResponse<String> info = get("/eventbus/info", PAGE);
    assertEquals(200, info.statusCode());
    assertEquals(PAGE, info.headers().firstValue("Access-Control-Allow-Origin").orElseThrow());
    assertTrue(new JsonObject(info.body()).getBoolean("websocket"));
    assertEquals("Welcome to SockJS!\n", get("/eventbus", "").body());
    assertEquals(404, get("/eventbus/123/abc/xhr", "").statusCode());
    assertEquals(404, get("/", "").statusCode());
    assertEquals(400, get("/eventbus/websocket", "").statusCode());
  }

  private HttpResponse<String> get(String path, String origin)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (!origin.isEmpty()) {
      // The JDK's client does not send an Origin itself, but takes it.
      request.header("Origin", origin);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void aMessageTooLongEndsTheConnection() throws InterruptedException {
    bridge.close();
    open(BridgeSettings.of("herd").withBounds(1000, 4, 4));
    Page page = page("/eventbus/websocket", "");
    page.say(send("herd", "x".repeat(2000)).encode());
    assertTrue(page.hear().startsWith("closed"));
  }

  @Test
  void whoListensAndDoesNotReadIsCutOff() throws IOException {
    bridge.close();
    open(BridgeSettings.of("herd").withBounds(10_000, 4, 4));
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write(
              ("GET /eventbus/websocket HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n"
                      + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] head = new byte[12];
      socket.getInputStream().readNBytes(head, 0, head.length);
      assertEquals("HTTP/1.1 101", new String(head, StandardCharsets.US_ASCII));
      socket.getOutputStream().write(frame(REGISTER.encode()));
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

  /** A WebSocket's text frame as a client sends it, masked with zeros. */
  private static byte[] frame(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[6 + bytes.length];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) (0x80 | bytes.length);
    System.arraycopy(bytes, 0, frame, 6, bytes.length);
    return frame;
  }
}
