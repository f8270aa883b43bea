package io.dockherd.doors.docker.containers;

import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.fleet.watch.KnownEngine;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** Tells in a container's description on which node it is. */
public record Whereabouts(HerdEngines engines) {
  /** The label that lists and inspects show, so that {@code --format} can. */
  public static final String NODE_LABEL = "io.dockherd.node";

  public Whereabouts {
    Objects.requireNonNull(engines, "engines");
  }

  /**
   * An inspect answer with {@code Node}, as classic Swarm had it, and with the label.
   *
   * <pre>
   * "Node":{"ID":"ABCD:…","IP":"10.213.0.1","Addr":"10.213.0.1:2375","Name":"host-1",
   *         "Cpus":4,"Memory":8323072000,"Labels":{"zone":"a"}}</pre>
   */
  JsonObject inspected(JsonObject inspect, String node) {
    KnownEngine engine = engines.engine(node);
    String address = engines.members().named(node).map(member -> member.address()).orElse("");
    JsonObject labels = new JsonObject();
    engine.labels().forEach(labels::put);
    inspect.put(
        "Node",
        new JsonObject()
            .put("ID", engine.json().getString("id", ""))
            .put("IP", address)
            .put("Addr", address)
            .put("Name", node)
            .put("Cpus", engine.cpus())
            .put("Memory", engine.memoryBytes())
            .put("Labels", labels));
    if (inspect.getValue("Config") instanceof JsonObject config) {
      config.put("Labels", labelled(config.getValue("Labels"), node));
    }
    if (inspect.getValue("NetworkSettings") instanceof JsonObject settings
        && settings.getValue("Ports") instanceof JsonObject ports) {
      settings.put("Ports", new PublishedPorts(address).inspected(ports));
    }
    return inspect;
  }

  /** The labels and that of the node. */
  static JsonObject labelled(Object labels, String node) {
    JsonObject more = labels instanceof JsonObject object ? object.copy() : new JsonObject();
    return more.put(NODE_LABEL, node);
  }
}
