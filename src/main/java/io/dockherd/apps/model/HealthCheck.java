package io.dockherd.apps.model;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a node asks an instance of its own whether it is well. A container's own health check, in its
 * document or image, counts besides and needs none of these.
 *
 * <pre>
 * {"probe":{"kind":"http","scheme":"http","path":"/","portIndex":0,"port":0,"ignores1xx":false},
 *  "graceMillis":300000,"intervalMillis":60000,"timeoutMillis":20000,"failures":3}
 * {"probe":{"kind":"tcp","portIndex":0,"port":0}, …}
 * {"probe":{"kind":"command","container":"web","command":["sh","-c","…"]}, …}</pre>
 *
 * @param grace failures are no failures until the first success or until this is over
 * @param failures so many in a row, and the instance is replaced; 0: it is only told
 */
public record HealthCheck(
    Probe probe, Duration grace, Duration interval, Duration timeout, int failures) {
  /** What is asked. */
  public sealed interface Probe {
    /**
     * A GET that is answered with 200 to 399.
     *
     * @param portIndex which of the pod's published ports; −1 where {@code port} says it
     * @param port on the host; 0 where {@code portIndex} says it
     */
    record Http(String scheme, String path, int portIndex, int port, boolean ignores1xx)
        implements Probe {
      public Http {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(path, "path");
        requirePort(portIndex, port);
      }
    }

    /** A connection that is accepted. */
    record Tcp(int portIndex, int port) implements Probe {
      public Tcp {
        requirePort(portIndex, port);
      }
    }

    private static void requirePort(int index, int port) {
      if (index < -1 || port < 0 || port > 65535) {
        throw new IllegalArgumentException(
            "a health check asks at no such port: " + port + ", index " + index);
      }
    }

    /** A command in a container that ends with 0; "" for the first container. */
    record Command(String container, List<String> command) implements Probe {
      public Command {
        command = List.copyOf(command);
      }
    }
  }

  public HealthCheck {
    Objects.requireNonNull(probe, "probe");
    Objects.requireNonNull(grace, "grace");
    Objects.requireNonNull(interval, "interval");
    Objects.requireNonNull(timeout, "timeout");
    if (failures < 0 || interval.toMillis() < 1 || timeout.toMillis() < 1) {
      throw new IllegalArgumentException("a health check has an interval and a timeout");
    }
  }

  static HealthCheck of(JsonObject json) {
    return new HealthCheck(
        probe(JsonReading.object(json, "probe")),
        JsonReading.millis(json, "graceMillis", Duration.ofMinutes(5)),
        JsonReading.millis(json, "intervalMillis", Duration.ofMinutes(1)),
        JsonReading.millis(json, "timeoutMillis", Duration.ofSeconds(20)),
        json.getInteger("failures", 3));
  }

  private static Probe probe(JsonObject json) {
    int index = json.getInteger("portIndex", -1);
    int port = json.getInteger("port", 0);
    return switch (json.getString("kind", "")) {
      case "http" ->
          new Probe.Http(
              json.getString("scheme", "http"),
              json.getString("path", "/"),
              index,
              port,
              json.getBoolean("ignores1xx", false));
      case "tcp" -> new Probe.Tcp(index, port);
      case "command" ->
          new Probe.Command(json.getString("container", ""), JsonReading.texts(json, "command"));
      default -> throw new IllegalArgumentException("no such probe: " + json.getString("kind", ""));
    };
  }

  JsonObject json() {
    return new JsonObject()
        .put("probe", json(probe))
        .put("graceMillis", grace.toMillis())
        .put("intervalMillis", interval.toMillis())
        .put("timeoutMillis", timeout.toMillis())
        .put("failures", failures);
  }

  private static JsonObject json(Probe probe) {
    return switch (probe) {
      case Probe.Http http ->
          new JsonObject()
              .put("kind", "http")
              .put("scheme", http.scheme())
              .put("path", http.path())
              .put("portIndex", http.portIndex())
              .put("port", http.port())
              .put("ignores1xx", http.ignores1xx());
      case Probe.Tcp tcp ->
          new JsonObject()
              .put("kind", "tcp")
              .put("portIndex", tcp.portIndex())
              .put("port", tcp.port());
      case Probe.Command command ->
          new JsonObject()
              .put("kind", "command")
              .put("container", command.container())
              .put("command", new JsonArray(command.command()));
    };
  }
}
