package io.dockherd.apps.compose;

import io.dockherd.apps.model.PortSpec;
import io.dockherd.compose.model.Port;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ports a pod publishes on its host, in the order of the services and of their lists: as the
 * file says, or by one offered after the other where the host decides.
 */
final class PortsPart {
  private final SharedNetworks networks;
  private final Optional<List<Integer>> offered;
  private final Findings findings;
  private final List<PortSpec> ports = new ArrayList<>();
  private int wanted;

  /**
   * @param offered the host's ports to publish at, in the place of those the file says
   */
  PortsPart(SharedNetworks networks, Optional<List<Integer>> offered, Findings findings) {
    this.networks = networks;
    this.offered = offered;
    this.findings = findings;
  }

  void add(Member member, boolean isOfHost) {
    for (Port port : member.service().networking().ports()) {
      if (isOfHost) {
        findings.warn(
            "host ports " + member.service().name(),
            "service "
                + member.service().name()
                + " is in its host's network, where nothing is published: what it listens on is"
                + " reached as it is");
      } else {
        publish(member, port).ifPresent(ports::add);
      }
    }
  }

  private Optional<PortSpec> publish(Member member, Port port) {
    String owner = networks.owner(member.service().name());
    String container = owner.equals(member.service().name()) ? member.name() : owner;
    JsonObject labels = new JsonObject();
    port.appProtocol().ifPresent(protocol -> labels.put("app_protocol", protocol));
    if (port.isOnHostOnly()) {
      labels.put("mode", "host");
    }
    if (offered.isPresent()) {
      int index = wanted++;
      int host = index < offered.get().size() ? offered.get().get(index) : 0;
      return Optional.of(spec(port, container, "", host, labels));
    }
    String published = port.published().orElse("0");
    if (published.contains("-")) {
      findings.refuse(
          "service "
              + member.service().name()
              + " wants any port from "
              + published
              + " for its port "
              + port.target(),
          "name one, or leave it to the node by naming none");
      return Optional.empty();
    }
    return Optional.of(
        spec(port, container, port.hostIp().orElse(""), Integer.parseInt(published), labels));
  }

  private static PortSpec spec(
      Port port, String container, String ip, int host, JsonObject labels) {
    return new PortSpec(
        port.name().orElse(""), container, port.target(), port.protocol(), ip, host, 0, labels);
  }

  List<PortSpec> all() {
    if (offered.isPresent() && wanted > offered.get().size()) {
      findings.refuse(
          "Insufficient number of ports allocated: the files publish "
              + wanted
              + " and "
              + offered.get().size()
              + " are offered",
          "let the app ask for as many ports as its files publish");
    }
    return List.copyOf(ports);
  }
}
