package io.dockherd.doors.docker.containers;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Endpoint;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.Handover;
import io.dockherd.fleet.Fleet.Located;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code GET /containers/{name}/json}: its engine's answer, and where it is. */
public record Inspect(ContainerLookup lookup, Whereabouts whereabouts) implements Endpoint {
  /** Longer descriptions are not rewritten on an event loop. */
  private static final int SHORT_BYTES = 32 << 10;

  public Inspect {
    Objects.requireNonNull(lookup, "lookup");
    Objects.requireNonNull(whereabouts, "whereabouts");
  }

  /** Its route. */
  public List<Route> routes() {
    return List.of(Route.read("GET", "/containers/{name}/json", "container.inspect", this));
  }

  @Override
  public Reply answer(DockerCall call) {
    Located found = lookup.of(call);
    return reply(found, call.open().whileThere(() -> found.host().call(request(call, found))));
  }

  @Override
  public Optional<Future<Reply>> atOnce(DockerCall call) {
    return lookup
        .known(call)
        .map(
            found ->
                found
                    .host()
                    .ask(request(call, found), call.open().gone())
                    .compose(
                        response ->
                            response.body().length() <= SHORT_BYTES
                                ? Future.succeededFuture(reply(found, response))
                                : Handover.of(() -> reply(found, response))));
  }

  private static EngineRequest request(DockerCall call, Located found) {
    return call.toEngine(PassedOn.SOON, "containers", found.id(), "json");
  }

  private Reply reply(Located found, EngineResponse response) {
    return Optional.of(response)
        .filter(EngineResponse::isSuccess)
        .flatMap(answer -> whereabouts.inspected(answer, found.host().node()))
        .map(told -> Replies.json(200, told))
        .orElseGet(() -> Replies.of(response));
  }
}
