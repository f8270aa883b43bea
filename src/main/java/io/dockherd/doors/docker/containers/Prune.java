package io.dockherd.doors.docker.containers;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.PruneEverywhere;
import io.dockherd.doors.docker.Route;
import io.dockherd.fleet.Fleet;
import java.util.List;
import java.util.Objects;

/** {@code POST /containers/prune}: on every engine. */
public record Prune(Fleet fleet) {
  public Prune {
    Objects.requireNonNull(fleet, "fleet");
  }

  /** Its route. */
  public List<Route> routes() {
    return List.of(Route.change("POST", "/containers/prune", "container.prune", this::answer));
  }

  private Reply answer(DockerCall call) {
    return new PruneEverywhere(fleet, "ContainersDeleted").answer(call, "containers", "prune");
  }
}
