package io.dockherd.herd.bus;

import io.dockherd.failure.Invalid;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.cluster.NodeInfo;
import java.util.Optional;

/**
 * What members tell each other about the bus. A member's own state has a revision, counted up with
 * each thing it tells to all.
 *
 * <pre>
 * {"word":"whole","revision":7,"host":"10.213.0.1","port":7412,"about":{},"at":{"dockherd":[0]}}
 * {"word":"absent","revision":0}
 * {"word":"change","revision":8,"added":{"4f0c…":[17]},"dropped":{}}
 * {"word":"digest","revision":8,"sum":-77231}
 * {"word":"known","revision":8}
 * {"word":"ask"}
 * </pre>
 */
sealed interface Word {
  /** All there is to know about the sender at this revision. */
  record Whole(long revision, NodeInfo node, Subscriptions subscriptions) implements Word {}

  /** The sender is in the group and not, or no longer, on the bus. */
  record Absent(long revision) implements Word {}

  /** What is new since the revision before. */
  record Change(long revision, Subscriptions added, Subscriptions dropped) implements Word {}

  /** What whoever knows the sender at this revision should know. */
  record Digest(long revision, long sum) implements Word {}

  /** The one who tells this knows the receiver at this revision. */
  record Known(long revision) implements Word {}

  /** The one who tells this wants to know all about the receiver. */
  record Ask() implements Word {}

  /** As bytes: one JSON object. */
  default byte[] toBytes() {
    JsonObject json =
        switch (this) {
          case Whole(long revision, NodeInfo node, Subscriptions subscriptions) ->
              named("whole", revision)
                  .put("host", node.host())
                  .put("port", node.port())
                  .put("about", node.metadata())
                  .put("at", subscriptions.toJson());
          case Absent(long revision) -> named("absent", revision);
          case Change(long revision, Subscriptions added, Subscriptions dropped) ->
              named("change", revision)
                  .put("added", added.toJson())
                  .put("dropped", dropped.toJson());
          case Digest(long revision, long sum) -> named("digest", revision).put("sum", sum);
          case Known(long revision) -> named("known", revision);
          case Ask() -> new JsonObject().put("word", "ask");
        };
    return json.toBuffer().getBytes();
  }

  /**
   * The word in these bytes; nothing for one that only a newer version knows.
   *
   * @throws Invalid when they hold no word at all
   */
  static Optional<Word> of(byte[] bytes) {
    try {
      return of(new JsonObject(Buffer.buffer(bytes)));
    } catch (RuntimeException e) {
      throw new Invalid("bus", "not a word of the bus: " + e.getMessage(), "", e);
    }
  }

  private static Optional<Word> of(JsonObject json) {
    return switch (json.getString("word")) {
      case "whole" ->
          Optional.of(
              new Whole(
                  json.getLong("revision"),
                  new NodeInfo(
                      json.getString("host"), json.getInteger("port"), json.getJsonObject("about")),
                  Subscriptions.of(json.getJsonObject("at"))));
      case "absent" -> Optional.of(new Absent(json.getLong("revision")));
      case "change" ->
          Optional.of(
              new Change(
                  json.getLong("revision"),
                  Subscriptions.of(json.getJsonObject("added")),
                  Subscriptions.of(json.getJsonObject("dropped"))));
      case "digest" -> Optional.of(new Digest(json.getLong("revision"), json.getLong("sum")));
      case "known" -> Optional.of(new Known(json.getLong("revision")));
      case "ask" -> Optional.of(new Ask());
      default -> Optional.empty();
    };
  }

  private static JsonObject named(String word, long revision) {
    return new JsonObject().put("word", word).put("revision", revision);
  }
}
