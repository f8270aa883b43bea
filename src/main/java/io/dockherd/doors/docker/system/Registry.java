package io.dockherd.doors.docker.system;

import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.AnyEngine;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Route;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What an engine asks a registry for its caller: any engine can. */
public record Registry(AnyEngine any) {
  /** Registries are far away, and engines try names again that do not resolve. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  public Registry {
    Objects.requireNonNull(any, "any");
  }

  /** Its routes. */
  public List<Route> routes() {
    return List.of(
        Route.read("POST", "/auth", "registry.auth", call -> passOn(call, "auth")),
        Route.read(
            "GET", "/images/search", "registry.search", call -> passOn(call, "images", "search")),
        Route.read(
            "GET",
            "/distribution/{name}/json",
            "registry.distribution",
            call -> passOn(call, "distribution", call.name("name"), "json")));
  }

  private Reply passOn(DockerCall call, String... segments) {
    return call.passOn(any.host(), LIMIT, segments);
  }
}
