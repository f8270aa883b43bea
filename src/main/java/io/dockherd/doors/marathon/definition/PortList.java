package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The ports of an app in the newest form: {@code portDefinitions} where it is on its host's
 * network, {@code container.portMappings} elsewhere.
 */
public final class PortList {
  /** Docker's own network on each host. */
  public static final String BRIDGE = "container/bridge";

  /** A network of the engine's, by name. */
  public static final String NAMED = "container";

  /** No network; Marathon's newest form has no word for it. */
  public static final String NONE = "none";

  private static final String HOST = "host";

  private PortList() {}

  /** Which network it is on. */
  public static String mode(JsonObject app) {
    return Parts.objects(app, "networks").stream()
        .findFirst()
        .map(network -> network.getString("mode", NAMED))
        .orElse(HOST);
  }

  /** Whether it is on its host's own. */
  public static boolean isOnHost(JsonObject app) {
    return mode(app).equals(HOST);
  }

  /** The same as {@code container.docker.network} had it. */
  public static String oldNetwork(JsonObject app) {
    return switch (mode(app)) {
      case BRIDGE -> "BRIDGE";
      case NAMED -> "USER";
      case NONE -> "NONE";
      default -> "HOST";
    };
  }

  /** Its ports, in the order PORT0, PORT1, … count them. */
  public static List<JsonObject> of(JsonObject app) {
    return isOnHost(app)
        ? Parts.objects(app, "portDefinitions")
        : Parts.objects(Parts.object(app, "container"), "portMappings");
  }

  /** Where the service port of one of these is. */
  static String serviceField(JsonObject app) {
    return isOnHost(app) ? "port" : "servicePort";
  }

  /** The service ports: what {@code ports} is in answers. */
  public static JsonArray servicePorts(JsonObject app) {
    JsonArray ports = new JsonArray();
    String field = serviceField(app);
    of(app).forEach(port -> ports.add(port.getInteger(field, 0)));
    return ports;
  }

  /** The JSON pointer of one of its ports. */
  static String path(JsonObject app, int index) {
    return (isOnHost(app) ? "/portDefinitions(" : "/container/portMappings(") + index + ")";
  }

  /** What an app on its host's network has when it says nothing of ports. */
  static JsonArray oneDefinition() {
    return new JsonArray().add(new JsonObject().put("port", 0).put("name", "default"));
  }

  /** The same on the bridge. */
  static JsonArray oneMapping() {
    return new JsonArray().add(new JsonObject().put("containerPort", 0).put("name", "default"));
  }

  static JsonArray filledDefinitions(JsonArray definitions) {
    JsonObject defaults =
        new JsonObject().put("port", 0).put("protocol", "tcp").put("labels", new JsonObject());
    return Parts.each(definitions, each -> Parts.filled(each, defaults));
  }

  static JsonArray filledMappings(JsonObject app, JsonArray mappings) {
    JsonObject defaults = new JsonObject().put("containerPort", 0);
    if (mode(app).equals(BRIDGE)) {
      defaults.put("hostPort", 0);
    }
    defaults.put("servicePort", 0).put("protocol", "tcp").put("labels", new JsonObject());
    return Parts.each(mappings, each -> Parts.filled(each, defaults));
  }
}
