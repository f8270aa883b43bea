package io.dockherd.doors.docker.networks;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Filters;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.doors.docker.containers.NameForm;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.networks.KnownNetwork;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * {@code GET /networks}, from facts; and {@code GET /networks/{name}}, which tells the containers
 * that are on it and so asks the engines that have it.
 */
public final class ReadNetworks {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Fleet fleet;
  private final NetworkLookup lookup;
  private final NameForm form;

  /** Those of that fleet, named in that form. */
  public ReadNetworks(Fleet fleet, NetworkLookup lookup, NameForm form) {
    this.fleet = fleet;
    this.lookup = lookup;
    this.form = form;
  }

  /** Its routes. */
  public List<Route> routes() {
    return List.of(
        Route.read("GET", "/networks", "network.list", this::list),
        Route.read("GET", "/networks/{name}", "network.inspect", this::inspect));
  }

  private Reply list(DockerCall call) {
    NetworkFilter filter =
        new NetworkFilter(
            Filters.parse(call.query().text("filters")), () -> UsedNetworks.of(fleet));
    List<KnownNetwork> all = fleet.networks().all();
    ShownNetworks shown = new ShownNetworks(form, all);
    JsonArray networks = new JsonArray();
    shown.apart(all).stream()
        .filter(filter::admits)
        .forEach(network -> networks.add(shown.shown(network)));
    return Replies.json(200, networks);
  }

  private Reply inspect(DockerCall call) {
    if (call.name("name").isEmpty()) {
      // As an engine takes it: /networks/ is the list.
      return list(call);
    }
    KnownNetwork network = lookup.of(call.name("name"));
    List<Host> hosts = network.copies().stream().map(copy -> fleet.host(copy.node())).toList();
    List<EachHost.Word> words =
        call.open()
            .whileThere(
                () ->
                    EachHost.ask(
                        hosts,
                        host ->
                            call.toEngine(
                                LIMIT, "networks", network.on(host.node()).orElseThrow().id())));
    List<JsonObject> copies =
        words.stream()
            .map(EachHost.Word::json)
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .toList();
    return copies.isEmpty() ? refused(words.getFirst()) : Replies.json(200, one(network, copies));
  }

  private static Reply refused(EachHost.Word word) {
    word.failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return Replies.of(word.response().orElseThrow());
  }

  private JsonObject one(KnownNetwork network, List<JsonObject> copies) {
    JsonObject containers = new JsonObject();
    for (JsonObject copy : copies) {
      if (copy.getValue("Containers") instanceof JsonObject some) {
        containers.mergeIn(some);
      }
    }
    JsonObject first =
        copies.stream()
            .filter(copy -> network.id().equals(copy.getString("Id")))
            .findFirst()
            .orElse(copies.getFirst());
    return new ShownNetworks(form, fleet.networks().all())
        .shown(network, first)
        .put("Containers", containers);
  }
}
