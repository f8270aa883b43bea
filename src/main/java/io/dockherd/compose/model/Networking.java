package io.dockherd.compose.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a container is reached and what it reaches.
 *
 * <pre>
 * networks: {default: null}         # network → how it is in it
 * network_mode: service:web         # instead of networks
 * ports: [{target: 80, published: "8080"}]
 * expose: ["9000"]
 * links: ["db:database"]
 * dns: [1.1.1.1]
 * dns_search: [example.org]
 * dns_opt: [ndots:1]
 * extra_hosts: [db=10.0.0.1]
 * </pre>
 *
 * @param links service → the names it is also known by
 */
public record Networking(
    Map<String, Attachment> networks,
    Optional<Namespace> mode,
    List<Port> ports,
    List<String> exposed,
    Map<String, List<String>> links,
    List<String> dns,
    List<String> dnsSearch,
    List<String> dnsOptions,
    List<String> extraHosts) {
  public Networking {
    networks = Copies.of(networks);
    ports = List.copyOf(ports);
    exposed = List.copyOf(exposed);
    links = Copies.of(links);
    dns = List.copyOf(dns);
    dnsSearch = List.copyOf(dnsSearch);
    dnsOptions = List.copyOf(dnsOptions);
    extraHosts = List.copyOf(extraHosts);
  }
}
