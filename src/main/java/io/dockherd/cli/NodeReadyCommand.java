package io.dockherd.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dockherd node ready NAME}: it takes new containers again. */
@Command(
    name = "ready",
    mixinStandardHelpOptions = true,
    description = "Puts a drained node back into service.")
final class NodeReadyCommand implements Runnable {
  @Mixin private NodeOrder order;

  @Override
  public void run() {
    order.send("ready-node", new JsonObject());
  }
}
