package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalInt;

/** Which ports of an app have one on the host, and how these count. */
public final class PublishedPorts {
  private PublishedPorts() {}

  /** Whether one of its ports has one on the host: on a named network only those that ask. */
  public static boolean isPublished(JsonObject app, JsonObject port) {
    return PortList.isOnHost(app) || port.containsKey("hostPort");
  }

  /** Which of the app's ports is that of the container. */
  public static OptionalInt ofContainer(JsonObject app, int containerPort) {
    List<JsonObject> ports = PortList.of(app);
    for (int i = 0; i < ports.size(); i++) {
      if (ports.get(i).getInteger("containerPort", 0) == containerPort
          && isPublished(app, ports.get(i))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
