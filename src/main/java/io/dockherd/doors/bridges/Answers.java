package io.dockherd.doors.bridges;

import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;

/** What a bridge says to its clients. */
final class Answers {
  private Answers() {}

  /** An answer or an event. */
  static JsonObject message(String type, String address, Message<Object> message) {
    JsonObject json =
        new JsonObject()
            .put("type", type)
            .put("address", address)
            .put("send", message.isSend())
            .put("body", message.body());
    if (!message.headers().isEmpty()) {
      JsonObject headers = new JsonObject();
      message.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
      json.put("headers", headers);
    }
    return json;
  }

  /** Nobody answered, or whoever did says no; {@code failureType} is one of the bus's own. */
  static JsonObject failed(Request request, Throwable failure) {
    JsonObject json =
        new JsonObject()
            .put("type", "err")
            .put("address", request.replyAddress())
            .put("sourceAddress", request.address());
    return failure instanceof ReplyException reply
        ? json.put("failureCode", reply.failureCode())
            .put("failureType", reply.failureType().name())
            .put("message", reply.getMessage())
        : json.put("failureCode", -1)
            .put("failureType", "ERROR")
            .put("message", String.valueOf(failure.getMessage()));
  }

  /**
   * The bridge itself says no. The short word stands where clients of either kind look for it, TCP
   * in {@code message} and SockJS in {@code body}; {@code explanation} is for people.
   *
   * @param replyAddress where the client waits for an answer; "" when it doesn't
   */
  static JsonObject refused(String replyAddress, String word, String explanation) {
    JsonObject json =
        new JsonObject()
            .put("type", "err")
            .put("message", word)
            .put("body", word)
            .put("explanation", explanation);
    return replyAddress.isEmpty()
        ? json
        : json.put("address", replyAddress).put("failureCode", -1).put("failureType", "REFUSED");
  }
}
