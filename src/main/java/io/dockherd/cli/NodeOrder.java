package io.dockherd.cli;

import io.dockherd.failure.Refused;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands about a node have in common: which node, and whom they tell. */
final class NodeOrder {
  @Parameters(index = "0", paramLabel = "NAME", description = "the node's name")
  private String node;

  @Option(
      names = "--door",
      paramLabel = "URL",
      converter = DoorAddress.class,
      defaultValue = "${env:DOCKHERD_DOOR:-http://127.0.0.1:8080/}",
      description = "the actions door of any node; default ${DEFAULT-VALUE}")
  private URI door;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * Has it done and prints what came of it.
   *
   * @throws Refused with the door's words when it was not
   */
  void send(String action, JsonObject fields) {
    JsonObject request = fields.copy().put("action", action).put("node", node);
    try (DoorClient client = new DoorClient(door)) {
      JsonObject answer = client.post(request);
      if (!"ok".equals(answer.getString("status"))) {
        throw new Refused(node, answer.getString("message", answer.encode()), "");
      }
      PrintWriter out = spec.commandLine().getOut();
      out.println(node + ": " + answer.getString("message"));
      answer
          .getJsonObject("labels", new JsonObject())
          .forEach(label -> out.println("  " + label.getKey() + "=" + label.getValue()));
    }
  }
}
