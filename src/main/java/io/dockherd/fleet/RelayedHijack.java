package io.dockherd.fleet;

import io.dockherd.engine.DuplexStream;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse.Header;
import io.dockherd.engine.Hijack;
import io.dockherd.engine.Splice;
import io.dockherd.engine.UpgradableConnection;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls over the relay that ask for a two-way stream, and the handing over of their connection. */
final class RelayedHijack {
  private RelayedHijack() {}

  /** Whether a request at the relay is such a call. */
  static boolean isOne(String path, boolean isUpgrade) {
    return isUpgrade && path.startsWith(RelayDoor.PREFIX + "/");
  }

  static boolean isOne(HttpServerRequest request) {
    return isOne(request.path(), request.headers().contains(HttpHeaders.UPGRADE));
  }

  /** The call for the engine: with what the connection is to become, which is no other call's. */
  static EngineRequest asked(HttpServerRequest request, EngineRequest.Body body) {
    return RelayedRequest.of(RelayDoor.PREFIX, request, body)
        .header("Upgrade", request.getHeader(HttpHeaders.UPGRADE));
  }

  /** Makes one of the caller's connection and the engine's. On any thread. */
  static void join(Context context, HttpServerRequest request, Hijack.Open open) {
    context.runOnContext(
        start -> {
          Optional<UpgradableConnection> connection = UpgradableConnection.of(request);
          if (connection.isEmpty()) {
            // The caller went while the engine was asked.
            open.close();
            return;
          }
          DuplexStream caller = connection.get().upgrade(open.status(), head(open));
          Splice.join(context.owner(), caller, open.stream());
        });
  }

  private static List<Header> head(Hijack.Open open) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header(RelayHeader.ANSWER, RelayHeader.FROM_ENGINE));
    open.headers().stream()
        .filter(header -> !RelayHeader.isOurs(header.name()))
        .forEach(headers::add);
    return headers;
  }
}
