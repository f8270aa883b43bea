package io.dockherd.doors.actions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The door over real HTTP on loopback, as curl and the seed's scripts use it. */
class ActionsDoorTest {
  private static final String WEB =
      "b276fbefc5c5d852a3c34a2999d8b26cb473e1a96ff611fe67f65f9cf635c70f";

  private final ActionsLab lab = new ActionsLab().listen();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void theGreetingIsTheSeeds() throws Exception {
    HttpResponse<String> greeting = get("/");
    assertEquals(200, greeting.statusCode());
    assertEquals("DockerMod HttpService", greeting.body());
  }

  @Test
  void anUnknownPathIsAnsweredInTheDoorsWords() throws Exception {
    HttpResponse<String> answer = get("/elsewhere");
    assertEquals(404, answer.statusCode());
    assertEquals("error", new JsonObject(answer.body()).getString("status"));
    assertEquals(
        "application/json; charset=utf-8", answer.headers().firstValue("Content-Type").get());
  }

  @Test
  void anInspectIsTheEnginesAnswerInAnEnvelope() throws Exception {
    lab.fleet.with("host-2", WEB, "web");
    lab.fleet.script = (node, request) -> ScriptedFleet.json(200, "{\"Id\":\"" + WEB + "\"}\n");
    HttpResponse<String> answer = lab.post("{\"action\":\"inspect-container\",\"id\":\"b276fbe\"}");
    assertEquals(200, answer.statusCode());
    assertEquals(
        "{\"statusCode\":200,\"Content-Type\":\"application/json\","
            + "\"Date\":\"Tue, 18 Nov 2014 11:43:59 GMT\","
            + "\"Response\":{\"Body\":{\"Id\":\""
            + WEB
            + "\"}\n},\"dockerInstance\":\"host-2\"}",
        answer.body());
    assertEquals("host-2 GET /containers/" + WEB + "/json", lab.asked().getFirst());
  }

  @Test
  void theSeedsBulkCreateIsAnAggregateEvenForOne() throws Exception {
    JsonObject answer =
        new JsonObject(
            lab.post("{\"action\": \"create-container\", \"template\": \"test\", \"instances\": 1}")
                .body());
    JsonArray containers = answer.getJsonArray("containers");
    assertEquals(1, containers.size());
    JsonObject first = containers.getJsonObject(0);
    assertEquals(201, first.getInteger("statusCode"));
    assertEquals("host-1", first.getString("dockerInstance"));
    assertEquals(
        64, first.getJsonObject("Response").getJsonObject("Body").getString("Id").length());
    assertEquals(1, answer.getInteger("requested"));
    assertEquals(1, answer.getInteger("created"));
    assertEquals(0, answer.getInteger("failed"));
  }

  @Test
  void aRequestIdIsKeptOrMade() throws Exception {
    HttpResponse<String> kept = lab.post("{}", "X-Request-Id", "abc-1");
    assertEquals("abc-1", kept.headers().firstValue("X-Request-Id").get());
    assertEquals("abc-1", new JsonObject(kept.body()).getString("requestId"));
    assertTrue(lab.post("{}").headers().firstValue("X-Request-Id").get().matches("[0-9a-f]{16}"));
  }

  @Test
  void aWebPageOfAnotherSiteIsNotLetIn() throws Exception {
    String list = "{\"action\":\"list-containers\"}";
    assertEquals(403, lab.post(list, "Origin", "http://evil.example").statusCode());
    assertEquals(403, lab.post(list, "Origin", "null").statusCode());
    assertEquals(200, lab.post(list, "Origin", "http://127.0.0.1:" + lab.port()).statusCode());
  }

  private HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(lab.uri().resolve(path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
