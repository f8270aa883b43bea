package io.dockherd.doors.docker.images;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Replies;
import io.dockherd.doors.docker.Route;
import io.dockherd.doors.docker.hijacks.SessionPlaces;
import io.dockherd.engine.EngineRequest;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.EachHost;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.images.ImageIndex;
import io.dockherd.fleet.images.KnownImage;
import io.dockherd.fleet.images.Reference;
import io.dockherd.scheduling.Demand;
import io.dockherd.scheduling.Placement;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * {@code POST /build}: on the node where it fits, by what the build arguments say in classic
 * Swarm's way ({@code --build-arg constraint:zone==a}, taken out before the build) and by its
 * memory. Nodes that have another image of the same name fetch the new one in the end: a name means
 * one image in all of the herd.
 *
 * @param sessions where a builder's session belongs: to its build
 * @param uploads where what is sent apart belongs, by the build's id
 */
record Build(Nodes nodes, ImageIndex index, SessionPlaces sessions, SessionPlaces uploads) {
  private static final Log LOG = Log.of(Build.class);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration BUILD_FOLLOWS = Duration.ofSeconds(5);
  private static final String UPLOAD = "upload-request:";

  Build {
    Objects.requireNonNull(nodes, "nodes");
    Objects.requireNonNull(index, "index");
    Objects.requireNonNull(sessions, "sessions");
    Objects.requireNonNull(uploads, "uploads");
  }

  List<Route> routes() {
    return List.of(
        Route.change("POST", "/build", "image.build", this::answer),
        Route.change("POST", "/build/cancel", "build.cancel", this::cancel));
  }

  private Reply answer(DockerCall call) {
    String build = call.query().text("buildid");
    if (build.startsWith(UPLOAD)) {
      Host host = hostOf(call, build.substring(UPLOAD.length()));
      return call.passOn(host, EngineWords.LIMIT, "build");
    }
    BuildDemand demand = BuildDemand.of(call);
    String node = place(demand.demand(), call.query().text("session"));
    if (!build.isEmpty()) {
      uploads.place(build, node);
    }
    EngineRequest request = demand.cleaned(call.toEngine(EngineWords.LIMIT, "build"));
    boolean isBuildKit = call.query().text("version").equals("2");
    // BuildKit's clients take any word of ours for the image's id, or don't show it.
    boolean isQuiet = isBuildKit || call.query().isOn("q");
    return new BuildStream(this, nodes.fleet().host(node), names(call), isQuiet)
        .answer(call, request);
  }

  /** The names the image gets; none where no image is made, but files for the caller. */
  private static List<Reference> names(DockerCall call) {
    boolean isFiles = !List.of("", "null", "[]").contains(call.query().text("outputs"));
    return isFiles ? List.of() : call.query().texts("t").stream().map(Reference::parse).toList();
  }

  private String place(Demand demand, String session) {
    Placement placement = nodes.fleet().rank(demand);
    if (session.isEmpty()) {
      return placement.first(demand);
    }
    String node =
        sessions.find(session).orElseGet(() -> sessions.place(session, placement.first(demand)));
    if (!placement.nodes().contains(node)) {
      throw new DockerError(
          409,
          "the builder's session is with the engine of %s, which can't take the build: %s"
              .formatted(node, placement.refused().getOrDefault(node, "it has gone")));
    }
    return node;
  }

  private Host hostOf(DockerCall call, String build) {
    return call.open()
        .whileThere(() -> uploads.await(build, BUILD_FOLLOWS))
        .map(nodes.fleet()::host)
        .orElseThrow(() -> new DockerError(404, "no such build: " + build));
  }

  /** Engines take a build they don't know for one that is over. */
  private Reply cancel(DockerCall call) {
    List<Host> hosts =
        nodes.fleet().hosts().stream()
            .filter(host -> nodes.trouble(host.node()).isEmpty())
            .toList();
    EngineRequest request = call.toEngine(SOON, "build", "cancel");
    List<EachHost.Word> words = call.open().whileThere(() -> EachHost.ask(hosts, request));
    return words.stream()
        .filter(EachHost.Word::isSuccess)
        .findFirst()
        .or(() -> words.stream().filter(each -> each.response().isPresent()).findFirst())
        .map(each -> Replies.of(each.response().orElseThrow()))
        .orElseThrow(() -> new DockerError(503, "no engine answers"));
  }

  /** Brings the new image to the nodes where its name means another. */
  void renew(Host maker, List<Reference> names, Predicate<JsonObject> told) {
    for (Reference name : names) {
      String id =
          maker
              .call(EngineRequest.get(SOON, "images", name.listed(), "json"))
              .json()
              .filter(JsonObject.class::isInstance)
              .map(json -> ((JsonObject) json).getString("Id", ""))
              .orElse("");
      for (KnownImage other : index.find(name.listed())) {
        boolean isOld = !id.isEmpty() && !other.id().equals(id);
        if (isOld && nodes.trouble(other.node()).isEmpty()) {
          renew(nodes.fleet().host(other.node()), id, name, told);
        }
      }
    }
  }

  private static void renew(Host host, String id, Reference name, Predicate<JsonObject> told) {
    try {
      Spread.to(host, id, List.of(name), line -> {});
      told.test(said(name + " is the new image at " + host.node() + " too"));
    } catch (DockerError | Failure e) {
      LOG.warn("still the old image", "name", name, "node", host.node(), "reason", e.getMessage());
      told.test(said(name + " is still the old image at " + host.node() + ": " + e.getMessage()));
    }
  }

  /** A line of a build's output. */
  static JsonObject said(String words) {
    return new JsonObject().put("stream", words + "\n");
  }

  /** The query of a build with another value. */
  static EngineRequest with(EngineRequest request, String name, String value) {
    Map<String, List<String>> query = new LinkedHashMap<>(request.query());
    query.put(name, List.of(value));
    return new EngineRequest(
        request.method(),
        request.path(),
        query,
        request.headers(),
        request.body(),
        request.limit());
  }
}
