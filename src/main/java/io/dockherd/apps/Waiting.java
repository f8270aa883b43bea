package io.dockherd.apps;

import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Why instances of an app are not started just now: a fact of the kind {@link #FACT} told by the
 * app's steward, by the app's path.
 *
 * <pre>
 * {"count":2,"sinceMillis":…,"untilMillis":0,"reason":"no node can take …","nodes":{"host-1":"has 0 of 2 CPUs free"}}
 * </pre>
 *
 * @param count how many wait
 * @param since from when on
 * @param until when it is tried again after a failure; {@link Instant#EPOCH} when it waits for
 *     something else
 * @param reason in words
 * @param nodes node → why it can't take one
 */
public record Waiting(
    int count, Instant since, Instant until, String reason, Map<String, String> nodes) {
  /** The kind of fact. */
  public static final String FACT = "app-waiting";

  public Waiting {
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(until, "until");
    Objects.requireNonNull(reason, "reason");
    nodes = Map.copyOf(nodes);
  }

  /** The same, from then on. */
  public Waiting since(Instant first) {
    return new Waiting(count, first, until, reason, nodes);
  }

  /** Reads what {@link #json} wrote. */
  public static Waiting of(JsonObject json) {
    try {
      Map<String, String> nodes = new LinkedHashMap<>();
      json.getJsonObject("nodes", new JsonObject())
          .forEach(node -> nodes.put(node.getKey(), (String) node.getValue()));
      return new Waiting(
          json.getInteger("count", 0),
          Instant.ofEpochMilli(json.getLong("sinceMillis", 0L)),
          Instant.ofEpochMilli(json.getLong("untilMillis", 0L)),
          json.getString("reason", ""),
          nodes);
    } catch (ClassCastException e) {
      throw new Invalid("waiting", "this says of no app why it waits: " + e.getMessage(), "", e);
    }
  }

  /** As it is told. */
  public JsonObject json() {
    JsonObject reasons = new JsonObject();
    nodes.forEach(reasons::put);
    return new JsonObject()
        .put("count", count)
        .put("sinceMillis", since.toEpochMilli())
        .put("untilMillis", until.toEpochMilli())
        .put("reason", reason)
        .put("nodes", reasons);
  }
}
