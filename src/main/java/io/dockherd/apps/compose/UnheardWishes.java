package io.dockherd.apps.compose;

import io.dockherd.compose.model.Deployment;
import io.dockherd.compose.model.HerdWishes;
import io.dockherd.compose.model.Project;
import io.dockherd.compose.model.Service;

/**
 * What files that were fetched for one instance say of all instances together: where they go, how
 * they are replaced, checked and healed. All that is settled before the files are there, by the app
 * whose instance it is; so whatever of it is in the files is told.
 */
final class UnheardWishes {
  private final Findings findings;

  UnheardWishes(Findings findings) {
    this.findings = findings;
  }

  void tell(Project project) {
    project.services().values().forEach(this::tell);
    tell("the files", project.wishes());
    tell("the files", "x-dockherd.replicas", project.wishes().replicas().isPresent());
    tell("the files", "x-dockherd.failure", project.wishes().failure().isPresent());
  }

  private void tell(Service service) {
    String whose = "service " + service.name();
    Deployment deployment = service.deployment();
    boolean isPlaced =
        !deployment.constraints().isEmpty()
            || !deployment.spreadOver().isEmpty()
            || deployment.maxPerNode() > 0;
    tell(whose, "deploy.placement", isPlaced);
    tell(whose, "deploy.update_config", deployment.update().isPresent());
    tell(whose, "deploy.labels", !deployment.labels().isEmpty());
    tell(whose, "deploy.mode", deployment.mode() != Deployment.Mode.REPLICATED);
    tell(whose, "platform", service.platform().isPresent());
    tell(
        whose,
        "a constraint or affinity in 'environment'",
        service.process().environment().size()
            > Placements.withoutWishes(service.process().environment()).size());
    tell(whose, service.wishes());
  }

  private void tell(String whose, HerdWishes wishes) {
    tell(whose, "x-dockherd.on_split", wishes.onSplit().isPresent());
    tell(whose, "x-dockherd.constraints", !wishes.constraints().isEmpty());
    tell(whose, "x-dockherd.affinities", !wishes.affinities().isEmpty());
    tell(whose, "x-dockherd.kill_selection", wishes.killSelection().isPresent());
    tell(whose, "x-dockherd.backoff", wishes.backoff().isPresent());
    tell(whose, "x-dockherd.update", !wishes.update().isEmpty());
    tell(whose, "x-dockherd.checks", !wishes.checks().isEmpty());
  }

  private void tell(String whose, String what, boolean isThere) {
    if (isThere) {
      findings.warn(
          whose + " " + what, whose + ": " + what + " has no effect, for it is the app's to say");
    }
  }
}
