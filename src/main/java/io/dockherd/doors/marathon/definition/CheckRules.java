package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** What health checks may be. */
final class CheckRules {
  private static final Set<String> PROTOCOLS =
      Set.of("HTTP", "HTTPS", "TCP", "COMMAND", "MESOS_HTTP", "MESOS_HTTPS", "MESOS_TCP");

  /** In seconds. */
  private static final double SHORTEST = 0.001;

  private final JsonObject app;
  private final Violations wrong;

  CheckRules(JsonObject app, Violations wrong) {
    this.app = app;
    this.wrong = wrong;
  }

  void check() {
    List<JsonObject> checks = Parts.objects(app, "healthChecks");
    for (int i = 0; i < checks.size(); i++) {
      check(checks.get(i), "/healthChecks(" + i + ")");
    }
  }

  private void check(JsonObject check, String path) {
    String protocol = check.getString("protocol");
    wrong.require(
        PROTOCOLS.contains(protocol),
        path + "/protocol",
        "'" + protocol + "' is no protocol of health checks");
    boolean isCommand = protocol.equals("COMMAND");
    String command = Parts.object(check, "command").getString("value", "");
    wrong.require(
        isCommand != command.isBlank(),
        path + "/command",
        isCommand ? "a COMMAND check needs command.value" : "only COMMAND checks have a command");
    if (!isCommand) {
      port(check, path);
    }
    String pathOf = check.getString("path", "/");
    wrong.require(
        pathOf.startsWith("/") && pathOf.chars().noneMatch(c -> c <= ' ' || c == 127),
        path + "/path",
        "has to begin with '/' and to have no blanks");
    wrong.require(
        check.getDouble("intervalSeconds") >= SHORTEST
            && check.getDouble("timeoutSeconds") >= SHORTEST,
        path,
        "intervalSeconds and timeoutSeconds have to be a millisecond at least");
    wrong.require(
        check.getDouble("gracePeriodSeconds") >= 0
            && check.getDouble("delaySeconds") >= 0
            && check.getInteger("maxConsecutiveFailures") >= 0,
        path,
        "seconds and failures must not be negative");
    wrong.require(
        check.getString("ipProtocol", "IPv4").equals("IPv4"),
        path + "/ipProtocol",
        "checks are made over IPv4");
  }

  private void port(JsonObject check, String path) {
    List<JsonObject> ports = PortList.of(app);
    if (check.containsKey("portIndex")) {
      int index = check.getInteger("portIndex");
      wrong.require(
          index >= 0 && index < ports.size(),
          path,
          "Health check port indices must address an element of the ports array or container port"
              + " mappings.");
      wrong.require(
          !check.containsKey("port"), path, "has both port and portIndex: keep one of them");
      wrong.require(
          index < 0 || index >= ports.size() || PublishedPorts.isPublished(app, ports.get(index)),
          path,
          "a port that is not published can't be checked from outside: give it a hostPort, or use"
              + " a COMMAND check");
      return;
    }
    int port = check.getInteger("port");
    wrong.require(
        port > 0 && port <= 65535,
        path + "/port",
        "got " + port + ", expected between 1 and 65535");
    boolean isWithin = check.getString("protocol").startsWith("MESOS_") && !PortList.isOnHost(app);
    wrong.require(
        !isWithin || PublishedPorts.ofContainer(app, port).isPresent(),
        path + "/port",
        "no port mapping publishes port " + port + " of the container");
  }
}
