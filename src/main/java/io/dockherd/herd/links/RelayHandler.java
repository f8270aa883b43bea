package io.dockherd.herd.links;

import io.vertx.core.http.HttpServerRequest;

/** Takes requests that came over the relay, on the connection's event loop: must not wait. */
@FunctionalInterface
public interface RelayHandler {
  /** Takes one; the request is not paused, so read or pause its body before returning. */
  void handle(Peer peer, HttpServerRequest request);
}
