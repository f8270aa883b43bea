package io.dockherd.doors.actions;

import io.dockherd.engine.EngineResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An engine's answer as the seed's clients know it, whatever its status:
 *
 * <pre>
 * {"statusCode":200,
 *  "Content-Type":"application/json", …        every header of the engine, the last of its name
 *  "Response":{"Body":[…]},                    when the entity is JSON; else its text, "" for none
 *  "dockerInstance":"host-2"}</pre>
 *
 * <p>The entity is not parsed and written again, only looked over and copied.
 */
public final class Envelope {
  private static final Set<String> RESERVED = Set.of("statusCode", "Response", "dockerInstance");
  private static final int MARGIN = 512;

  private Envelope() {}

  /** The answer of {@code node}'s engine. */
  public static Buffer of(EngineResponse response, String node) {
    return of(response, node, Map.of());
  }

  /** The same with more keys at the end. */
  public static Buffer of(EngineResponse response, String node, Map<String, Object> more) {
    byte[] entity = response.body().getBytes();
    Buffer envelope = head(response.status(), response.headers(), entity.length);
    if (entity.length > 0 && JsonSkim.isJson(entity)) {
      envelope.appendString("{\"Body\":").appendBytes(entity).appendString("}");
    } else {
      envelope.appendBuffer(quoted(new String(entity, StandardCharsets.UTF_8)));
    }
    return tail(envelope, node, more);
  }

  /** An answer whose entity became {@code text}. */
  public static Buffer ofText(
      int status,
      List<EngineResponse.Header> headers,
      String text,
      String node,
      Map<String, Object> more) {
    return tail(head(status, headers, text.length()).appendBuffer(quoted(text)), node, more);
  }

  /** An answer made here from JSON that is known to be well-formed. */
  public static Buffer ofJson(
      int status,
      List<EngineResponse.Header> headers,
      Buffer json,
      String node,
      Map<String, Object> more) {
    Buffer envelope =
        head(status, headers, json.length())
            .appendString("{\"Body\":")
            .appendBuffer(json)
            .appendString("}");
    return tail(envelope, node, more);
  }

  private static Buffer head(int status, List<EngineResponse.Header> headers, int entityLength) {
    Map<String, String> last = new LinkedHashMap<>();
    for (EngineResponse.Header header : headers) {
      if (!RESERVED.contains(header.name())) {
        last.put(header.name(), header.value());
      }
    }
    Buffer envelope =
        Buffer.buffer(entityLength + MARGIN)
            .appendString("{\"statusCode\":")
            .appendString(Integer.toString(status))
            .appendString(",");
    last.forEach(
        (name, value) ->
            envelope
                .appendBuffer(quoted(name))
                .appendString(":")
                .appendBuffer(quoted(value))
                .appendString(","));
    return envelope.appendString("\"Response\":");
  }

  private static Buffer tail(Buffer envelope, String node, Map<String, Object> more) {
    envelope.appendString(",\"dockerInstance\":").appendBuffer(quoted(node));
    more.forEach(
        (name, value) ->
            envelope
                .appendString(",")
                .appendBuffer(quoted(name))
                .appendString(":")
                .appendBuffer(Json.encodeToBuffer(value)));
    return envelope.appendString("}");
  }

  private static Buffer quoted(String text) {
    return Json.encodeToBuffer(text);
  }
}
