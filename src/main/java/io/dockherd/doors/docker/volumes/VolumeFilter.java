package io.dockherd.doors.docker.volumes;

import io.dockherd.doors.docker.Filters;
import io.dockherd.failure.Invalid;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Which volumes a list shows: Docker's filters, and {@code node}. */
final class VolumeFilter {
  private static final Set<String> KNOWN = Set.of("dangling", "driver", "label", "name", "node");

  private final Filters filters;
  private final Optional<Boolean> isDangling;
  private final Supplier<Set<String>> used;
  private Set<String> inUse;

  /**
   * @param used the volumes that containers have, as {@code node/name}; asked for if it matters
   * @throws Invalid for a filter Docker does not know, or a value it can't have
   */
  VolumeFilter(Filters filters, Supplier<Set<String>> used) {
    this.filters = filters.only(KNOWN);
    this.isDangling =
        filters.has("dangling") ? Optional.of(filters.truth("dangling", false)) : Optional.empty();
    this.used = used;
  }

  boolean admits(KnownVolume volume) {
    return hasName(volume)
        && filters.isExactly("driver", volume.driver())
        && filters.hasAll("label", volume.labels())
        && filters.any("node", volume.nodes()::contains)
        && isDangling.map(wanted -> wanted != isUsed(volume)).orElse(true);
  }

  /** With the node only where somebody wrote one. */
  private boolean hasName(KnownVolume volume) {
    return filters.any(
        "name",
        wanted ->
            Filters.fits(wanted, volume.name())
                || wanted.contains("/")
                    && Filters.fits(wanted, volume.node() + "/" + volume.name()));
  }

  private boolean isUsed(KnownVolume volume) {
    if (inUse == null) {
      inUse = used.get();
    }
    return volume.nodes().stream().anyMatch(node -> inUse.contains(node + "/" + volume.name()));
  }
}
