package io.dockherd.apps.compose;

import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppConfig.KillSelection;
import io.dockherd.apps.model.AppConfig.Kind;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.apps.model.Dependency;
import io.dockherd.apps.model.HealthCheck;
import io.dockherd.apps.model.NamedVolume;
import io.dockherd.apps.model.OnSplit;
import io.dockherd.apps.model.Origin;
import io.dockherd.apps.model.PodSource;
import io.dockherd.apps.model.PodSpec;
import io.dockherd.apps.model.PodSpec.FailurePolicy;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.compose.model.Deployment;
import io.dockherd.compose.model.HerdWishes;
import io.dockherd.compose.model.Project;
import io.dockherd.compose.model.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes one app of a project: the pod of some of its services, or of all. */
final class AppWriter {
  private final Project project;
  private final Scope scope;
  private final PodGroups groups;
  private final List<Service> services;
  private final PodWriter pod;
  private final Findings findings;

  /**
   * @param services those of the pod, the primary first
   */
  AppWriter(
      Project project,
      Scope scope,
      PodGroups groups,
      List<Service> services,
      PodWriter pod,
      Findings findings) {
    this.project = project;
    this.scope = scope;
    this.groups = groups;
    this.services = services;
    this.pod = pod;
    this.findings = findings;
  }

  Wanted write(AppPath path, OptionalInt instances) {
    List<ContainerSpec> containers = pod.containers();
    List<PortSpec> ports = pod.ports();
    List<NamedVolume> volumes = pod.things().volumes(services);
    PodSpec spec =
        new PodSpec(
            new PodSource.Written(containers),
            ports,
            pod.things().networks(services),
            volumes,
            List.of(),
            failure(),
            ResourcePart.sum(
                containers.stream().map(container -> new Member(service(container), 1)).toList()));
    new Contradictions(project, scope, groups, services, findings).check(instances);
    return new Wanted(path, config(spec), instances);
  }

  private Service service(ContainerSpec container) {
    String name =
        container.document().getJsonObject("Labels").getString("com.docker.compose.service");
    return project.services().get(name);
  }

  private AppConfig config(PodSpec spec) {
    Service first = services.getFirst();
    HerdWishes own = scope.isPod() ? project.wishes() : first.wishes();
    HerdWishes common = project.wishes();
    return new AppConfig(
        services.stream().allMatch(it -> Restarts.isJob(it, project.services()))
            ? Kind.JOB
            : Kind.SERVICE,
        services.stream().anyMatch(Contradictions::isGlobal),
        spec,
        placements().rules(),
        checks(spec.ports()),
        Updates.policy(update(), own.update(), common.update(), isStuck(spec), whose(), findings),
        Updates.backoff(own, common, whose(), findings),
        own.drain().or(common::drain).orElse(Duration.ZERO),
        own.onSplit()
            .or(common::onSplit)
            .map(word -> OnSplit.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(spec.volumes().isEmpty() ? OnSplit.AVAILABLE : OnSplit.STAY),
        dependencies(),
        own.killSelection()
            .or(common::killSelection)
            .map(word -> KillSelection.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')))
            .orElse(KillSelection.YOUNGEST_FIRST),
        labels(),
        origin());
  }

  private String whose() {
    return scope.isPod() ? "the pod" : "service " + services.getFirst().name();
  }

  private FailurePolicy failure() {
    return project
        .wishes()
        .failure()
        .map(word -> FailurePolicy.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(FailurePolicy.ANY);
  }

  /** Where old and new can't be on one node, and one node is all there may be. */
  private boolean isStuck(PodSpec spec) {
    boolean isNamed =
        scope == Scope.PROJECT
            && services.stream().anyMatch(service -> service.containerName().isPresent());
    return isNamed
        || !spec.volumes().isEmpty()
        || spec.ports().stream().anyMatch(port -> port.hostPort() > 0);
  }

  private Placements placements() {
    Placements placements = new Placements(findings);
    services.forEach(placements::add);
    if (!scope.isPod()) {
      services.forEach(service -> placements.add("service " + service.name(), service.wishes()));
    }
    placements.add("x-dockherd", project.wishes());
    return placements;
  }

  private List<HealthCheck> checks(List<PortSpec> ports) {
    Checks checks = new Checks(ports, findings);
    List<HealthCheck> all = new ArrayList<>();
    for (Service service : services) {
      String container = service.name();
      all.addAll(
          checks.of(
              "service " + service.name(),
              container,
              pod.publisher(container),
              service.wishes().checks()));
    }
    if (scope.isPod()) {
      all.addAll(checks.of("the pod", "", "", project.wishes().checks()));
    }
    return all;
  }

  /** The one all agree on. */
  private Optional<Deployment.Rollout> update() {
    Optional<Deployment.Rollout> found = Optional.empty();
    String whose = "";
    for (Service service : services) {
      Optional<Deployment.Rollout> said = service.deployment().update();
      if (said.isPresent() && found.isPresent() && !said.equals(found)) {
        differ(whose, service.name());
      }
      if (said.isPresent() && found.isEmpty()) {
        found = said;
        whose = service.name();
      }
    }
    return found;
  }

  /**
   * A whole file was not written to be one; what it says of single services is not meant of all.
   */
  private void differ(String first, String other) {
    String what =
        "services " + first + " and " + other + " are one pod and differ in deploy.update_config";
    if (scope.isPod()) {
      findings.warn("update_config", what + ": that of " + first + " counts");
    } else {
      findings.refuse(what, "make them equal, or remove one");
    }
  }

  /** Apps of other pods that have to be there first. */
  private Map<String, Dependency> dependencies() {
    Map<String, Dependency> needs = new LinkedHashMap<>();
    for (Service service : services) {
      service
          .dependsOn()
          .forEach(
              (name, need) -> {
                boolean isElsewhere = services.stream().noneMatch(it -> it.name().equals(name));
                if (isElsewhere) {
                  needs.merge(
                      ComposeApps.path(project, groups.leader(name)).value(),
                      Needs.of(need),
                      AppWriter::stronger);
                }
              });
    }
    return needs;
  }

  private static Dependency stronger(Dependency one, Dependency other) {
    return new Dependency(
        one.condition().compareTo(other.condition()) >= 0 ? one.condition() : other.condition(),
        one.isRestartedWith() || other.isRestartedWith(),
        one.isRequired() || other.isRequired());
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    services.forEach(service -> labels.putAll(service.deployment().labels()));
    return labels;
  }

  private Origin origin() {
    return new Origin(
        "compose",
        new JsonObject()
            .put("project", project.name())
            .put("services", new JsonArray(services.stream().map(Service::name).toList())));
  }
}
