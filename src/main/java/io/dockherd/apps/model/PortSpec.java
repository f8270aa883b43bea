package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * A port of a pod that is published on its host.
 *
 * <pre>
 * {"name":"http","container":"web","containerPort":80,"protocol":"tcp","hostIp":"","hostPort":0,
 *  "servicePort":10000,"labels":{…}}</pre>
 *
 * @param name "" for one without
 * @param container which container of the pod listens; "" for the one that owns the network
 * @param containerPort within the container; 0: the same as on the host
 * @param protocol tcp, udp or sctp
 * @param hostIp the host's address it is bound to; "" for all
 * @param hostPort on the host; 0: one the node chooses when it starts the instance
 * @param servicePort what the herd calls it by; 0 for none
 */
public record PortSpec(
    String name,
    String container,
    int containerPort,
    String protocol,
    String hostIp,
    int hostPort,
    int servicePort,
    JsonObject labels) {
  public PortSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(protocol, "protocol");
    Objects.requireNonNull(hostIp, "hostIp");
    labels = labels.copy();
    requirePort(containerPort, "containerPort");
    requirePort(hostPort, "hostPort");
    requirePort(servicePort, "servicePort");
  }

  private static void requirePort(int port, String name) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(name + " is no port: " + port);
    }
  }

  /** Reads what {@link #json} wrote. */
  static PortSpec of(JsonObject json) {
    return new PortSpec(
        json.getString("name", ""),
        json.getString("container", ""),
        json.getInteger("containerPort", 0),
        json.getString("protocol", "tcp"),
        json.getString("hostIp", ""),
        json.getInteger("hostPort", 0),
        json.getInteger("servicePort", 0),
        JsonReading.object(json, "labels"));
  }

  JsonObject json() {
    return new JsonObject()
        .put("name", name)
        .put("container", container)
        .put("containerPort", containerPort)
        .put("protocol", protocol)
        .put("hostIp", hostIp)
        .put("hostPort", hostPort)
        .put("servicePort", servicePort)
        .put("labels", labels);
  }
}
