package io.dockherd.doors.actions.verbs;

import io.dockherd.doors.actions.Aggregate;
import io.dockherd.doors.actions.Envelope;
import io.dockherd.doors.actions.Reply;
import io.dockherd.engine.EngineResponse;
import io.dockherd.fleet.Creation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** What came of a creation, as an answer; says which nodes would not take it before. */
final class CreationReply {
  private static final String REFUSALS = "refusals";

  private CreationReply() {}

  /** The answer to a request for one container. */
  static Reply single(Creation creation, String requestId) {
    return switch (creation) {
      case Creation.Created made -> envelope(made.response(), made.node(), made.refusals());
      case Creation.Declined not -> envelope(not.response(), not.node(), not.refusals());
      case Creation.Failed failed ->
          Reply.failed(requestId, failed.node(), failed.failure(), more(failed.refusals()));
    };
  }

  /** One more entry of the answer to a request for several. */
  static void add(Aggregate aggregate, Creation creation) {
    switch (creation) {
      case Creation.Created made ->
          aggregate.add(envelope(made.response(), made.node(), made.refusals()));
      case Creation.Declined not ->
          aggregate.add(envelope(not.response(), not.node(), not.refusals()));
      case Creation.Failed failed ->
          aggregate.add(failed.node(), failed.failure(), more(failed.refusals()));
    }
  }

  private static Reply envelope(
      EngineResponse response, String node, List<Creation.Refusal> refusals) {
    return new Reply(
        Reply.httpStatus(response.status()), Envelope.of(response, node, more(refusals)));
  }

  private static Map<String, Object> more(List<Creation.Refusal> refusals) {
    if (refusals.isEmpty()) {
      return Map.of();
    }
    JsonArray list = new JsonArray();
    for (Creation.Refusal refusal : refusals) {
      list.add(new JsonObject().put("node", refusal.node()).put("reason", refusal.reason()));
    }
    return Map.of(REFUSALS, list);
  }
}
