package io.dockherd.cli;

import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dockherd rebalance}: containers move from full nodes to emptier ones. */
@Command(
    name = "rebalance",
    mixinStandardHelpOptions = true,
    description = {
      "Moves running containers from full nodes to emptier ones, one after the other: those with",
      "the policy on-node-failure and without volumes. The new one runs before the old one stops."
    })
final class RebalanceCommand implements Runnable {
  /** For one move: its image may have to be fetched. */
  private static final Duration ONE = Duration.ofMinutes(15);

  @Option(
      names = "--max-moves",
      paramLabel = "K",
      required = true,
      description = "so many containers move at most")
  private int maxMoves;

  @Option(names = "--dry-run", description = "only says what would move")
  private boolean isDry;

  @Option(
      names = "--door",
      paramLabel = "URL",
      converter = DoorAddress.class,
      defaultValue = "${env:DOCKHERD_DOOR:-http://127.0.0.1:8080/}",
      description = "the actions door of any node; default ${DEFAULT-VALUE}")
  private URI door;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    JsonObject request = new JsonObject().put("action", "rebalance");
    try (DoorClient client = new DoorClient(door, ONE)) {
      if (isDry) {
        JsonArray planned = ask(client, request.put("maxMoves", maxMoves).put("dryRun", true));
        print(planned);
        out().println(planned.size() + " would move");
        return;
      }
      moveOneByOne(client, request.put("maxMoves", 1));
    }
  }

  /** So that each is told when it is done. */
  private void moveOneByOne(DoorClient client, JsonObject request) {
    JsonArray stay = new JsonArray();
    int moved = 0;
    int tried = 0;
    for (; tried < maxMoves; tried++) {
      JsonArray moves = ask(client, request.put("except", stay));
      if (moves.isEmpty()) {
        break;
      }
      print(moves);
      JsonObject move = moves.getJsonObject(0);
      stay.add(move.getString("id"));
      if (move.getString("outcome").equals("moved")) {
        stay.add(move.getString("replacement"));
        moved++;
      }
    }
    out().println(moved + " moved");
    if (moved < tried) {
      throw new Refused("rebalance", tried - moved + " could not move", "see the reasons above");
    }
  }

  private JsonArray ask(DoorClient client, JsonObject request) {
    JsonObject answer = client.post(request);
    if (!"ok".equals(answer.getString("status"))) {
      throw new Refused("rebalance", answer.getString("message", answer.encode()), "");
    }
    return answer.getJsonArray("moves");
  }

  private void print(JsonArray moves) {
    for (Object one : moves) {
      JsonObject move = (JsonObject) one;
      String line =
          move.getString("name") + ": " + move.getString("from") + " → " + move.getString("to");
      String reason = move.getString("reason", "");
      out().println(reason.isEmpty() ? line : line + ": not moved: " + reason);
    }
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
