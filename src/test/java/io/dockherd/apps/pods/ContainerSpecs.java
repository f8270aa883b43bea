package io.dockherd.apps.pods;

import io.dockherd.apps.model.ContainerSpec;

/** More of {@link Specs}: what hardly any test needs. */
final class ContainerSpecs {
  private ContainerSpecs() {}

  static ContainerSpec pulling(ContainerSpec spec, ContainerSpec.Pull pull) {
    return new ContainerSpec(
        spec.name(),
        spec.containerName(),
        spec.document(),
        pull,
        spec.lateEnvironment(),
        spec.lateLabels(),
        spec.shares(),
        spec.volumesFrom(),
        spec.dependsOn(),
        spec.restart(),
        spec.files(),
        spec.postStart(),
        spec.preStop(),
        spec.stopAfter());
  }
}
