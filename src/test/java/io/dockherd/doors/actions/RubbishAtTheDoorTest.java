package io.dockherd.doors.actions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is sent, every request is answered with a JSON object that says what is wrong. */
class RubbishAtTheDoorTest {
  private static final int REQUESTS = 10_000;
  private static final int CALLERS = 8;
  private static final long SEED = 20260101;
  private static final Duration SOON = Duration.ofSeconds(10);

  private final ActionsLab lab = new ActionsLab().listen();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void tenThousandRubbishRequestsAreAllAnsweredAndNothingStays() throws Exception {
    List<String> names =
        lab.actions.all().stream().flatMap(action -> action.names().stream()).toList();
    List<String> fields =
        lab.actions.all().stream()
            .flatMap(action -> action.fields().stream())
            .map(Field::name)
            .distinct()
            .toList();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        long seed = SEED + i;
        done.add(callers.submit(() -> callManyTimes(new Rubbish(new Random(seed), names, fields))));
      }
      for (Future<?> caller : done) {
        caller.get();
      }
    }
    Await.until("no call left in work", SOON, () -> lab.front().callsInWork() == 0);
    Await.until("no body held", SOON, () -> lab.front().heldBytes() == 0);
    Await.until("no connection left", SOON, () -> lab.front().openConnections() == 0);
    lab.fleet.script = (node, request) -> ScriptedFleet.json(200, "[]");
    assertEquals(200, lab.post("{\"action\":\"list-containers\"}").statusCode());
  }

  private Void callManyTimes(Rubbish rubbish) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < REQUESTS / CALLERS; i++) {
        String request = rubbish.next();
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(lab.uri())
                    .timeout(SOON)
                    .POST(HttpRequest.BodyPublishers.ofString(request))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        String context = "seed " + SEED + ": " + request + " → " + answer.body();
        assertTrue(Json.decodeValue(answer.body()) instanceof JsonObject, context);
        assertFalse(answer.statusCode() == 500 && answer.body().contains("\"broken\""), context);
      }
    }
    return null;
  }

  @Test
  void nestingWithoutEndIsAnswered() throws Exception {
    for (String text :
        List.of(
            "[".repeat(100_000),
            "{\"a\":".repeat(100_000),
            "{\"action\":\"create-raw-container\",\"body\":"
                + "{\"a\":".repeat(900)
                + "1"
                + "}".repeat(901),
            "{\"action\":\"list-images\",\"x\":" + "[".repeat(990) + "]".repeat(990) + "}",
            "{\"action\":\"" + "a".repeat(1_000_000) + "\"}",
            "{\"action\":\"stop-container\",\"id\":\"web\",\"timeout\":" + "9".repeat(900) + "}",
            "{\"action\":\"stop-container\",\"id\":\"web\",\"timeout\":1e999}")) {
      HttpResponse<String> answer = lab.post(text);
      assertTrue(Json.decodeValue(answer.body()) instanceof JsonObject, answer.body());
      assertFalse(answer.statusCode() == 500, answer.body());
    }
  }

  /** Requests that are nearly right, or not at all. */
  private static final class Rubbish {
    private final Random random;
    private final List<String> names;
    private final List<String> fields;

    Rubbish(Random random, List<String> names, List<String> fields) {
      this.random = random;
      this.names = names;
      this.fields = fields;
    }

    String next() {
      return switch (random.nextInt(5)) {
        case 0 -> noise();
        case 1 -> cut(request().encode());
        case 2 -> mutate(request().encode());
        default -> request().encode();
      };
    }

    private JsonObject request() {
      JsonObject request = new JsonObject();
      request.put("action", random.nextInt(10) == 0 ? value(0) : pick(names));
      int extra = random.nextInt(5);
      for (int i = 0; i < extra; i++) {
        request.put(pick(fields), value(0));
      }
      if (random.nextBoolean()) {
        request.put(pick(List.of("id", "node", "body", "headers", "timeLimit")), value(0));
      }
      return request;
    }

    private Object value(int depth) {
      List<Supplier<Object>> kinds =
          List.of(
              () -> null,
              random::nextInt,
              random::nextDouble,
              random::nextBoolean,
              () -> "",
              this::noise,
              () -> "deblox.host-" + random.nextInt(5),
              () -> pick(List.of("test", "../x", "web", "all", "-1", "${A}", "a".repeat(64))),
              () -> depth > 3 ? 1 : new JsonArray().add(value(depth + 1)).add(value(depth + 1)),
              () ->
                  depth > 3
                      ? true
                      : new JsonObject()
                          .put(
                              pick(List.of("Image", "Env", "A", "", "HostConfig")),
                              value(depth + 1)));
      return kinds.get(random.nextInt(kinds.size())).get();
    }

    private String noise() {
      StringBuilder noise = new StringBuilder();
      int length = random.nextInt(200);
      for (int i = 0; i < length; i++) {
        noise.append(
            (char) (random.nextInt(20) == 0 ? random.nextInt(0xD7FF) : random.nextInt(128)));
      }
      return noise.toString();
    }

    private String cut(String text) {
      return text.substring(0, random.nextInt(text.length()));
    }

    private String mutate(String text) {
      int at = random.nextInt(text.length());
      return text.substring(0, at)
          + pick(List.of("{", "}", "\"", ",", "\\", "[", "/*", "\0"))
          + text.substring(at);
    }

    private <T> T pick(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }
  }
}
