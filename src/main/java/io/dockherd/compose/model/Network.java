package io.dockherd.compose.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network of a project.
 *
 * <pre>
 * name: shop_back
 * driver: overlay
 * driver_opts: {a: b}
 * attachable: true
 * internal: true
 * enable_ipv4: true
 * enable_ipv6: true
 * ipam: {driver: default, config: [{subnet: 10.0.0.0/24, ip_range: 10.0.0.0/28,
 *        gateway: 10.0.0.1, aux_addresses: {a: 10.0.0.9}}], options: {a: b}}
 * labels: {a: b}
 * external: true
 * </pre>
 */
public record Network(
    String name,
    Optional<String> driver,
    Map<String, String> driverOptions,
    boolean isAttachable,
    boolean isInternal,
    Optional<Boolean> ipv4,
    Optional<Boolean> ipv6,
    Ipam ipam,
    Map<String, String> labels,
    boolean isExternal) {
  public Network {
    driverOptions = Copies.of(driverOptions);
    labels = Copies.of(labels);
  }

  /** Where its addresses come from. */
  public record Ipam(Optional<String> driver, List<Subnet> subnets, Map<String, String> options) {
    public Ipam {
      subnets = List.copyOf(subnets);
      options = Copies.of(options);
    }
  }

  /** A part of its addresses. */
  public record Subnet(
      Optional<String> subnet,
      Optional<String> range,
      Optional<String> gateway,
      Map<String, String> taken) {
    public Subnet {
      taken = Copies.of(taken);
    }
  }
}
