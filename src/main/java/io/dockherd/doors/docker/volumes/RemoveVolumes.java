package io.dockherd.doors.docker.volumes;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.doors.docker.PruneEverywhere;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.fleet.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code DELETE /volumes/{name}}, the one that is meant and never several, for data is lost with
 * them; and {@code POST /volumes/prune}, on every engine.
 */
public final class RemoveVolumes {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Fleet fleet;
  private final VolumeLookup lookup;

  /** Those of that fleet and these engines. */
  public RemoveVolumes(Fleet fleet, HerdEngines engines) {
    this.fleet = fleet;
    this.lookup = new VolumeLookup(fleet, engines);
  }

  /** Its routes. */
  public List<Route> routes() {
    return List.of(
        Route.change("DELETE", "/volumes/{name}", "volume.delete", this::remove),
        Route.change("POST", "/volumes/prune", "volume.prune", this::prune));
  }

  private Reply remove(DockerCall call) {
    String reference = call.name("name");
    Optional<KnownVolume> found = lookup.find(reference);
    if (found.isEmpty()) {
      if (call.query().isOn("force")) {
        return Replies.empty(204);
      }
      throw lookup.book().missing(reference);
    }
    KnownVolume volume = found.get();
    return call.passOn(fleet.host(volume.node()), LIMIT, "volumes", volume.name());
  }

  private Reply prune(DockerCall call) {
    return new PruneEverywhere(fleet, "VolumesDeleted").answer(call, "volumes", "prune");
  }
}
