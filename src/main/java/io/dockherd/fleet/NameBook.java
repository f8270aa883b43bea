package io.dockherd.fleet;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.watch.FactKind;
import io.dockherd.fleet.watch.KnownContainer;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.members.Members;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** Which names containers have, in the whole herd. */
record NameBook(Members members, Facts facts, Hosts hosts, ContainerIndex index) {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private record Bearer(Host host, String id) {}

  /**
   * Who has the name: {@code 4f1… on host-1}. Facts may lag behind a removal a little where hosts
   * are busy, so the one they name is asked for before it stands in anybody's way. A node that was
   * just started has told no facts yet: its engine is asked.
   */
  Optional<String> owner(String name) {
    return bearer(name)
        .filter(NameBook::isThere)
        .or(() -> untold(name))
        .map(bearer -> bearer.id + " on " + bearer.host.node());
  }

  /** Whether facts show a container of that name. */
  boolean shows(String name) {
    return bearer(name).isPresent();
  }

  private Optional<Bearer> bearer(String name) {
    for (Host host : hosts.all()) {
      for (KnownContainer known : index.of(host.node()).known()) {
        if (known.names().contains(name)) {
          return Optional.of(new Bearer(host, known.id()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Bearer> untold(String name) {
    return hosts.all().stream()
        .filter(host -> facts.find(FactKind.ENGINE, host.node(), FactKind.ONLY).isEmpty())
        .flatMap(host -> NameBook.asked(host, name).stream())
        .findFirst();
  }

  private static Optional<Bearer> asked(Host host, String name) {
    try {
      EngineResponse response = host.call(EngineRequest.get(LOOK, "containers", name, "json"));
      if (!response.isSuccess()) {
        return Optional.empty();
      }
      JsonObject found = response.body().toJsonObject();
      // An engine also answers for an id that begins so.
      return Optional.of(new Bearer(host, found.getString("Id")))
          .filter(bearer -> found.getString("Name", "").equals("/" + name));
    } catch (Failure e) {
      // Its engine has the last word, when it tells what it has.
      return Optional.empty();
    }
  }

  private static boolean isThere(Bearer bearer) {
    try {
      return bearer.host.call(EngineRequest.get(LOOK, "containers", bearer.id, "json")).status()
          != 404;
    } catch (Failure e) {
      return true;
    }
  }

  /** Whether that process is there: one that was started again since is another. */
  boolean isPresent(String peer) {
    return members.present().stream().anyMatch(member -> member.peer().value().equals(peer));
  }
}
