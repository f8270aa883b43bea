package io.dockherd.apps.model;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What a node says of an instance it looks after: a fact of the kind {@link #FACT}, whose id is
 * {@link #factId}.
 *
 * <pre>
 * {"path":"/shop/web","id":"3-k2x9qa0b","revision":"7-ab12cd34","phase":"running","healthy":true,
 *  "host":"10.213.0.1","stagedMillis":…,"startedMillis":…,"wellMillis":…,"wellForMillis":8000,
 *  "ports":[31000,31001],"containers":{"web":"4f1…"},"restarts":0,"checks":[{…}],"message":"","failure":{…}}
 * </pre>
 *
 * @param node who says so
 * @param isHealthy whether every check there is says so; without any, whether it runs
 * @param host the address others reach the node by
 * @param stagedMillis when the node took it on, since 1970 by its clock
 * @param startedMillis when all its containers had been started; 0 before
 * @param wellMillis since when it has been healthy without a break, by its node's clock; 0 when it
 *     is not
 * @param wellForMillis for how long it had been so when that was told, measured by the node:
 *     nobody's clock decides whether it is to be trusted. Told anew whenever it has doubled
 * @param ports on the host, in the order of {@link PodSpec#ports}; empty until they are chosen
 * @param containers the pod's names for them → engine's id, of those that are made
 * @param restarts of its containers in place, all together
 * @param message what it is doing or waiting for, in words; "" when there is nothing to say; at
 *     most 1,000 characters
 * @param failure why it has failed
 */
public record Instance(
    AppPath path,
    InstanceId id,
    RevisionId revision,
    String node,
    Phase phase,
    boolean isHealthy,
    String host,
    long stagedMillis,
    long startedMillis,
    long wellMillis,
    long wellForMillis,
    List<Integer> ports,
    Map<String, String> containers,
    int restarts,
    List<CheckResult> checks,
    String message,
    Optional<InstanceFailure> failure) {
  /** The kind of fact. */
  public static final String FACT = "instance";

  /** Where an instance is on its way. */
  public enum Phase {
    /** Taken on: fetching what it needs. */
    STAGING,
    /** Containers are being made and started, or wait for each other. */
    STARTING,
    /** All of them have been started. */
    RUNNING,
    /** Told to stop; gets no new work. */
    STOPPING,
    /** Ended, not as it should; told until the steward has taken note. */
    FAILED,
    /** Ended as a job should; told until the steward has taken note. */
    FINISHED;

    /** Whether it is, or is about to be, at work. */
    public boolean isLive() {
      return this == STAGING || this == STARTING || this == RUNNING;
    }
  }

  public Instance {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(host, "host");
    ports = List.copyOf(ports);
    containers = JsonReading.copy(containers);
    checks = List.copyOf(checks);
    message = JsonReading.cut(message);
    Objects.requireNonNull(failure, "failure");
  }

  /** The id of its fact: {@code /shop/web#3-k2x9qa0b}. */
  public static String factId(AppPath path, InstanceId id) {
    return path + "#" + id;
  }

  /**
   * What Marathon calls a task: {@code shop_web.6f1f1d5e-…}, the segments joined and a UUID made of
   * the instance's path and id. The same on every node.
   */
  public static String taskId(AppPath path, InstanceId id) {
    byte[] name = factId(path, id).getBytes(StandardCharsets.UTF_8);
    return String.join("_", path.segments()) + "." + UUID.nameUUIDFromBytes(name);
  }

  /** The same, well since another moment. */
  public Instance wellSince(long millis) {
    return new Instance(
        path,
        id,
        revision,
        node,
        phase,
        isHealthy,
        host,
        stagedMillis,
        startedMillis,
        millis,
        wellForMillis,
        ports,
        containers,
        restarts,
        checks,
        message,
        failure);
  }

  /** The same for this one. */
  public String taskId() {
    return taskId(path, id);
  }

  /**
   * Reads a fact's value.
   *
   * @param node the fact's owner
   */
  public static Instance of(String node, JsonObject json) {
    return JsonReading.read("instance", json, it -> read(node, it));
  }

  private static Instance read(String node, JsonObject json) {
    Map<String, String> containers = new LinkedHashMap<>(JsonReading.textMap(json, "containers"));
    return new Instance(
        new AppPath(json.getString("path")),
        InstanceId.of(json.getString("id")),
        RevisionId.of(json.getString("revision")),
        node,
        JsonReading.choice(json, "phase", Phase.class, Phase.STAGING),
        json.getBoolean("healthy", false),
        json.getString("host", ""),
        json.getLong("stagedMillis", 0L),
        json.getLong("startedMillis", 0L),
        json.getLong("wellMillis", 0L),
        json.getLong("wellForMillis", 0L),
        json.getJsonArray("ports", new JsonArray()).stream()
            .map(port -> ((Number) port).intValue())
            .toList(),
        containers,
        json.getInteger("restarts", 0),
        JsonReading.objects(json, "checks", CheckResult::of),
        json.getString("message", ""),
        Optional.ofNullable(json.getJsonObject("failure")).map(InstanceFailure::of));
  }

  /** As it is told; the node is the fact's owner. */
  public JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("path", path.value())
            .put("id", id.toString())
            .put("revision", revision.toString())
            .put("phase", JsonReading.word(phase))
            .put("healthy", isHealthy)
            .put("host", host)
            .put("stagedMillis", stagedMillis)
            .put("startedMillis", startedMillis)
            .put("wellMillis", wellMillis)
            .put("wellForMillis", wellForMillis)
            .put("ports", new JsonArray(ports))
            .put("containers", JsonReading.json(containers))
            .put("restarts", restarts)
            .put("checks", JsonReading.json(checks, CheckResult::json))
            .put("message", message);
    failure.ifPresent(why -> json.put("failure", why.json()));
    return json;
  }
}
