package io.dockherd.doors.docker.images;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Route;
import io.dockherd.engine.EngineRequest;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Unreachable;
import io.dockherd.fleet.Host;
import io.dockherd.fleet.images.Tee;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code POST /images/load}: at all nodes within reach, or those that meet the constraints. What
 * the caller sends goes to all of them as it comes, at the pace of the slowest; one that takes next
 * to nothing is left behind.
 */
record LoadImages(Nodes nodes, Tee.Pace pace) {
  LoadImages {
    Objects.requireNonNull(nodes, "nodes");
    Objects.requireNonNull(pace, "pace");
  }

  List<Route> routes() {
    return List.of(Route.change("POST", "/images/load", "image.load", this::answer));
  }

  private Reply answer(DockerCall call) {
    if (!call.open().hasBody()) {
      throw new DockerError(400, "there is nothing to load: the request has no body");
    }
    List<Host> hosts = nodes.meeting(Nodes.constraints(call), "an image");
    Tee tee = new Tee(call.open().stream(), hosts.size(), pace);
    Chorus chorus =
        new Chorus(
            nodes,
            "load",
            hosts,
            (host, told) -> {
              load(call, host, tee, hosts.indexOf(host), told);
              return Chorus.Outcome.done("done");
            },
            tee::close);
    tee.start();
    return chorus.sing(call);
  }

  private static void load(DockerCall call, Host host, Tee tee, int branch, Chorus.Told told) {
    EngineRequest.Body body =
        new EngineRequest.Body.Stream("application/x-tar", tee.branch(branch));
    EngineRequest request =
        EngineWords.without(call.toEngine(EngineWords.LIMIT, body, "images", "load"), Nodes.QUERY);
    try {
      EngineWords.follow(host, request, told::tell);
    } catch (Failure e) {
      Optional<String> behind = tee.leftBehind(branch);
      throw behind.isEmpty() ? e : new Unreachable(host.node(), behind.get(), "");
    } finally {
      tee.leave(branch);
    }
  }
}
