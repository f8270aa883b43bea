package io.dockherd.doors.docker.containers;

import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.engine.EngineResponse;
import io.dockherd.fleet.watch.KnownEngine;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/** Tells in a container's description on which node it is. */
public record Whereabouts(HerdEngines engines) {
  /** The label that lists and inspects show, so that {@code --format} can. */
  public static final String NODE_LABEL = "io.dockherd.node";

  public Whereabouts {
    Objects.requireNonNull(engines, "engines");
  }

  /**
   * What is said of a place.
   *
   * @param name of the node
   * @param address of the node
   * @param node as {@code Node} of an inspect answer
   */
  record Place(String name, String address, JsonObject node) {
    /** The {@code Config.Labels}; there need not be any. */
    JsonObject labels(Optional<JsonObject> labels) {
      return labelled(labels.orElseGet(JsonObject::new), name);
    }

    /** The {@code NetworkSettings.Ports}. */
    JsonObject ports(JsonObject ports) {
      return new PublishedPorts(address).inspected(ports);
    }
  }

  /**
   * An inspect answer with {@code Node}, as classic Swarm had it, and with the label.
   *
   * <pre>
   * "Node":{"ID":"ABCD:…","IP":"10.213.0.1","Addr":"10.213.0.1:2375","Name":"host-1",
   *         "Cpus":4,"Memory":8323072000,"Labels":{"zone":"a"}}</pre>
   *
   * @return empty when it is no JSON object
   */
  Optional<Buffer> inspected(EngineResponse answer, String node) {
    Place place = place(node);
    return InspectedText.told(answer.body(), place)
        .or(
            () ->
                answer
                    .json()
                    .filter(JsonObject.class::isInstance)
                    .map(inspect -> inspected((JsonObject) inspect, place).toBuffer()));
  }

  private Place place(String node) {
    KnownEngine engine = engines.engine(node);
    String address = engines.members().named(node).map(member -> member.address()).orElse("");
    JsonObject labels = new JsonObject();
    engine.labels().forEach(labels::put);
    return new Place(
        node,
        address,
        new JsonObject()
            .put("ID", engine.json().getString("id", ""))
            .put("IP", address)
            .put("Addr", address)
            .put("Name", node)
            .put("Cpus", engine.cpus())
            .put("Memory", engine.memoryBytes())
            .put("Labels", labels));
  }

  /** The same the long way, for answers of any shape. */
  static JsonObject inspected(JsonObject inspect, Place place) {
    inspect.put("Node", place.node());
    if (inspect.getValue("Config") instanceof JsonObject config) {
      config.put("Labels", labelled(config.getValue("Labels"), place.name()));
    }
    if (inspect.getValue("NetworkSettings") instanceof JsonObject settings
        && settings.getValue("Ports") instanceof JsonObject ports) {
      settings.put("Ports", place.ports(ports));
    }
    return inspect;
  }

  /** The labels and that of the node. */
  static JsonObject labelled(Object labels, String node) {
    JsonObject more = labels instanceof JsonObject object ? object.copy() : new JsonObject();
    return more.put(NODE_LABEL, node);
  }
}
