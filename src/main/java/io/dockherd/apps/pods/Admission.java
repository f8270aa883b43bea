package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.apps.model.Revision;
import io.dockherd.failure.Refused;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Hold;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.requests.CreateRequest;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.Electorate;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.Needs;
import io.dockherd.scheduling.PortClaim;
import io.dockherd.scheduling.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether this node takes an instance on: the last word after the steward's plan, by what its
 * engine and its machine have at this moment.
 */
final class Admission {
  private final Fleet fleet;
  private final Members members;
  private final HostPorts.PortCheck machine;

  Admission(Fleet fleet, Members members, HostPorts.PortCheck machine) {
    this.fleet = fleet;
    this.members = members;
    this.machine = machine;
  }

  /**
   * The sender looks after the app, as this node sees it too.
   *
   * @throws Refused when another does
   */
  void requireSteward(InstanceKey key, String from) {
    String self = members.self().name();
    String steward =
        Electorate.of(members.nodes())
            .steward("apps" + key.path())
            .map(Electorate.Voter::name)
            .orElse("");
    if (!steward.equals(from)) {
      throw new Refused(
          self,
          "node %s does not look after %s: as %s sees it, %s does"
              .formatted(from, key.path(), self, steward),
          "");
    }
  }

  /**
   * Takes up the room for it.
   *
   * @throws Refused when it can't be here, with the reason
   */
  Hold admit(InstanceKey key, Revision revision) {
    PodSpec pod = revision.config().pod();
    LateValues late = new LateValues(key.path(), key.id(), "", "", "", "", zeroPorts(pod));
    List<String> names =
        pod.source().known().stream()
            .map(container -> late.fill(container.containerName()))
            .toList();
    names.forEach(this::requireFree);
    pod.ports().stream().filter(port -> port.hostPort() > 0).forEach(this::requireFree);
    Tenant newcomer = new Tenant("", names, Map.of(), needs(pod), false);
    return fleet.hold(
        new Demand("an instance of " + key.path(), 0, newcomer, List.of(), List.of(), Set.of()));
  }

  /** They are not chosen yet, and no name is made of them. */
  private static List<Integer> zeroPorts(PodSpec pod) {
    return pod.ports().stream().map(PortSpec::hostPort).toList();
  }

  /** In the whole herd: a name is one container's. */
  private void requireFree(String name) {
    for (Host host : fleet.hosts()) {
      boolean isTaken =
          fleet.known(host.node()).stream().anyMatch(container -> container.names().contains(name));
      if (isTaken) {
        throw new Refused(
            members.self().name(),
            "the name " + name + " is taken by a container on " + host.node(),
            "");
      }
    }
  }

  private void requireFree(PortSpec port) {
    if (!machine.isFree(port.hostIp(), port.hostPort(), port.protocol())) {
      throw new Refused(
          members.self().name(),
          "port %d/%s of %s is taken"
              .formatted(port.hostPort(), port.protocol(), members.self().name()),
          "");
    }
  }

  /** What it says it takes; else what its containers say. */
  private static Needs needs(PodSpec pod) {
    List<Needs> containers =
        pod.source().known().stream()
            .map(ContainerSpec::document)
            .map(document -> CreateRequest.newcomer("", document).needs())
            .toList();
    PodSpec.Resources said = pod.resources();
    List<PortClaim> ports = new ArrayList<>();
    pod.ports().stream()
        .filter(port -> port.hostPort() > 0)
        .forEach(
            port ->
                ports.add(PortClaim.published(port.hostIp(), port.hostPort(), port.protocol())));
    return new Needs(
        said.memoryBytes() > 0
            ? said.memoryBytes()
            : containers.stream().mapToLong(Needs::memoryBytes).sum(),
        said.nanoCpus() > 0
            ? said.nanoCpus()
            : containers.stream().mapToLong(Needs::nanoCpus).sum(),
        ports);
  }
}
