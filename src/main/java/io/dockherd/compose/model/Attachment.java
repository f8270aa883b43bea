package io.dockherd.compose.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a service is in one network.
 *
 * <pre>
 * aliases: [www]
 * ipv4_address: 10.1.0.5
 * ipv6_address: 2001:db8::5
 * link_local_ips: [169.254.8.8]
 * mac_address: 02:42:ac:11:65:43
 * priority: 10                      # the greatest is connected first
 * gw_priority: 1                    # the greatest is the way out
 * driver_opts: {a: b}
 * interface_name: eth9
 * </pre>
 */
public record Attachment(
    List<String> aliases,
    Optional<String> ipv4Address,
    Optional<String> ipv6Address,
    List<String> linkLocalAddresses,
    Optional<String> macAddress,
    int priority,
    int gatewayPriority,
    Map<String, String> driverOptions,
    Optional<String> interfaceName) {
  public Attachment {
    aliases = List.copyOf(aliases);
    linkLocalAddresses = List.copyOf(linkLocalAddresses);
    driverOptions = Copies.of(driverOptions);
  }
}
