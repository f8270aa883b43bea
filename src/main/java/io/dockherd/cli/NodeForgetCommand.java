package io.dockherd.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code dockherd node forget NAME}: it won't come back. */
@Command(
    name = "forget",
    mixinStandardHelpOptions = true,
    description = "The herd counts no more on a node that is gone for good.")
final class NodeForgetCommand implements Runnable {
  @Mixin private NodeOrder order;

  @Override
  public void run() {
    order.send("forget-node", new JsonObject());
  }
}
