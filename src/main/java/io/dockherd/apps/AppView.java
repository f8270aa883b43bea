package io.dockherd.apps;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.apps.model.Revision;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How an app stands, as this node sees it.
 *
 * @param revision the configuration it is to have
 * @param instances all that are known, in any phase and of any revision, by id
 * @param lastFailure of one of its instances
 * @param failures how many instances of that revision have failed: in the rollout that is under
 *     way, or one after the other where that is more
 * @param waiting what keeps it from having as many as it should
 */
public record AppView(
    App app,
    Revision revision,
    List<Instance> instances,
    Optional<InstanceFailure> lastFailure,
    int failures,
    Optional<Waiting> waiting) {
  public AppView {
    Objects.requireNonNull(app, "app");
    Objects.requireNonNull(revision, "revision");
    instances = List.copyOf(instances);
    Objects.requireNonNull(lastFailure, "lastFailure");
    Objects.requireNonNull(waiting, "waiting");
  }
}
