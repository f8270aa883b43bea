package io.dockherd.doors.bridges;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ThreadLocalRandom;

/** What a SockJS client asks before it opens its WebSocket: whether there is one. */
final class SockJsPages {
  private SockJsPages() {}

  /**
   * Answers a plain request under {@code root}; {@code origin} is a page's that is let in, or null.
   */
  static void answer(HttpServerRequest request, String origin, String root) {
    String path = request.path();
    if ((root + "/info").equals(path)) {
      tellInfo(request, origin);
    } else if (root.equals(path) || (root + "/").equals(path)) {
      request.response().putHeader("Content-Type", "text/plain").end("Welcome to SockJS!\n");
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  private static void tellInfo(HttpServerRequest request, String origin) {
    HttpServerResponse response =
        request
            .response()
            .putHeader("Cache-Control", "no-store, no-cache, no-transform, must-revalidate")
            .putHeader("Vary", "Origin");
    if (origin != null) {
      response
          .putHeader("Access-Control-Allow-Origin", origin)
          .putHeader("Access-Control-Allow-Credentials", "true");
    }
    if (request.method() == HttpMethod.OPTIONS) {
      response.putHeader("Access-Control-Allow-Methods", "OPTIONS, GET").setStatusCode(204).end();
      return;
    }
    response
        .putHeader("Content-Type", "application/json; charset=UTF-8")
        .end(
            new JsonObject()
                .put("websocket", true)
                .put("cookie_needed", false)
                .put("origins", new JsonArray().add("*:*"))
                .put("entropy", ThreadLocalRandom.current().nextLong(1L << 32))
                .toBuffer());
  }
}
