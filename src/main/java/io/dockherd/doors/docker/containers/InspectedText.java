package io.dockherd.doors.docker.containers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of an inspect answer with three of its parts put otherwise and the rest byte for byte:
 * it is read through once and never built up as objects, which would cost more than all else a node
 * does for an inspect.
 */
final class InspectedText {
  private static final JsonFactory STRICT = new JsonFactory();

  /** What stands in the place of the bytes from {@code start} up to {@code end}. */
  private record Change(int start, int end, Buffer instead) {}

  private final byte[] text;
  private final Whereabouts.Place place;
  private final List<Change> changes = new ArrayList<>();
  private boolean hasLabels;
  private boolean hasNode;

  private InspectedText(byte[] text, Whereabouts.Place place) {
    this.text = text;
    this.place = place;
  }

  /**
   * An engine's answer as it is told by the herd.
   *
   * @return empty for an answer that has not got the places to put things at; it takes the long way
   */
  static Optional<Buffer> told(Buffer answer, Whereabouts.Place place) {
    byte[] text = answer.getBytes();
    return isPlainUtf8(text) ? new InspectedText(text, place).told() : Optional.empty();
  }

  /** The parser would also take UTF-16 and a byte order mark, and count otherwise. */
  private static boolean isPlainUtf8(byte[] bytes) {
    return bytes.length > 1 && bytes[0] > 0 && bytes[1] > 0;
  }

  private Optional<Buffer> told() {
    try (JsonParser parser = STRICT.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        readField(parser, name);
      }
      int brace = start(parser);
      boolean isWhole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
      if (!isWhole || !hasLabels || hasNode) {
        return Optional.empty();
      }
      Buffer node = Buffer.buffer(",\"Node\":").appendBuffer(place.node().toBuffer());
      changes.add(new Change(brace, brace, node));
      return Optional.of(changed());
    } catch (IOException | DecodeException e) {
      return Optional.empty();
    }
  }

  private void readField(JsonParser parser, String name) throws IOException {
    boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
    if (isObject && name.equals("Config")) {
      readPart(parser, "Labels");
    } else if (isObject && name.equals("NetworkSettings")) {
      readPart(parser, "Ports");
    } else {
      hasNode |= name.equals("Node");
      parser.skipChildren();
    }
  }

  private void readPart(JsonParser parser, String wanted) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken kind = parser.nextToken();
      int start = start(parser);
      parser.skipChildren();
      if (name.equals(wanted)) {
        change(wanted, kind, start, parser);
      }
    }
  }

  private void change(String part, JsonToken kind, int start, JsonParser parser)
      throws IOException {
    boolean isObject = kind == JsonToken.START_OBJECT;
    parser.finishToken();
    int end = Math.toIntExact(parser.currentLocation().getByteOffset());
    Optional<JsonObject> value =
        isObject
            ? Optional.of(Buffer.buffer().appendBytes(text, start, end - start).toJsonObject())
            : Optional.empty();
    if (part.equals("Labels")) {
      // Null says that there are none.
      hasLabels = isObject || kind == JsonToken.VALUE_NULL;
      changes.add(new Change(start, end, place.labels(value).toBuffer()));
    } else if (isObject) {
      changes.add(new Change(start, end, place.ports(value.orElseThrow()).toBuffer()));
    }
  }

  private static int start(JsonParser parser) {
    return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  private Buffer changed() {
    Buffer told = Buffer.buffer(text.length + 1024);
    int at = 0;
    for (Change change : changes) {
      told.appendBytes(text, at, change.start - at).appendBuffer(change.instead);
      at = change.end;
    }
    return told.appendBytes(text, at, text.length - at);
  }
}
