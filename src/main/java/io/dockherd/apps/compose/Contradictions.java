package io.dockherd.apps.compose;

import io.dockherd.compose.model.Deployment;
import io.dockherd.compose.model.Deployment.Mode;
import io.dockherd.compose.model.Project;
import io.dockherd.compose.model.Service;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What the services of one pod say and can't have together. */
final class Contradictions {
  private final Project project;
  private final Scope scope;
  private final PodGroups groups;
  private final List<Service> services;
  private final Findings findings;

  Contradictions(
      Project project, Scope scope, PodGroups groups, List<Service> services, Findings findings) {
    this.project = project;
    this.scope = scope;
    this.groups = groups;
    this.services = services;
    this.findings = findings;
  }

  /**
   * Finds them.
   *
   * @param instances how many pods there are to be
   */
  void check(OptionalInt instances) {
    everywhere();
    for (Service service : services) {
      copies(service, instances);
      withoutEffect(service);
      service.dependsOn().forEach((name, need) -> completion(service, name, need));
    }
  }

  private void everywhere() {
    Optional<Service> global = services.stream().filter(Contradictions::isGlobal).findFirst();
    if (global.isEmpty()) {
      return;
    }
    String name = global.get().name();
    if (scope.isPod()) {
      findings.refuse(
          "service " + name + " runs on every node, which no service of a pod can",
          "run the file without --pod");
      return;
    }
    for (Service service : services) {
      if (!isGlobal(service)) {
        findings.refuse(
            "services "
                + service.name()
                + " and "
                + name
                + " share a pod, and only "
                + name
                + " runs on every node",
            "give both the same deploy.mode");
      }
    }
  }

  /** Whether it runs once on every node. */
  static boolean isGlobal(Service service) {
    Mode mode = service.deployment().mode();
    return mode == Mode.GLOBAL || mode == Mode.GLOBAL_JOB;
  }

  private void copies(Service service, OptionalInt instances) {
    boolean isNamed = scope == Scope.PROJECT && service.containerName().isPresent();
    if (isNamed && (instances.orElse(1) > 1 || isGlobal(service))) {
      refuseName(service, "runs several times", "leave container_name out");
    }
    boolean isNewFirst =
        Stream.of(
                service.deployment().update().flatMap(Deployment.Rollout::order),
                service.wishes().update().order())
            .flatMap(Optional::stream)
            .anyMatch("start-first"::equals);
    if (isNamed && isNewFirst) {
      refuseName(service, "is updated start-first", "leave one of the two out");
    }
  }

  private void refuseName(Service service, String why, String remedy) {
    findings.refuse(
        "service "
            + service.name()
            + " "
            + why
            + ", and its container_name "
            + service.containerName().orElseThrow()
            + " can only be one's",
        remedy);
  }

  private void withoutEffect(Service service) {
    Deployment deployment = service.deployment();
    if (deployment.rollback().isPresent() && !deployment.rollback().equals(deployment.update())) {
      findings.warn(
          "rollback_config",
          "service "
              + service.name()
              + ": a rollback is rolled out as an update is; rollback_config has no effect");
    }
    if (deployment.endpointMode().isPresent()) {
      findings.warn(
          "endpoint_mode",
          "service "
              + service.name()
              + ": there are no virtual addresses; endpoint_mode has no effect");
    }
  }

  private void completion(Service service, String name, io.dockherd.compose.model.Dependency need) {
    boolean isCompleted =
        need.condition() == io.dockherd.compose.model.Dependency.Condition.COMPLETED;
    Service other = project.services().get(name);
    if (!isCompleted || other == null) {
      return;
    }
    if (!Restarts.isJob(other, project.services())) {
      findings.refuse(
          "service "
              + service.name()
              + " waits until "
              + name
              + " has completed, which is always restarted",
          "set its restart policy to no or on-failure");
    } else if (!scope.isPod() && groups.isShared(name)) {
      findings.refuse(
          "service "
              + service.name()
              + " waits until "
              + name
              + " has completed, which is one pod with others",
          "let it share nothing with them, or run the file as one pod with --pod");
    }
  }
}
