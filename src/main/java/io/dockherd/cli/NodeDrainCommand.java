package io.dockherd.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dockherd node drain NAME}: it takes no new container. */
@Command(
    name = "drain",
    mixinStandardHelpOptions = true,
    description = "Takes a node out of service: no new container is placed on it, whoever asks.")
final class NodeDrainCommand implements Runnable {
  @Mixin private NodeOrder order;

  @Override
  public void run() {
    order.send("drain-node", new JsonObject());
  }
}
