package io.dockherd.doors.bridges;

import io.dockherd.access.CarriedIdentity;
import io.dockherd.access.Identity;
import io.dockherd.failure.Invalid;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/**
 * What a client wants.
 *
 * <pre>{"type":"send","address":"dockherd","replyAddress":"r1",
 *  "headers":{"timeout":5000},"body":{"action":"list-containers"}}</pre>
 *
 * @param type send, publish, register, unregister, ping
 * @param address "" when there is none
 * @param replyAddress the client's name for the answer; "" when it wants none
 * @param body any JSON value; null for none, as on the bus
 */
record Request(String type, String address, String replyAddress, JsonObject headers, Object body) {
  private static final int MAX_REPLY_ADDRESS = 128;

  /** Vert.x's own bridges read these as settings; how the herd sends is not the client's to say. */
  private static final Set<String> NOT_HEADERS = Set.of("timeout", "localOnly", "codecName");

  /**
   * Reads a message.
   *
   * @throws Invalid when a field is of a wrong type or too long
   */
  static Request of(JsonObject json) {
    String replyAddress = text(json, "replyAddress");
    if (replyAddress.length() > MAX_REPLY_ADDRESS) {
      throw new Invalid(
          "replyAddress", "the reply address is longer than " + MAX_REPLY_ADDRESS, "");
    }
    Object headers = json.getValue("headers");
    if (headers != null && !(headers instanceof JsonObject)) {
      throw new Invalid("headers", "'headers' must be an object", "");
    }
    return new Request(
        text(json, "type"),
        text(json, "address"),
        replyAddress,
        headers instanceof JsonObject object ? object : new JsonObject(),
        json.getValue("body"));
  }

  private static String text(JsonObject json, String field) {
    return switch (json.getValue(field)) {
      case null -> "";
      case String text -> text;
      default -> throw new Invalid(field, "'" + field + "' must be a text", "");
    };
  }

  /** How the message goes over the bus: with its headers, its time limit, and who sent it. */
  DeliveryOptions options(BridgeSettings settings, Identity who) {
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(timeoutMillis(settings));
    for (Map.Entry<String, Object> header : headers) {
      if (!NOT_HEADERS.contains(header.getKey()) && header.getValue() != null) {
        options.addHeader(header.getKey(), header.getValue().toString());
      }
    }
    return CarriedIdentity.attach(options, who);
  }

  private long timeoutMillis(BridgeSettings settings) {
    return switch (headers.getValue("timeout")) {
      case null -> settings.answer().toMillis();
      case Number millis -> Math.clamp(millis.longValue(), 1, settings.longestAnswer().toMillis());
      default -> throw new Invalid("timeout", "'timeout' must be a number of milliseconds", "");
    };
  }
}
