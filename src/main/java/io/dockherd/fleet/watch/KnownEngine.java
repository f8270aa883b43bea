package io.dockherd.fleet.watch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a node tells of its engine.
 *
 * <pre>
 * {"reachable":true,"reason":"","id":"ABCD:…","name":"host-1","serverVersion":"20.10.24",
 *  "apiVersion":"1.41","cpus":4,"memoryBytes":8323072000,"operatingSystem":"Debian GNU/Linux 12",
 *  "osType":"linux","architecture":"x86_64","kernel":"6.1.0","driver":"overlay2","labels":{"zone":"a"},
 *  "info":{"MemoryLimit":true,…,"Plugins":{…},"Runtimes":{…},"Warnings":[…]}}
 * </pre>
 *
 * <p>While the engine is not reachable, {@code reason} says why, {@code goneMillis} since when
 * (since 1970), and the rest is what was known last.
 *
 * @param json all of it
 */
public record KnownEngine(JsonObject json) {
  /** What else of {@code /info} is kept as it is, beside everything that is true or false. */
  private static final Set<String> KEPT =
      Set.of(
          "CgroupDriver",
          "CgroupVersion",
          "DefaultRuntime",
          "IndexServerAddress",
          "InitBinary",
          "LoggingDriver",
          "Plugins",
          "Runtimes",
          "SecurityOptions",
          "Warnings");

  public KnownEngine {
    Objects.requireNonNull(json, "json");
  }

  /** An engine of which nothing is known yet. */
  static KnownEngine unknown() {
    return new KnownEngine(new JsonObject());
  }

  /**
   * A reachable one.
   *
   * @param info its answer to {@code /info}
   */
  static KnownEngine of(JsonObject info, String apiVersion) {
    return new KnownEngine(
        new JsonObject()
            .put("reachable", true)
            .put("reason", "")
            .put("id", info.getString("ID", ""))
            .put("name", info.getString("Name", ""))
            .put("serverVersion", info.getString("ServerVersion", ""))
            .put("apiVersion", apiVersion)
            .put("cpus", info.getInteger("NCPU", 0))
            .put("memoryBytes", info.getLong("MemTotal", 0L))
            .put("operatingSystem", info.getString("OperatingSystem", ""))
            .put("osType", info.getString("OSType", ""))
            .put("architecture", info.getString("Architecture", ""))
            .put("kernel", info.getString("KernelVersion", ""))
            .put("driver", info.getString("Driver", ""))
            .put("labels", labels(info.getJsonArray("Labels")))
            .put("info", kept(info)));
  }

  /** The same engine, out of reach. */
  KnownEngine unreachable(String reason, Instant now) {
    JsonObject gone = json.copy().put("reachable", false).put("reason", reason);
    return new KnownEngine(isReachable() ? gone.put("goneMillis", now.toEpochMilli()) : gone);
  }

  /** Whether it answers its node. */
  public boolean isReachable() {
    return json.getBoolean("reachable", false);
  }

  /** Why it does not; "" when it does. */
  public String reason() {
    return json.getString("reason", "");
  }

  /** When it was last known to answer, now being that moment. */
  public Instant lastContact(Instant now) {
    return isReachable() ? now : Instant.ofEpochMilli(json.getLong("goneMillis", 0L));
  }

  /** What it says of itself in {@code /info}, as far as it is kept. */
  public JsonObject info() {
    return json.getJsonObject("info", new JsonObject());
  }

  /** How many CPUs it may use. */
  public int cpus() {
    return json.getInteger("cpus", 0);
  }

  /** The host's memory. */
  public long memoryBytes() {
    return json.getLong("memoryBytes", 0L);
  }

  /** The daemon's own labels. */
  public Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    json.getJsonObject("labels", new JsonObject())
        .forEach(label -> labels.put(label.getKey(), String.valueOf(label.getValue())));
    return labels;
  }

  private static JsonObject kept(JsonObject info) {
    JsonObject kept = new JsonObject();
    for (Map.Entry<String, Object> field : info) {
      if (field.getValue() instanceof Boolean || KEPT.contains(field.getKey())) {
        kept.put(field.getKey(), field.getValue());
      }
    }
    return kept;
  }

  private static JsonObject labels(JsonArray pairs) {
    JsonObject labels = new JsonObject();
    if (pairs != null) {
      for (Object pair : pairs) {
        String[] parts = String.valueOf(pair).split("=", 2);
        labels.put(parts[0], parts.length == 2 ? parts[1] : "");
      }
    }
    return labels;
  }
}
