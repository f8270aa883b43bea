package io.dockherd.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dockherd node label NAME key=value key-}: what constraints are held against. */
@Command(
    name = "label",
    mixinStandardHelpOptions = true,
    description = {
      "Labels a node, over the labels it was started with; constraints see it at once.",
      "KEY- takes back what was said before."
    })
final class NodeLabelCommand implements Runnable {
  @Mixin private NodeOrder order;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE|KEY-")
  private List<String> changes;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    JsonObject labels = new JsonObject();
    for (String change : changes) {
      int equals = change.indexOf('=');
      if (equals > 0) {
        labels.put(change.substring(0, equals), change.substring(equals + 1));
      } else if (equals < 0 && change.length() > 1 && change.endsWith("-")) {
        labels.putNull(change.substring(0, change.length() - 1));
      } else {
        throw new ParameterException(
            spec.commandLine(), "'" + change + "' is neither KEY=VALUE nor KEY-");
      }
    }
    order.send("label-node", new JsonObject().put("labels", labels));
  }
}
