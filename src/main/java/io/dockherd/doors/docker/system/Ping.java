package io.dockherd.doors.docker.system;

import io.dockherd.doors.Answer;
import io.dockherd.doors.Reply;
import io.dockherd.doors.docker.DockerCall;
import io.dockherd.doors.docker.Route;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/** {@code GET} and {@code HEAD /_ping}: whether somebody is there, and what he speaks. */
public final class Ping {
  /** The classic builder: what a client without its own builder uses. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Builder-Version",
          "1",
          "Swarm",
          "inactive",
          "Cache-Control",
          "no-cache, no-store, must-revalidate",
          "Pragma",
          "no-cache");

  private Ping() {}

  /** Its routes. */
  public static List<Route> routes() {
    return List.of(
        Route.read("GET", "/_ping", "system.ping", Ping::answer),
        Route.read("HEAD", "/_ping", "system.ping", Ping::answer));
  }

  private static Reply answer(DockerCall call) {
    return new Reply.Whole(
        new Answer(200, "text/plain; charset=utf-8", Buffer.buffer("OK"), HEADERS));
  }
}
