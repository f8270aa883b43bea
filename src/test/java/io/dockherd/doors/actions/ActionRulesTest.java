package io.dockherd.doors.actions;

import io.dockherd.Golden;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unplaceable;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.Creation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What each action asks of the engines and what it answers. Above: the request, after an optional
 * line {@code at <address>}; below: the engines' requests, the orders for containers, and the
 * answer.
 *
 * <p>There are three nodes. On host-1 is {@code aaaa…} named web; on host-2 {@code abbb…} named db
 * and {@code cccc…} named twin; on host-3 {@code dddd…} named twin. The engine of host-3 does not
 * answer lists.
 */
class ActionRulesTest {
  private static final String A = "a".repeat(64);
  private static final String B = "a" + "b".repeat(63);
  private static final String C = "c".repeat(64);
  private static final String D = "d".repeat(64);

  @TestFactory
  List<DynamicTest> rules() throws IOException {
    return Golden.tests("io/dockherd/doors/actions/actions", ActionRulesTest::apply);
  }

  private static String apply(String input) {
    try (ActionsLab lab = new ActionsLab()) {
      lab.fleet.with("host-1", A, "web").with("host-2", B, "db");
      lab.fleet.with("host-2", C, "twin").with("host-3", D, "twin");
      lab.fleet.script = ActionRulesTest::engine;
      lab.fleet.unreachable.add("host-3");
      lab.fleet.creator = (node, order) -> create(node, order.document());
      Arrival arrival = Arrival.ANYWHERE;
      String request = input;
      if (input.startsWith("at ")) {
        String address = input.substring(3, input.indexOf('\n'));
        request = input.substring(input.indexOf('\n') + 1);
        arrival =
            address.startsWith("deblox.")
                ? new Arrival.AtNode(address.substring("deblox.".length()))
                : new Arrival.AtContainer(full(address));
      }
      Reply reply = lab.perform(request, arrival);
      return report(lab, reply)
          .replace(A, "aaaa…")
          .replace(B, "abbb…")
          .replace(C, "cccc…")
          .replace(D, "dddd…");
    }
  }

  private static String report(ActionsLab lab, Reply reply) {
    StringBuilder text = new StringBuilder();
    // Nodes are asked at the same time: their order says nothing, that of one node's requests does.
    for (ScriptedFleet.Asked asked :
        lab.fleet.asked.stream().sorted(Comparator.comparing(ScriptedFleet.Asked::node)).toList()) {
      text.append(asked.line());
      asked
          .request()
          .headers()
          .forEach(
              (name, value) -> {
                if (!name.equals("X-Request-Id")) {
                  text.append(' ').append(name).append(": ").append(String.join(", ", value));
                }
              });
      if (asked.request().body() instanceof EngineRequest.Body.Bytes) {
        text.append(' ').append(asked.body().encode());
      }
      text.append('\n');
    }
    for (ScriptedFleet.Ordered ordered : lab.fleet.ordered) {
      text.append("create ")
          .append(ordered.count())
          .append(ordered.node().isEmpty() ? " anywhere" : " on " + ordered.node())
          .append(ordered.order().name().isEmpty() ? "" : " named " + ordered.order().name())
          .append(ordered.order().pull() ? " pulling " : " not pulling ")
          .append(
              ordered.order().registryAuth().isEmpty()
                  ? ""
                  : "as " + ordered.order().registryAuth() + " ")
          .append(ordered.order().document().encode())
          .append('\n');
    }
    return text.append("→ ")
        .append(reply.status())
        .append(' ')
        .append(reply.body().toJsonObject().encodePrettily())
        .toString();
  }

  private static String full(String letters) {
    return List.of(A, B, C, D).stream().filter(id -> id.startsWith(letters)).findFirst().get();
  }

  private static EngineResponse engine(String node, EngineRequest request) {
    String path = request.path();
    if (node.equals("host-3") && path.matches("/(containers|images|networks|volumes)/?(json)?")) {
      throw new Unreachable(node, "the engine of host-3 does not answer", "look after it");
    }
    return switch (request.method() + " " + path.replaceAll("[a-d]{64}", "ID")) {
      case "GET /containers/ID/json" -> ScriptedFleet.json(200, "{\"State\":{\"Running\":true}}");
      case "GET /containers/ID/logs" -> frames();
      case "GET /containers/ID/top" -> ScriptedFleet.json(200, "{\"Titles\":[\"PID\"]}");
      case "GET /containers/ID/stats" -> ScriptedFleet.json(200, "{\"read\":\"now\"}");
      case "GET /containers/json", "GET /images/json", "GET /networks" ->
          ScriptedFleet.json(200, "[]");
      case "GET /volumes" -> ScriptedFleet.json(200, "{\"Volumes\":[]}");
      case "GET /info" -> ScriptedFleet.json(200, "{\"NCPU\":2}");
      case "POST /containers/ID/pause" -> ScriptedFleet.json(409, "{\"message\":\"is paused\"}");
      case "POST /containers/ID/exec" -> ScriptedFleet.json(201, "{\"Id\":\"e1\"}");
      case "POST /exec/e1/start" -> frames();
      case "GET /exec/e1/json" -> ScriptedFleet.json(200, "{\"ExitCode\":3,\"Running\":false}");
      case "POST /images/create" -> pulled(request.target());
      case "POST /containers/prune" -> ScriptedFleet.json(200, "{\"SpaceReclaimed\":0}");
      default -> ScriptedFleet.empty(204);
    };
  }

  private static EngineResponse frames() {
    Buffer frames = Buffer.buffer();
    frames.appendBytes(new byte[] {1, 0, 0, 0}).appendInt(4).appendString("out\n");
    frames.appendBytes(new byte[] {2, 0, 0, 0}).appendInt(4).appendString("err\n");
    return new EngineResponse(
        200,
        List.of(new EngineResponse.Header("Content-Type", "application/vnd.docker.raw-stream")),
        frames);
  }

  private static EngineResponse pulled(String target) {
    return target.contains("missing")
        ? ScriptedFleet.json(
            200,
            "{\"status\":\"Pulling from x\",\"id\":\"latest\"}\n{\"error\":\"no such image\"}\n")
        : ScriptedFleet.json(
            200,
            "{\"status\":\"Pulling fs layer\",\"id\":\"l1\"}\n"
                + "{\"status\":\"Pull complete\",\"id\":\"l1\"}\n"
                + "{\"status\":\"Status: Downloaded newer image\"}\n");
  }

  private static Creation create(String node, JsonObject document) {
    List<Creation.Refusal> refusals =
        node.equals("host-2") ? List.of(new Creation.Refusal("host-1", "no room")) : List.of();
    if (document.getString("Image").equals("mute") && !document.containsKey("Cmd")) {
      return new Creation.Declined(
          node, ScriptedFleet.json(400, "{\"message\":\"No command specified\"}"), refusals);
    }
    return switch (document.getString("Image")) {
      case "slow" ->
          new Creation.Failed(node, new TimedOut(node, "no answer in time", ""), refusals);
      case "nowhere" ->
          new Creation.Failed("", new Unplaceable("nowhere", Map.of("host-1", "full")), refusals);
      case "refused" ->
          new Creation.Failed(node, new Refused(node, "not here", "ask another"), refusals);
      case "bad" ->
          new Creation.Declined(
              node, ScriptedFleet.json(400, "{\"message\":\"bad document\"}"), refusals);
      default ->
          new Creation.Created(
              node, A, ScriptedFleet.json(201, "{\"Id\":\"" + A + "\"}"), refusals);
    };
  }
}
