package io.dockherd.doors.docker.images;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.engine.EngineRequest;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.images.Reference;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * An import: at one node, which makes the image; the others then fetch it from there. Were it
 * imported at each, each would make another image of it, for the time of its making is part of it.
 */
record ImportImage(Nodes nodes) {
  ImportImage {
    Objects.requireNonNull(nodes, "nodes");
  }

  Reply answer(DockerCall call) {
    String repository = call.query().text("repo");
    String tag = call.query().text("tag");
    List<Reference> names =
        repository.isEmpty()
            ? List.of()
            : List.of(Reference.parse(tag.isEmpty() ? repository : repository + ":" + tag));
    List<Host> hosts = nodes.meeting(Nodes.constraints(call), "an image");
    Host maker = hosts.stream().filter(Host::isLocal).findFirst().orElse(hosts.getFirst());
    EngineRequest request =
        EngineWords.without(call.toEngine(EngineWords.LIMIT, "images", "create"), Nodes.QUERY);
    CompletableFuture<String> made = new CompletableFuture<>();
    return new Chorus(
            nodes,
            "import",
            hosts,
            (host, told) ->
                host == maker
                    ? make(host, request, made, told)
                    : fetch(host, maker, made, names, told),
            () -> {})
        .sing(call);
  }

  private static Chorus.Outcome make(
      Host host, EngineRequest request, CompletableFuture<String> made, Chorus.Told told) {
    try {
      String[] id = {""};
      EngineWords.follow(
          host,
          request,
          line -> {
            // The last status is the id.
            id[0] = line.getString("status", id[0]);
            told.tell(line);
          });
      if (!id[0].startsWith("sha256:")) {
        throw new Unreachable(host.node(), "the engine did not say what it made", "");
      }
      made.complete(id[0]);
      return Chorus.Outcome.done("imported " + id[0]);
    } finally {
      made.completeExceptionally(
          new Unreachable(host.node(), "it was not imported at " + host.node(), ""));
    }
  }

  private static Chorus.Outcome fetch(
      Host host,
      Host maker,
      CompletableFuture<String> made,
      List<Reference> names,
      Chorus.Told told) {
    try {
      Spread.to(host, made.get(), names, line -> told.tell(new JsonObject(line.getMap())));
      return Chorus.Outcome.done("fetched it from " + maker.node());
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable(host.node(), "the wait for it was broken off", "", e);
    }
  }
}
