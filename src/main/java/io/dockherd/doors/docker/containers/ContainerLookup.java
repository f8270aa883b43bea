package io.dockherd.doors.docker.containers;

import io.dockherd.doors.docker.DockerCall;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Fleet.Located;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Finds the container a call's path names: an id, a name, or one of these on a node. */
public record ContainerLookup(Fleet fleet) {
  /** How long engines may take when facts do not know it. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  public ContainerLookup {
    Objects.requireNonNull(fleet, "fleet");
  }

  /** The container the path's {@code {name}} stands for. */
  public Located of(DockerCall call) {
    return of(call.name("name"));
  }

  /** The container of that name, id, or one of these on a node. */
  public Located of(String reference) {
    return fleet.locate(reference, LIMIT);
  }

  /** The same if facts know it, without waiting. */
  public Optional<Located> known(DockerCall call) {
    return fleet.locateKnown(call.name("name"));
  }
}
