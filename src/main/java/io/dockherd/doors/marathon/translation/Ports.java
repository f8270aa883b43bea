package io.dockherd.doors.marathon.translation;

import io.dockherd.apps.model.PortSpec;
import io.dockherd.doors.marathon.definition.Parts;
import io.dockherd.doors.marathon.definition.PortList;
import io.dockherd.doors.marathon.definition.PublishedPorts;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * An app's ports, each with what the herd publishes for it.
 *
 * @param published in the pod's order
 * @param entries in the app's order
 */
public record Ports(List<PortSpec> published, List<Entry> entries) {
  /**
   * One of the app's ports.
   *
   * @param index where in {@code published} its host port is; −1 when it has none
   * @param requested the number it is known by in PORT_n; 0 for none
   * @param containerPort what it is without a host port
   */
  public record Entry(int index, int requested, int containerPort, String name) {
    /** Its number, as environment variables have it. */
    String value() {
      return isPublished() ? "{port:" + index + "}" : String.valueOf(containerPort);
    }

    private boolean isPublished() {
      return index >= 0;
    }
  }

  public Ports {
    published = List.copyOf(published);
    entries = List.copyOf(entries);
  }

  /** Those of an app in the newest form. */
  public static Ports of(JsonObject app) {
    boolean isOnHost = PortList.isOnHost(app);
    boolean isRequired = app.getBoolean("requirePorts");
    List<PortSpec> published = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (JsonObject port : PortList.of(app)) {
      boolean isPublished = PublishedPorts.isPublished(app, port);
      int containerPort = isOnHost ? 0 : port.getInteger("containerPort");
      int servicePort = port.getInteger(isOnHost ? "port" : "servicePort");
      int hostPort = isOnHost ? isRequired ? servicePort : 0 : port.getInteger("hostPort", 0);
      entries.add(
          new Entry(
              isPublished ? published.size() : -1,
              isOnHost ? servicePort : containerPort,
              containerPort,
              port.getString("name", "")));
      if (isPublished) {
        protocols(port.getString("protocol"), isOnHost)
            .forEach(
                protocol ->
                    published.add(
                        new PortSpec(
                            port.getString("name", ""),
                            "",
                            containerPort,
                            protocol,
                            "",
                            hostPort,
                            servicePort,
                            Parts.object(port, "labels"))));
      }
    }
    return new Ports(published, entries);
  }

  /** An instance's ports on the host, in the app's order; those that are chosen so far. */
  public List<Integer> onHost(List<Integer> ofInstance) {
    return entries.stream()
        .filter(Entry::isPublished)
        .filter(entry -> entry.index() < ofInstance.size())
        .map(entry -> ofInstance.get(entry.index()))
        .toList();
  }

  /** On the host's own network nothing is bound for the app: one port serves both. */
  private static List<String> protocols(String protocol, boolean isOnHost) {
    return protocol.contains(",")
        ? isOnHost ? List.of("tcp") : List.of("tcp", "udp")
        : List.of(protocol);
  }
}
