package io.dockherd.apps.pods;

import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.fleet.Fleet;
import io.dockherd.herd.facts.Facts;
import java.nio.file.Path;

/** Instances that write, for tests of logs. */
public final class LoggingPods implements AutoCloseable {
  private final EngineOfHost host;
  private final PodsNode node;

  public LoggingPods(Path socket) {
    host = new EngineOfHost(socket);
    node = host.node();
  }

  public Fleet fleet() {
    return node.fleet();
  }

  public Facts facts() {
    return node.facts();
  }

  /** Another instance of /shop/web that runs that in a shell. */
  public void run(int slot, String script) {
    node.run(key(slot), Specs.service(Specs.container("web", "sh", "-c", script)));
    node.await(key(slot), Phase.RUNNING);
  }

  /** An instance writes a line. */
  public void say(int slot, String line) {
    String id = node.instance(key(slot)).orElseThrow().containers().get("web");
    host.docker("exec", id, "sh", "-c", "echo " + line + " > /proc/1/fd/1");
  }

  private static InstanceKey key(int slot) {
    return PodsNode.key("/shop/web", slot);
  }

  @Override
  public void close() {
    host.close();
  }
}
