package io.dockherd.apps.pods;

import static io.dockherd.apps.pods.JsonPart.addEach;
import static io.dockherd.apps.pods.JsonPart.listWithin;
import static io.dockherd.apps.pods.JsonPart.within;
import static io.dockherd.fleet.requests.Fields.array;
import static io.dockherd.fleet.requests.Fields.object;
import static io.dockherd.fleet.requests.Fields.text;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The documents of a pod's containers where some are in another's network. An engine refuses a
 * container that joins a network and says anything of one itself: host name, DNS, extra hosts,
 * links, ports. So that is said of the one that owns the network, for all of them; the others'
 * names lead to it.
 */
final class CommonNetwork {
  private static final List<String> RESOLVING = List.of("Dns", "DnsOptions", "DnsSearch");
  private static final List<String> NAMING = List.of("Hostname", "Domainname");
  private static final Set<String> OPEN = Set.of("host", "none");

  private CommonNetwork() {}

  /**
   * Each container's document, as the engine takes it.
   *
   * @throws Invalid when two in one network want it otherwise, naming both
   */
  static Map<String, JsonObject> documents(PodLayout layout) {
    Map<String, JsonObject> documents = new LinkedHashMap<>();
    layout
        .order()
        .forEach(container -> documents.put(container.name(), container.document().copy()));
    for (ContainerSpec owner : layout.order()) {
      List<ContainerSpec> together = layout.inNetworkOf(owner.name());
      if (together.size() > 1) {
        JsonObject common = documents.get(owner.name());
        together.stream()
            .filter(joiner -> !joiner.name().equals(owner.name()))
            .forEach(joiner -> move(joiner, documents.get(joiner.name()), owner, common));
        nameEach(together, owner, common);
      }
    }
    return documents;
  }

  private static void move(
      ContainerSpec joiner, JsonObject from, ContainerSpec owner, JsonObject to) {
    for (String name : NAMING) {
      moveName(name, joiner, from, owner, to);
    }
    JsonObject exposed = object(from, "ExposedPorts");
    if (!exposed.isEmpty()) {
      within(to, "ExposedPorts").mergeIn(exposed);
    }
    from.remove("ExposedPorts");
    from.remove("MacAddress");
    moveHost(within(from, "HostConfig"), within(to, "HostConfig"));
    moveEndpoints(from, to);
  }

  private static void moveName(
      String what, ContainerSpec joiner, JsonObject from, ContainerSpec owner, JsonObject to) {
    String wanted = text(from, what);
    String given = text(to, what);
    if (!wanted.isEmpty() && !given.isEmpty() && !wanted.equals(given)) {
      throw new Invalid(
          joiner.name(),
          "containers %s and %s are in one network and want two host names: %s and %s"
              .formatted(owner.name(), joiner.name(), given, wanted),
          "give the name to " + owner.name() + " alone");
    }
    if (!wanted.isEmpty()) {
      to.put(what, wanted);
    }
    from.remove(what);
  }

  private static void moveHost(JsonObject from, JsonObject to) {
    for (String list : RESOLVING) {
      if (!array(from, list).isEmpty()) {
        addEach(listWithin(to, list), array(from, list));
      }
      from.remove(list);
    }
    if (!array(from, "ExtraHosts").isEmpty()) {
      addEach(listWithin(to, "ExtraHosts"), array(from, "ExtraHosts"));
    }
    for (Object link : array(from, "Links")) {
      String alias = String.valueOf(link).replaceFirst("^.*:", "");
      addHost(to, alias);
    }
    List.of("ExtraHosts", "Links", "PortBindings", "PublishAllPorts", "NetworkMode")
        .forEach(from::remove);
  }

  /** The owner answers to their names on the networks, and is on those only they name. */
  private static void moveEndpoints(JsonObject from, JsonObject to) {
    JsonObject endpoints = object(object(from, "NetworkingConfig"), "EndpointsConfig");
    from.remove("NetworkingConfig");
    if (endpoints.isEmpty() || OPEN.contains(text(object(to, "HostConfig"), "NetworkMode"))) {
      return;
    }
    JsonObject common = within(within(to, "NetworkingConfig"), "EndpointsConfig");
    for (String network : endpoints.fieldNames()) {
      JsonObject endpoint = within(common, network);
      addEach(listWithin(endpoint, "Aliases"), array(object(endpoints, network), "Aliases"));
    }
  }

  /** Within, each is found under its name. In the host's own network nobody has names to give. */
  private static void nameEach(
      List<ContainerSpec> together, ContainerSpec owner, JsonObject common) {
    JsonObject host = within(common, "HostConfig");
    if (text(host, "NetworkMode").equals("host")) {
      return;
    }
    for (ContainerSpec each : together) {
      // An engine finds a container's own host name itself.
      if (!each.name().equals(owner.name()) || !text(common, "Hostname").equals(each.name())) {
        addHost(host, each.name());
      }
    }
  }

  private static void addHost(JsonObject host, String name) {
    boolean isGiven =
        array(host, "ExtraHosts").stream()
            .anyMatch(entry -> String.valueOf(entry).startsWith(name + ":"));
    if (!isGiven) {
      listWithin(host, "ExtraHosts").add(name + ":127.0.0.1");
    }
  }
}
