package io.dockherd.doors.docker.images;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.engine.EngineRequest;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.PeerFetch;
import io.dockherd.fleet.images.ImageIndex;
import io.dockherd.fleet.images.KnownImage;
import io.dockherd.fleet.images.Reference;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A pull at all nodes within reach, or those that meet the constraints. Each asks the registry;
 * where that gives nothing, a node that lacks the image fetches it from another that has it. The
 * constraint {@code source==herd} leaves the registry out, {@code source==registry} the nodes.
 */
record PullImage(Nodes nodes, ImageIndex index) {
  private static final String SOURCE = "source==";

  PullImage {
    Objects.requireNonNull(nodes, "nodes");
    Objects.requireNonNull(index, "index");
  }

  /** Where from. */
  private enum Source {
    ANY,
    HERD,
    REGISTRY
  }

  Reply answer(DockerCall call) {
    String reference = reference(call);
    List<String> constraints = new ArrayList<>(Nodes.constraints(call));
    Source source = source(constraints);
    constraints.removeIf(text -> text.startsWith(SOURCE));
    List<Host> hosts = nodes.meeting(constraints, "the image " + reference);
    EngineRequest request =
        EngineWords.without(
            call.toEngine(EngineWords.LIMIT, new EngineRequest.Body.Empty(), "images", "create"),
            Nodes.QUERY);
    boolean isOfOnePlatform = !call.query().text("platform").isEmpty();
    Source possible = isOfOnePlatform && source == Source.ANY ? Source.REGISTRY : source;
    return new Chorus(
            nodes,
            "pull",
            hosts,
            (host, told) -> pull(host, request, reference, possible, told),
            () -> {})
        .sing(call);
  }

  /** What is asked for, in full: a tag may be a digest. */
  private static String reference(DockerCall call) {
    String name = call.query().text("fromImage");
    String tag = call.query().text("tag");
    String whole = tag.isEmpty() ? name : name + (tag.contains(":") ? "@" : ":") + tag;
    return Reference.parse(whole).listed();
  }

  private static Source source(List<String> constraints) {
    List<String> said =
        constraints.stream()
            .filter(text -> text.startsWith(SOURCE))
            .map(text -> text.substring(SOURCE.length()))
            .toList();
    return switch (said.isEmpty() ? "" : said.getLast()) {
      case "" -> Source.ANY;
      case "herd" -> Source.HERD;
      case "registry" -> Source.REGISTRY;
      default -> throw new DockerError(400, "the source of an image is herd or registry: " + said);
    };
  }

  private Chorus.Outcome pull(
      Host host, EngineRequest request, String reference, Source source, Chorus.Told told) {
    if (source == Source.HERD) {
      return isNewestAt(host, reference)
          ? Chorus.Outcome.done("it is here")
          : fetch(host, reference, told);
    }
    try {
      EngineWords.follow(host, request, line -> told.tell(shaped(line)));
      return Chorus.Outcome.done("pulled " + reference);
    } catch (DockerError e) {
      boolean isKnown = source == Source.ANY && !index.find(reference).isEmpty();
      if (!isKnown) {
        throw e;
      }
      if (isNewestAt(host, reference)) {
        return new Chorus.Outcome(
            "it is here, and the registry gave nothing: " + e.getMessage(), false, e.status());
      }
      told.tell(
          new JsonObject()
              .put(
                  "status",
                  "The registry gave nothing (" + e.getMessage() + "): asking the nodes"));
      return fetch(host, reference, told);
    }
  }

  /** Whether the node has that image of the name which it would fetch. */
  private boolean isNewestAt(Host host, String reference) {
    List<KnownImage> known = index.find(reference);
    Optional<String> newest = known.stream().map(KnownImage::id).findFirst();
    return known.stream()
        .anyMatch(
            image -> image.node().equals(host.node()) && Optional.of(image.id()).equals(newest));
  }

  private static Chorus.Outcome fetch(Host host, String reference, Chorus.Told told) {
    String[] last = {""};
    EngineWords.follow(
        host,
        PeerFetch.request(reference, EngineWords.LIMIT),
        line -> {
          last[0] = line.getString("status", last[0]);
          told.tell(line);
        });
    return Chorus.Outcome.done(last[0]);
  }

  /** The layer goes into the words: the id is the node's. */
  private static JsonObject shaped(JsonObject line) {
    Object layer = line.remove("id");
    if (layer != null) {
      line.put("status", layer + ": " + line.getString("status", ""));
    }
    return line;
  }
}
