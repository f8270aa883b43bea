package io.dockherd.apps.compose;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Dependency;
import io.dockherd.apps.model.Hook;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.compose.model.Hooks;
import io.dockherd.compose.model.Namespace;
import io.dockherd.compose.model.Project;
import io.dockherd.compose.model.Service;
import io.dockherd.compose.model.Storage;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes the containers of one pod. */
final class PodWriter {
  private static final String LABEL = "com.docker.compose.";

  private final Project project;
  private final Scope scope;
  private final Map<String, Service> services = new LinkedHashMap<>();
  private final List<Member> members;
  private final SharedNetworks shared;
  private final Things things;
  private final GrantedFiles files;
  private final PortsPart ports;
  private final Findings findings;

  /**
   * @param members the pod's containers to be, the primary first
   * @param offered see {@link PortsPart}
   */
  PodWriter(
      Project project,
      Scope scope,
      List<Member> members,
      GrantedFiles files,
      Optional<List<Integer>> offered,
      Findings findings) {
    this.project = project;
    this.scope = scope;
    this.members = List.copyOf(members);
    members.forEach(member -> services.put(member.service().name(), member.service()));
    this.shared = new SharedNetworks(services, findings);
    this.things = new Things(project, scope, findings);
    this.files = files;
    this.ports = new PortsPart(shared, offered, findings);
    this.findings = findings;
  }

  List<ContainerSpec> containers() {
    checkNames();
    List<ContainerSpec> containers = new ArrayList<>();
    Set<String> written = new HashSet<>();
    for (Member member : members) {
      if (!written.add(member.name())) {
        continue; // It has been refused.
      }
      containers.add(container(member));
    }
    publish();
    return containers;
  }

  /** In the order of the file, whoever comes first in the pod. */
  private void publish() {
    for (String name : project.services().keySet()) {
      for (Member member : copies(name)) {
        ports.add(member, network(services.get(shared.owner(name))).isOfHost());
      }
    }
  }

  /** What {@link #containers} publish; to be asked after it. */
  List<PortSpec> ports() {
    return ports.all();
  }

  private void checkNames() {
    Map<String, Member> byName = new LinkedHashMap<>();
    for (Member member : members) {
      Member other = byName.put(member.name(), member);
      if (other != null) {
        findings.refuse(
            "service "
                + member.service().name()
                + " and a copy of service "
                + other.service().name()
                + " have one name in their pod",
            "rename one of them");
      }
    }
    for (Service service : services.values()) {
      for (String joined : new PodGroups(services).joins(service)) {
        if (copies(joined).size() > 1) {
          findings.refuse(
              "service " + service.name() + " shares with " + joined + ", of which there are many",
              "let " + joined + " run once");
        }
      }
    }
  }

  private List<Member> copies(String service) {
    return members.stream().filter(member -> member.service().name().equals(service)).toList();
  }

  private NetworkPart network(Service owner) {
    return new NetworkPart(owner, shared.guests(owner.name()), things.networkNames(), findings);
  }

  private ContainerSpec container(Member member) {
    Service service = member.service();
    JsonObject document = document(member);
    return new ContainerSpec(
        member.name(),
        scope.container(
            project.name(),
            member.name(),
            member.number() == 1 ? service.containerName() : numbered(member)),
        document,
        PullPart.of(service, scope, findings),
        Map.of(),
        Map.of(LABEL + "container-number", number(member)),
        shares(service),
        volumesFrom(service),
        needs(service),
        Restarts.of(service, scope),
        files.of(service),
        hooks(service.hooks().postStart()),
        hooks(service.hooks().preStop()),
        service.process().stopGracePeriod().orElse(Duration.ofSeconds(10)));
  }

  private static Optional<String> numbered(Member member) {
    return member.service().containerName().map(name -> name + "-" + member.number());
  }

  /** Standard tools tell a service's containers apart by it. */
  private static String number(Member member) {
    return member.number() == 1 ? "{slot}" : "{slot}-" + member.number();
  }

  private JsonObject document(Member member) {
    Service service = member.service();
    Entries document = new Entries();
    Entries host = new Entries();
    ProcessPart.write(service, Placements.withoutWishes(service.process().environment()), document);
    HostPart.write(service, isMemoryShared(service), host, findings);
    ResourcePart.write(service, host, findings);
    MountPart.write(service, things.volumeNames(), host, findings);
    if (shared.isOwner(service.name())) {
      network(service).write(document, host);
    }
    if (!service.hooks().preStart().isEmpty()) {
      findings.refuse(
          "service " + service.name() + " has pre_start hooks, which are not run yet",
          "make it a service of its own that others depend on with"
              + " service_completed_successfully");
    }
    HostPart.checkLabels("service " + service.name(), service.labels(), findings);
    document.object("HostConfig", host.json());
    String digest = digest(document.json());
    return document.put("Labels", labels(service, digest)).json();
  }

  private JsonObject labels(Service service, String digest) {
    List<String> needs = new ArrayList<>();
    service
        .dependsOn()
        .forEach(
            (name, need) ->
                needs.add(name + ":" + word(need.condition()) + ":" + need.isRestartedWith()));
    return Entries.object(service.labels())
        .put(LABEL + "project", project.name())
        .put(LABEL + "service", service.name())
        .put(LABEL + "oneoff", "False")
        .put(LABEL + "config-hash", digest)
        .put(LABEL + "depends_on", String.join(",", needs));
  }

  private static String word(io.dockherd.compose.model.Dependency.Condition condition) {
    return switch (condition) {
      case STARTED -> "service_started";
      case HEALTHY -> "service_healthy";
      case COMPLETED -> "service_completed_successfully";
    };
  }

  private static String digest(JsonObject document) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(document.encode().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private ContainerSpec.Shares shares(Service service) {
    String owner = shared.owner(service.name());
    return new ContainerSpec.Shares(
        owner.equals(service.name()) ? "" : owner,
        joined(service.security().pid()),
        joined(service.security().ipc()));
  }

  private static String joined(Optional<Namespace> mode) {
    return mode.filter(Namespace.OfService.class::isInstance)
        .map(it -> ((Namespace.OfService) it).service())
        .orElse("");
  }

  private boolean isMemoryShared(Service service) {
    return services.values().stream()
        .anyMatch(other -> joined(other.security().ipc()).equals(service.name()));
  }

  private static Map<String, String> volumesFrom(Service service) {
    Map<String, String> from = new LinkedHashMap<>();
    for (Storage.VolumesFrom each : service.storage().volumesFrom()) {
      if (each.owner() instanceof Namespace.OfService(String name)) {
        from.put(name, each.isReadOnly() ? "ro" : "rw");
      }
    }
    return from;
  }

  /** Those in the same pod; of a service that runs several times, each. */
  private Map<String, Dependency> needs(Service service) {
    Map<String, Dependency> needs = new LinkedHashMap<>();
    service
        .dependsOn()
        .forEach(
            (name, need) -> copies(name).forEach(copy -> needs.put(copy.name(), Needs.of(need))));
    return needs;
  }

  private static List<Hook> hooks(List<Hooks.Hook> hooks) {
    return hooks.stream()
        .map(
            hook ->
                new Hook(
                    hook.command(),
                    hook.user().orElse(""),
                    hook.isPrivileged(),
                    hook.workingDirectory().orElse(""),
                    hook.environment()))
        .toList();
  }

  /** The networks and volumes of the pod. */
  Things things() {
    return things;
  }

  /** The services whose containers these are. */
  List<Service> services() {
    return List.copyOf(services.values());
  }

  /** Which container of the pod publishes that service's ports. */
  String publisher(String service) {
    return shared.owner(service);
  }
}
