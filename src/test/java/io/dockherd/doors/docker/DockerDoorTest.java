package io.dockherd.doors.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.access.Audit;
import io.dockherd.access.Gate;
import io.dockherd.doors.DoorLimits;
import io.dockherd.doors.FrontDoor;
import io.dockherd.doors.Listener;
import io.dockherd.doors.RequestIds;
import io.dockherd.doors.docker.system.Ping;
import io.dockherd.doors.docker.system.SwarmMode;
import io.dockherd.engine.ApiVersion;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unplaceable;
import io.dockherd.failure.Unreachable;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the door itself says: headers, versions, unknown paths, failures. */
class DockerDoorTest {
  private static final Map<String, Failure> FAILURES =
      Map.of(
          "invalid", new Invalid("x", "it is wrong", "mend it"),
          "refused", new Refused("x", "you may not", ""),
          "missing", new NotFound("x", "no such container: x", ""),
          "ambiguous", new Ambiguous("x", List.of("a/x (1)", "b/x (2)")),
          "conflict", new Conflict("x", "it is taken", ""),
          "unplaceable", new Unplaceable("x", Map.of("a", "full")),
          "unreachable", new Unreachable("x", "it is away", ""),
          "late", new TimedOut("x", "it took too long", ""));

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final FrontDoor door =
      new FrontDoor(
          vertx,
          DoorLimits.DEFAULT,
          new RequestIds(new Random(1)),
          Set.of(),
          List.of(
              new DockerDoor(Gate.EVERYTHING, new Audit(), () -> new ApiVersion(1, 41), routes())));
  private final int port = door.open(List.of(Listener.clear("127.0.0.1", 0))).getFirst();

  private static List<Route> routes() {
    List<Route> routes = new ArrayList<>(Ping.routes());
    routes.addAll(SwarmMode.routes());
    routes.add(
        Route.change(
            "POST",
            "/fail/{how}",
            "test",
            call -> {
              throw FAILURES.get(call.name("how"));
            }));
    routes.add(
        Route.read(
            "GET",
            "/engine",
            "test",
            call ->
                Replies.of(
                    new EngineResponse(
                        200,
                        List.of(
                            new EngineResponse.Header("Api-Version", "1.51"),
                            new EngineResponse.Header("X-Docker-Container-Path-Stat", "e30=")),
                        Buffer.buffer("{}")))));
    return routes;
  }

  @AfterEach
  void close() {
    client.close();
    door.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void everyAnswerSaysWhoIsThere() throws Exception {
    for (String path : List.of("/_ping", "/v1.24/_ping", "/nowhere", "/engine", "/nodes")) {
      HttpResponse<String> response = send("GET", path);
      assertEquals(List.of("1.41"), response.headers().allValues("Api-Version"), path);
      assertEquals(List.of("false"), response.headers().allValues("Docker-Experimental"), path);
      assertEquals(List.of("linux"), response.headers().allValues("Ostype"), path);
      // Old clients read the system out of this one, with this expression.
      assertTrue(response.headers().firstValue("Server").get().matches("Docker/.+\\s\\((.+)\\)"));
    }
    assertEquals(
        "e30=", send("GET", "/engine").headers().firstValue("X-Docker-Container-Path-Stat").get());
  }

  @Test
  void thePingAnswersBothWays() throws Exception {
    assertEquals("OK", send("GET", "/_ping").body());
    HttpResponse<String> head = send("HEAD", "/_ping");
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals("1", head.headers().firstValue("Builder-Version").get());
    assertEquals("inactive", head.headers().firstValue("Swarm").get());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1.52/_ping | client version 1.52 is too new. Maximum supported API version is 1.51",
        "/v2.0/nowhere | client version 2.0 is too new. Maximum supported API version is 1.51",
        "/v1.23/_ping | client version 1.23 is too old. Minimum supported API version is 1.24,"
            + " please upgrade your client to a newer version"
      })
  void aVersionNobodySpeaksIsRefused(String path, String message) throws Exception {
    HttpResponse<String> response = send("GET", path);
    assertEquals(400, response.statusCode());
    assertEquals(message, message(response));
  }

  @ParameterizedTest
  @CsvSource({"GET,/", "GET,/v1.41/", "PUT,/_ping", "GET,/_ping/x", "GET,/../_ping"})
  void whatIsNotThereIsSaidAsDockerDoes(String method, String path) throws Exception {
    HttpResponse<String> response = send(method, path);
    assertEquals(404, response.statusCode());
    assertEquals("page not found", message(response));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "invalid     | 400 | it is wrong; mend it",
        "refused     | 403 | you may not",
        "missing     | 404 | No such container: x",
        "ambiguous   | 409 | '''x'' fits more than one: a/x (1), b/x (2); name one of them in full'",
        "conflict    | 409 | it is taken",
        "unplaceable | 500 | 'No healthy node available in the cluster\na: full'",
        "unreachable | 503 | it is away",
        "late        | 504 | it took too long"
      })
  void aFailureHasDockersStatus(String how, int status, String message) throws Exception {
    HttpResponse<String> response = send("POST", "/fail/" + how);
    assertEquals(status, response.statusCode());
    assertEquals(message, message(response));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/swarm,503",
    "GET,/nodes,503",
    "GET,/services/x/logs,503",
    "POST,/secrets/create,503",
    "DELETE,/configs/x,503",
    "POST,/swarm/leave,503",
    "POST,/swarm/init,501"
  })
  void swarmModeIsOff(String method, String path, int status) throws Exception {
    assertEquals(status, send(method, path).statusCode());
  }

  private static String message(HttpResponse<String> response) {
    return new JsonObject(response.body()).getString("message");
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }
}
