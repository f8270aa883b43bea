package io.dockherd.doors.manifests.format;

import io.dockherd.apps.model.HealthCheck;
import io.dockherd.apps.model.PortSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How it is told whether a container is well: {@code {"test":["CMD","check"]}}, which the engine
 * runs in the container, or {@code {"http":"/health"}} or {@code {"tcp":true}}, which the node asks
 * a service; with {@code interval}, {@code timeout}, {@code retries} and {@code start_period} as
 * Docker has them.
 *
 * @param test in the engine's form; empty where the node asks
 * @param check what the node asks
 */
record HealthField(Optional<JsonObject> test, Optional<HealthCheck> check) {
  private static final List<String> KNOWN =
      List.of("test", "http", "tcp", "service", "interval", "timeout", "retries", "start_period");
  private static final int MOST_RETRIES = 1_000;

  /** The engine's own, where the manifest does not say. */
  private static final Duration USUAL = Duration.ofSeconds(30);

  private static final HealthField NOTHING = new HealthField(Optional.empty(), Optional.empty());

  /**
   * Reads it.
   *
   * @param ports what the container publishes
   */
  static HealthField read(Fields manifest, List<PortSpec> ports) {
    return manifest.fields("health", KNOWN).map(health -> of(health, ports)).orElse(NOTHING);
  }

  private static HealthField of(Fields health, List<PortSpec> ports) {
    boolean asksTcp = health.yesOrNo("tcp").orElse(false);
    long ways =
        List.of(health.has("test"), health.has("http"), asksTcp).stream()
            .filter(way -> way)
            .count();
    if (ways != 1) {
      throw health.wrong("test", "or http or tcp has to be there, and one of them only", "");
    }
    if (health.has("test")) {
      if (health.has("service")) {
        throw health.wrong("service", "is asked by http and tcp only", "leave it out");
      }
      return new HealthField(Optional.of(document(health)), Optional.empty());
    }
    int index = index(health, ports);
    HealthCheck.Probe probe =
        asksTcp
            ? new HealthCheck.Probe.Tcp(index, 0)
            : new HealthCheck.Probe.Http("http", path(health), index, 0, false);
    return new HealthField(
        Optional.empty(),
        Optional.of(
            new HealthCheck(
                probe,
                health.time("start_period").orElse(Duration.ZERO),
                positive(health, "interval"),
                positive(health, "timeout"),
                health.whole("retries", 1, MOST_RETRIES).orElse(3))));
  }

  private static Duration positive(Fields health, String name) {
    Duration time = health.time(name).orElse(USUAL);
    if (time.toMillis() < 1) {
      throw health.wrong(name, "has to be a millisecond at least", "");
    }
    return time;
  }

  private static String path(Fields health) {
    String path = health.text("http").orElseThrow();
    if (!path.matches("/[!-~]*")) {
      throw health.wrong("http", "has to be a path like /health, and is '" + path + "'", "");
    }
    return path;
  }

  private static int index(Fields health, List<PortSpec> ports) {
    Optional<String> service = health.text("service");
    for (int i = 0; i < ports.size(); i++) {
      if (service.isEmpty() || ports.get(i).name().equals(service.get())) {
        return i;
      }
    }
    throw health.wrong(
        service.isEmpty() ? "http" : "service",
        service
            .map(name -> "names '" + name + "', which is no service of this manifest")
            .orElse("or tcp needs a service to ask"),
        "");
  }

  private static JsonObject document(Fields health) {
    JsonArray test =
        health.any("test").orElseThrow() instanceof String line
            ? new JsonArray().add("CMD-SHELL").add(line)
            : new JsonArray(health.list("test", Fields.Member::word));
    if (test.isEmpty() || !List.of("NONE", "CMD", "CMD-SHELL").contains(test.getString(0))) {
      throw health.wrong("test", "has to begin with CMD, CMD-SHELL or NONE, or be a text", "");
    }
    JsonObject document = new JsonObject().put("Test", test);
    health.time("interval").ifPresent(time -> document.put("Interval", time.toNanos()));
    health.time("timeout").ifPresent(time -> document.put("Timeout", time.toNanos()));
    health.whole("retries", 1, MOST_RETRIES).ifPresent(times -> document.put("Retries", times));
    health.time("start_period").ifPresent(time -> document.put("StartPeriod", time.toNanos()));
    return document;
  }
}
