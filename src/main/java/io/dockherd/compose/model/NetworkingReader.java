package io.dockherd.compose.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads how a canonical service is reached. */
final class NetworkingReader {
  private NetworkingReader() {}

  static Networking read(Fields service, Neighbours neighbours) {
    return new Networking(
        service.each("networks", (name, fields, value) -> attachment(fields)),
        service.text("network_mode").map(neighbours::namespace),
        service.items("ports", NetworkingReader::port),
        service.texts("expose"),
        links(service.texts("links")),
        service.texts("dns"),
        service.texts("dns_search"),
        service.texts("dns_opt"),
        service.texts("extra_hosts"));
  }

  private static Attachment attachment(Fields network) {
    return new Attachment(
        network.texts("aliases"),
        network.text("ipv4_address"),
        network.text("ipv6_address"),
        network.texts("link_local_ips"),
        network.text("mac_address"),
        network.integer("priority").orElse(0),
        network.integer("gw_priority").orElse(0),
        network.named("driver_opts"),
        network.text("interface_name"));
  }

  private static Port port(Fields port) {
    return new Port(
        port.integer("target").orElseThrow(),
        port.text("published"),
        port.text("host_ip"),
        port.need("protocol"),
        port.need("mode").equals("host"),
        port.text("name"),
        port.text("app_protocol"));
  }

  /** {@code svc[:alias]}; a service may be linked by several names. */
  private static Map<String, List<String>> links(List<String> written) {
    Map<String, List<String>> links = new LinkedHashMap<>();
    for (String link : written) {
      int colon = link.indexOf(':');
      String service = colon < 0 ? link : link.substring(0, colon);
      links
          .computeIfAbsent(service, name -> new ArrayList<>())
          .add(colon < 0 ? link : link.substring(colon + 1));
    }
    links.replaceAll((service, names) -> List.copyOf(names));
    return links;
  }
}
