package io.dockherd.apps.model;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;

/**
 * Why an instance has failed. The last one of an app is kept as a record under {@code
 * app-failures/shop/web}.
 *
 * <pre>
 * {"path":"/shop/web","id":"3-k2x9qa0b","revision":"7-ab12cd34","node":"host-1","host":"10.213.0.1",
 *  "reason":"ended","message":"container web ended with code 3","container":"web","exitCode":3,
 *  "lastLines":["out of cheese"],"atMillis":1774000000000}</pre>
 *
 * @param message of at most 1,000 characters
 * @param container the pod's name for the container it is about; "" for none
 * @param exitCode of that container; −1 where there is none
 * @param lastLines the last lines it wrote, oldest first; at most 20 of at most 1,000 characters
 * @param atMillis since 1970 by the node's clock
 */
public record InstanceFailure(
    AppPath path,
    InstanceId id,
    RevisionId revision,
    String node,
    String host,
    Reason reason,
    String message,
    String container,
    int exitCode,
    List<String> lastLines,
    long atMillis) {
  private static final int MOST_LINES = 20;

  /** What kind of failure. */
  public enum Reason {
    /**
     * It could not be started: no image, no port, a document the engine refuses, a dead address.
     */
    NOT_STARTED,
    /** A container ended. */
    ENDED,
    /** A container took more memory than it may. */
    OUT_OF_MEMORY,
    /** A health check said so. */
    UNHEALTHY,
    /** It was not running in time. */
    TOO_LATE,
    /** Its node has gone. */
    LOST
  }

  /** Cuts the message and the lines. */
  public InstanceFailure {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(reason, "reason");
    message = JsonReading.cut(message);
    Objects.requireNonNull(container, "container");
    lastLines =
        lastLines.subList(Math.max(0, lastLines.size() - MOST_LINES), lastLines.size()).stream()
            .map(JsonReading::cut)
            .toList();
  }

  /** Reads what {@link #json} wrote. */
  public static InstanceFailure of(JsonObject json) {
    return JsonReading.read("failure of an instance", json, InstanceFailure::read);
  }

  private static InstanceFailure read(JsonObject json) {
    return new InstanceFailure(
        new AppPath(json.getString("path")),
        InstanceId.of(json.getString("id")),
        RevisionId.of(json.getString("revision")),
        json.getString("node", ""),
        json.getString("host", ""),
        JsonReading.choice(json, "reason", Reason.class, Reason.ENDED),
        json.getString("message", ""),
        json.getString("container", ""),
        json.getInteger("exitCode", -1),
        JsonReading.texts(json, "lastLines"),
        json.getLong("atMillis", 0L));
  }

  /** As it is kept. */
  public JsonObject json() {
    return new JsonObject()
        .put("path", path.value())
        .put("id", id.toString())
        .put("revision", revision.toString())
        .put("node", node)
        .put("host", host)
        .put("reason", JsonReading.word(reason))
        .put("message", message)
        .put("container", container)
        .put("exitCode", exitCode)
        .put("lastLines", new JsonArray(lastLines))
        .put("atMillis", atMillis);
  }
}
