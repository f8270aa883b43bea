package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.RequestIds;
import io.dockherd.doors.actions.ActionRequest;
import io.dockherd.doors.actions.CommonFields;
import io.dockherd.doors.actions.Reply;
import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.Handover;
import io.dockherd.fleet.Fleet;
import io.dockherd.fleet.Host;
import io.vertx.core.Future;
import java.util.Map;

/** How an action's request becomes an engine's: its headers, its body, its id and its time. */
final class EngineCalls {
  /** Looked over in some hundred microseconds. */
  private static final int SHORT_BYTES = 64 << 10;

  private EngineCalls() {}

  /** A request about one container; {@code segments} follow its id. */
  static EngineRequest about(
      Fleet.Located container, ActionRequest request, String method, String... segments) {
    String[] path = new String[segments.length + 2];
    path[0] = "containers";
    path[1] = container.id();
    System.arraycopy(segments, 0, path, 2, segments.length);
    return of(request, method, path);
  }

  /** A request with the caller's headers and, for POST only, body. */
  static EngineRequest of(ActionRequest request, String method, String... segments) {
    EngineRequest call =
        withHeaders(EngineRequest.of(request.deadline().left(), method, segments), request);
    boolean carries =
        method.equals("POST")
            && request.get(CommonFields.BODY).filter(body -> !body.isEmpty()).isPresent();
    return carries ? call.json(request.need(CommonFields.BODY)) : call;
  }

  /** The same request with the caller's headers and the request's id. */
  static EngineRequest withHeaders(EngineRequest call, ActionRequest request) {
    EngineRequest headed = call.header(RequestIds.HEADER, request.requestId());
    for (Map.Entry<String, String> header :
        request.get(CommonFields.HEADERS).orElse(Map.of()).entrySet()) {
      headed = headed.header(header.getKey(), header.getValue());
    }
    return headed;
  }

  /** Makes the call and envelopes what comes back. */
  static Reply envelope(Host host, EngineRequest call) {
    return Reply.of(host.call(call), host.node());
  }

  /** The same for callers on an event loop; a long answer is enveloped elsewhere. */
  static Future<Reply> enveloped(Host host, EngineRequest call) {
    return host.ask(call)
        .compose(
            response ->
                response.body().length() <= SHORT_BYTES
                    ? Future.succeededFuture(Reply.of(response, host.node()))
                    : Handover.of(() -> Reply.of(response, host.node())));
  }
}
