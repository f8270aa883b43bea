package io.dockherd.doors.marathon.translation;

import io.dockherd.apps.model.HealthCheck;
import io.dockherd.apps.model.HealthCheck.Probe;
import io.dockherd.doors.marathon.definition.Parts;
import io.dockherd.doors.marathon.definition.PortList;
import io.dockherd.doors.marathon.definition.PublishedPorts;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Health checks. Whether Marathon or Mesos would make one is no difference here: the node that runs
 * the instance makes them all.
 */
final class Checks {
  private final JsonObject app;
  private final Ports ports;

  private Checks(JsonObject app, Ports ports) {
    this.app = app;
    this.ports = ports;
  }

  static List<HealthCheck> of(JsonObject app, Ports ports) {
    Checks checks = new Checks(app, ports);
    return Parts.objects(app, "healthChecks").stream().map(checks::check).toList();
  }

  private HealthCheck check(JsonObject check) {
    return new HealthCheck(
        probe(check),
        Amounts.seconds(check.getDouble("gracePeriodSeconds")),
        Amounts.seconds(check.getDouble("intervalSeconds")),
        Amounts.seconds(check.getDouble("timeoutSeconds")),
        check.getInteger("maxConsecutiveFailures"));
  }

  private Probe probe(JsonObject check) {
    String protocol = check.getString("protocol").replace("MESOS_", "");
    if (protocol.equals("COMMAND")) {
      String command = check.getJsonObject("command").getString("value");
      return new Probe.Command("", List.of("/bin/sh", "-c", command));
    }
    OptionalInt entry = entry(check);
    int index = entry.isPresent() ? ports.entries().get(entry.getAsInt()).index() : -1;
    int port = entry.isPresent() ? 0 : check.getInteger("port");
    return protocol.equals("TCP")
        ? new Probe.Tcp(index, port)
        : new Probe.Http(
            protocol.toLowerCase(Locale.ROOT),
            check.getString("path"),
            index,
            port,
            check.getBoolean("ignoreHttp1xx"));
  }

  /** Which of the app's ports; empty for a number on the host. */
  private OptionalInt entry(JsonObject check) {
    if (check.containsKey("portIndex")) {
      return OptionalInt.of(check.getInteger("portIndex"));
    }
    boolean isWithin = check.getString("protocol").startsWith("MESOS_") && !PortList.isOnHost(app);
    return isWithin
        ? PublishedPorts.ofContainer(app, check.getInteger("port"))
        : OptionalInt.empty();
  }
}
