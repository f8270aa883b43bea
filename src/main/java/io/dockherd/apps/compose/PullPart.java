package io.dockherd.apps.compose;

import io.dockherd.apps.model.ContainerSpec;
import io.dockherd.compose.model.Service;

/** When a container's image is fetched. */
final class PullPart {
  private PullPart() {}

  static ContainerSpec.Pull of(Service service, Scope scope, Findings findings) {
    String policy = service.pullPolicy().orElse("missing");
    return switch (policy) {
      case "always" -> ContainerSpec.Pull.ALWAYS;
      case "never" -> ContainerSpec.Pull.NEVER;
      case "missing", "if_not_present" -> ContainerSpec.Pull.MISSING;
      case "build" -> {
        if (scope != Scope.TASK) {
          findings.warn(
              "pull_policy: build",
              "service "
                  + service.name()
                  + " has pull_policy: build; it is built when --build says so");
        }
        // What was built on one node is fetched from there by the others.
        yield ContainerSpec.Pull.MISSING;
      }
      default -> {
        findings.warn(
            "pull_policy",
            "service "
                + service.name()
                + " is pulled at each start, which is oftener than pull_policy: "
                + policy
                + " asks");
        yield ContainerSpec.Pull.ALWAYS;
      }
    };
  }
}
