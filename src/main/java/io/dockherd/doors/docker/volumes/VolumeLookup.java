package io.dockherd.doors.docker.volumes;

import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.engine.EngineRequest;
import io.dockherd.failure.Ambiguous;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the volume a call names. What facts don't know the engines are asked for: it may have been
 * made this very moment.
 */
record VolumeLookup(Fleet fleet, HerdEngines engines) {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  VolumeLookup {
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(engines, "engines");
  }

  VolumeBook book() {
    return new VolumeBook(engines.facts());
  }

  /**
   * The one a caller means; empty when there is none.
   *
   * @throws Ambiguous when several nodes have one of that name; candidates as {@code node/name}
   */
  Optional<KnownVolume> find(String reference) {
    List<KnownVolume> known = book().called(reference);
    List<KnownVolume> found = known.isEmpty() ? asked(reference) : known;
    if (found.size() > 1) {
      throw new Ambiguous(
          reference, found.stream().map(volume -> volume.node() + "/" + volume.name()).toList());
    }
    return found.stream().findFirst();
  }

  private List<KnownVolume> asked(String reference) {
    int slash = reference.indexOf('/');
    String name = reference.substring(slash + 1);
    List<Host> hosts = engines.asked(fleet.hosts(), reference.substring(0, Math.max(0, slash)));
    List<KnownVolume> found = new ArrayList<>();
    for (EachHost.Word word : EachHost.ask(hosts, EngineRequest.get(LIMIT, "volumes", name))) {
      if (word.json() instanceof JsonObject entry) {
        found.add(new KnownVolume(name, List.of(word.host().node()), entry));
      }
    }
    return VolumeBook.united(found);
  }
}
