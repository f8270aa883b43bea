package io.dockherd.doors.docker.system;

import io.dockherd.doors.docker.DockerError;
import io.dockherd.doors.docker.Endpoint;
import io.dockherd.doors.docker.Route;
import java.util.ArrayList;
import java.util.List;

/** Docker's own clustering: answered as by an engine that is in no swarm. */
public final class SwarmMode {
  private static final Endpoint NO_MANAGER =
      call -> {
        throw new DockerError(
            503,
            "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to"
                + " connect this node to swarm and try again.");
      };

  private static final Endpoint NO_MEMBER =
      call -> {
        throw new DockerError(503, "This node is not part of a swarm");
      };

  private static final Endpoint NO_NEED =
      call -> {
        throw new DockerError(
            501, "a herd is no swarm: its nodes are one Docker already, and form none");
      };

  private SwarmMode() {}

  /** Its routes. */
  public static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String kind : List.of("nodes", "services", "tasks", "secrets", "configs")) {
      routes.add(route("GET", "/" + kind, NO_MANAGER));
      routes.add(route("GET", "/" + kind + "/{name}", NO_MANAGER));
      routes.add(route("POST", "/" + kind + "/{name}", NO_MANAGER));
      routes.add(route("DELETE", "/" + kind + "/{name}", NO_MANAGER));
    }
    // Volumes are changed only in Docker's own clusters.
    routes.add(route("PUT", "/volumes/{name}", NO_MANAGER));
    routes.add(route("GET", "/swarm", NO_MANAGER));
    routes.add(route("GET", "/swarm/unlockkey", NO_MANAGER));
    routes.add(route("POST", "/swarm/update", NO_MANAGER));
    routes.add(route("POST", "/swarm/unlock", NO_MANAGER));
    routes.add(route("POST", "/swarm/leave", NO_MEMBER));
    routes.add(route("POST", "/swarm/init", NO_NEED));
    routes.add(route("POST", "/swarm/join", NO_NEED));
    return List.copyOf(routes);
  }

  private static Route route(String method, String pattern, Endpoint endpoint) {
    return Route.read(method, pattern, "swarm.other", endpoint);
  }
}
