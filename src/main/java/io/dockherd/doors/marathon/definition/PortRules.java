package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What ports may be. */
final class PortRules {
  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "udp,tcp", "tcp,udp");
  private static final Set<String> MODES =
      Set.of("host", PortList.BRIDGE, PortList.NAMED, PortList.NONE);

  private final JsonObject app;
  private final Violations wrong;

  PortRules(JsonObject app, Violations wrong) {
    this.app = app;
    this.wrong = wrong;
  }

  void check() {
    networks();
    boolean isOnHost = PortList.isOnHost(app);
    List<JsonObject> ports = PortList.of(app);
    String all = isOnHost ? "/portDefinitions" : "/container/portMappings";
    wrong.require(
        isUnique(ports.stream().flatMap(port -> Stream.ofNullable(port.getString("name")))),
        all,
        "Port names must be unique.");
    String field = PortList.serviceField(app);
    wrong.require(
        isUnique(ports.stream().map(port -> port.getInteger(field, 0)).filter(port -> port != 0)),
        all,
        "Ports must be unique.");
    for (int i = 0; i < ports.size(); i++) {
      port(ports.get(i), PortList.path(app, i));
    }
    if (isOnHost) {
      wrong.require(
          Parts.objects(Parts.object(app, "container"), "portMappings").isEmpty(),
          "/",
          "portMappings are not allowed with host-networking");
    } else {
      wrong.require(
          Parts.objects(app, "portDefinitions").isEmpty(),
          "/",
          "portDefinitions are only allowed with host-networking");
      wrong.require(
          !PortList.mode(app).equals(PortList.NONE) || ports.isEmpty(),
          "/container/portMappings",
          "an app without a network has no ports");
    }
  }

  private void networks() {
    List<JsonObject> networks = Parts.objects(app, "networks");
    wrong.require(
        networks.size() <= 1,
        "/",
        "may only specify a single container network when using the Docker container engine");
    for (int i = 0; i < networks.size(); i++) {
      String mode = networks.get(i).getString("mode", PortList.NAMED);
      String path = "/networks(" + i + ")";
      wrong.require(
          MODES.contains(mode), path + "/mode", "has to be host, container or container/bridge");
      boolean isNamed = !networks.get(i).getString("name", "").isBlank();
      wrong.require(
          isNamed == mode.equals(PortList.NAMED),
          path + "/name",
          isNamed
              ? "a network of mode '" + mode + "' has no name"
              : "a network of mode 'container' needs the name of a network");
    }
  }

  private void port(JsonObject port, String path) {
    for (String field : List.of("port", "containerPort", "hostPort", "servicePort")) {
      int number = port.getInteger(field, 0);
      wrong.require(
          number >= 0 && number <= 65535,
          path + "/" + field,
          "got " + number + ", expected between 0 and 65535");
    }
    String protocol = port.getString("protocol");
    wrong.require(
        PROTOCOLS.contains(protocol), path + "/protocol", "has to be tcp, udp or udp,tcp");
    boolean isOfTwo = protocol.contains(",");
    boolean isChosenLater =
        PortList.mode(app).equals(PortList.BRIDGE) && port.getInteger("hostPort", 0) == 0;
    wrong.require(
        !isOfTwo || !isChosenLater,
        path + "/protocol",
        "one port for both protocols has to be given as hostPort: two that are chosen would"
            + " differ");
  }

  private static boolean isUnique(Stream<?> all) {
    List<?> list = all.toList();
    return list.stream().distinct().count() == list.size();
  }
}
