package io.dockherd.doors.docker.networks;

import io.dockherd.doors.docker.HerdEngines;
import io.dockherd.engine.EngineRequest;
import io.dockherd.failure.Ambiguous;
import io.dockherd.failure.NotFound;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.networks.KnownNetwork;
import io.dockherd.fleet.networks.KnownNetwork.Copy;
import io.dockherd.fleet.networks.NetworkBook;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the network a call names. What facts don't know the engines are asked for: it may have been
 * made this very moment.
 */
public record NetworkLookup(Fleet fleet, HerdEngines engines) {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  public NetworkLookup {
    Objects.requireNonNull(fleet, "fleet");
    Objects.requireNonNull(engines, "engines");
  }

  /**
   * The one a caller means, as {@link NetworkBook#find}.
   *
   * @throws NotFound when no engine that answers has it
   * @throws Ambiguous when several fit
   */
  KnownNetwork of(String reference) {
    try {
      return fleet.networks().find(reference);
    } catch (NotFound unknown) {
      return asked(reference).orElseThrow(() -> unknown);
    }
  }

  private Optional<KnownNetwork> asked(String reference) {
    int slash = reference.indexOf('/');
    String wanted = reference.substring(slash + 1);
    List<Host> hosts = engines.asked(fleet.hosts(), reference.substring(0, Math.max(0, slash)));
    List<Copy> told = new ArrayList<>();
    for (EachHost.Word word : EachHost.ask(hosts, EngineRequest.get(LIMIT, "networks", wanted))) {
      if (word.json() instanceof JsonObject entry) {
        told.add(new Copy(word.host().node(), entry));
      }
    }
    return NetworkBook.among(told, reference);
  }
}
