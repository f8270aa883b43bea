package io.dockherd.apps.compose;

import io.dockherd.compose.model.Attachment;
import io.dockherd.compose.model.Networking;
import io.dockherd.compose.model.Port;
import io.dockherd.compose.model.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How a container that has a network of its own is reached, in an engine's words. */
final class NetworkPart {
  private static final String LOOPBACK = "127.0.0.1";

  private final Service service;
  private final List<Service> guests;
  private final Map<String, String> networks;
  private final Findings findings;

  /**
   * @param guests who share its network
   * @param networks key → the engine's name
   */
  NetworkPart(
      Service service, List<Service> guests, Map<String, String> networks, Findings findings) {
    this.service = service;
    this.guests = guests;
    this.networks = networks;
    this.findings = findings;
  }

  void write(Entries document, Entries host) {
    document
        .text("Hostname", one("hostname", each -> each.process().hostname()))
        .text("Domainname", one("domainname", each -> each.process().domainname()))
        .object("ExposedPorts", exposed());
    host.texts("Dns", all(Networking::dns))
        .texts("DnsSearch", all(Networking::dnsSearch))
        .texts("DnsOptions", all(Networking::dnsOptions))
        .texts("ExtraHosts", hosts());
    service.networking().mode().flatMap(HostPart::word).ifPresent(word -> mode(word, host));
    endpoints(document, host);
  }

  private static void mode(String word, Entries host) {
    host.put("NetworkMode", word);
  }

  /** The one value its guests and it agree on. */
  private Optional<String> one(String key, Function<Service, Optional<String>> reading) {
    Optional<String> value = reading.apply(service);
    String whose = service.name();
    for (Service guest : guests) {
      Optional<String> other = reading.apply(guest);
      if (value.isPresent() && other.isPresent() && !value.equals(other)) {
        findings.refuse(
            "services " + whose + " and " + guest.name() + " share a network and differ in " + key,
            "say it at " + service.name() + " alone");
      }
      if (value.isEmpty() && other.isPresent()) {
        value = other;
        whose = guest.name();
      }
    }
    return value;
  }

  private List<String> all(Function<Networking, List<String>> reading) {
    Set<String> values = new LinkedHashSet<>(reading.apply(service.networking()));
    guests.forEach(guest -> values.addAll(reading.apply(guest.networking())));
    return List.copyOf(values);
  }

  private JsonObject exposed() {
    JsonObject exposed = new JsonObject();
    for (String port : all(Networking::exposed)) {
      exposed.put(port.contains("/") ? port : port + "/tcp", new JsonObject());
    }
    if (isOfHost()) {
      // Nothing can be published there; but so the node knows which ports it takes.
      ports().forEach(port -> exposed.put(port.target() + "/" + port.protocol(), new JsonObject()));
    }
    return exposed;
  }

  /** Whether it has the host's own network. */
  boolean isOfHost() {
    return service.networking().mode().flatMap(HostPart::word).equals(Optional.of("host"));
  }

  private List<Port> ports() {
    List<Port> ports = new ArrayList<>(service.networking().ports());
    guests.forEach(guest -> ports.addAll(guest.networking().ports()));
    return ports;
  }

  /**
   * Names that mean a container in the same network are found at its own address. Each guest's name
   * is one of them, and whatever they or it link to each other by.
   */
  private List<String> hosts() {
    Set<String> lines = new LinkedHashSet<>();
    all(Networking::extraHosts).forEach(line -> lines.add(line.replaceFirst("=", ":")));
    guests.forEach(guest -> names(guest).forEach(name -> lines.add(name + ":" + LOOPBACK)));
    for (Service each : household()) {
      each.networking()
          .links()
          .forEach(
              (target, names) -> {
                if (isWithin(target)) {
                  names.forEach(name -> lines.add(name + ":" + LOOPBACK));
                }
              });
    }
    return List.copyOf(lines);
  }

  private List<Service> household() {
    List<Service> all = new ArrayList<>(List.of(service));
    all.addAll(guests);
    return all;
  }

  private boolean isWithin(String target) {
    return household().stream().anyMatch(each -> each.name().equals(target));
  }

  private static List<String> names(Service each) {
    List<String> names = new ArrayList<>(List.of(each.name()));
    each.containerName().ifPresent(names::add);
    return names;
  }

  private void endpoints(Entries document, Entries host) {
    if (service.networking().networks().isEmpty()) {
      return;
    }
    Map<String, Attachment> byPriority = new LinkedHashMap<>();
    service.networking().networks().entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<String, Attachment> entry) -> -entry.getValue().priority())
                .thenComparing(Map.Entry::getKey))
        .forEach(entry -> byPriority.put(networks.get(entry.getKey()), entry.getValue()));
    JsonObject endpoints = new JsonObject();
    byPriority.forEach((name, attachment) -> endpoints.put(name, endpoint(attachment)));
    host.put("NetworkMode", byPriority.keySet().iterator().next());
    document.put("NetworkingConfig", new JsonObject().put("EndpointsConfig", endpoints));
  }

  private JsonObject endpoint(Attachment attachment) {
    Set<String> aliases = new LinkedHashSet<>();
    household().forEach(each -> aliases.addAll(names(each)));
    aliases.addAll(attachment.aliases());
    Map<String, String> options = new LinkedHashMap<>(attachment.driverOptions());
    attachment
        .interfaceName()
        .ifPresent(name -> options.put("com.docker.network.endpoint.ifname", name));
    Entries endpoint =
        new Entries()
            .texts("Aliases", List.copyOf(aliases))
            .items("Links", links())
            .object(
                "IPAMConfig",
                new Entries()
                    .text("IPv4Address", attachment.ipv4Address())
                    .text("IPv6Address", attachment.ipv6Address())
                    .texts("LinkLocalIPs", attachment.linkLocalAddresses())
                    .json())
            .text("MacAddress", attachment.macAddress())
            .map("DriverOpts", options);
    if (attachment.gatewayPriority() != 0) {
      endpoint.put("GwPriority", attachment.gatewayPriority());
    }
    return endpoint.json();
  }

  /** Other names for what is elsewhere on the network: the network's own table of names has it. */
  private JsonArray links() {
    JsonArray links = new JsonArray();
    for (Service each : household()) {
      each.networking()
          .links()
          .forEach(
              (target, names) -> {
                if (!isWithin(target)) {
                  names.stream()
                      .filter(name -> !name.equals(target))
                      .forEach(name -> links.add(target + ":" + name));
                }
              });
    }
    return links;
  }
}
