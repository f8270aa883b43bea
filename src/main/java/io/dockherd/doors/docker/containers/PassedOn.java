package io.dockherd.doors.docker.containers;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Route;
import io.dockherd.fleet.Fleet.Located;
import java.time.Duration;
import java.util.List;

/** What a container's own engine answers; the path is made anew with the full id. */
public final class PassedOn {
  /** For what an engine answers at once. */
  static final Duration SOON = Duration.ofMinutes(2);

  /** For what waits for a container, or moves data first: as long as its caller has patience. */
  static final Duration LATE = Duration.ofDays(1);

  private final ContainerLookup lookup;

  private PassedOn(ContainerLookup lookup) {
    this.lookup = lookup;
  }

  /** Its routes. */
  public static List<Route> routes(ContainerLookup lookup) {
    PassedOn to = new PassedOn(lookup);
    return List.of(
        to.change("start", SOON),
        to.change("stop", LATE),
        to.change("restart", LATE),
        to.change("kill", SOON),
        to.change("pause", SOON),
        to.change("unpause", SOON),
        to.change("update", SOON),
        to.read("POST", "wait", LATE),
        to.read("POST", "resize", SOON),
        to.read("GET", "logs", SOON),
        to.read("GET", "top", SOON),
        to.read("GET", "stats", SOON),
        to.read("GET", "changes", LATE),
        to.read("GET", "export", LATE),
        to.read("GET", "archive", LATE),
        to.read("HEAD", "archive", SOON),
        Route.change(
            "PUT",
            to.path("archive"),
            "container.archive",
            call -> to.answer(call, LATE, "archive")),
        to.read("GET", "checkpoints", SOON),
        to.change("checkpoints", LATE),
        Route.change(
            "DELETE",
            "/containers/{name}/checkpoints/{checkpoint}",
            "container.checkpoints",
            to::deleteCheckpoint),
        Route.change("DELETE", "/containers/{name}", "container.delete", to::delete));
  }

  private String path(String verb) {
    return "/containers/{name}/" + verb;
  }

  private Route change(String verb, Duration limit) {
    return Route.change("POST", path(verb), "container." + verb, call -> answer(call, limit, verb));
  }

  private Route read(String method, String verb, Duration limit) {
    return Route.read(method, path(verb), "container." + verb, call -> answer(call, limit, verb));
  }

  private Reply answer(DockerCall call, Duration limit, String verb) {
    Located found = lookup.of(call);
    return call.passOn(found.host(), limit, "containers", found.id(), verb);
  }

  private Reply delete(DockerCall call) {
    Located found = lookup.of(call);
    // To stop it by force and take gigabytes off a slow disk takes its time.
    return call.passOn(found.host(), LATE, "containers", found.id());
  }

  private Reply deleteCheckpoint(DockerCall call) {
    Located found = lookup.of(call);
    return call.passOn(
        found.host(), SOON, "containers", found.id(), "checkpoints", call.name("checkpoint"));
  }
}
