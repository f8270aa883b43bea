package io.dockherd.doors.marathon;

import io.dockherd.doors.Answer;
import io.dockherd.doors.Reply;
import io.dockherd.doors.marathon.answers.Metrics;
import io.dockherd.doors.marathon.answers.ShownDeployment;
import io.dockherd.herd.members.Member;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/**
 * The herd itself. Where Marathon has one leader here every node answers for all, so each says that
 * it is the one: whoever looks for the leader has found it.
 */
record SystemEndpoints(Marathon marathon) {
  /** The API this door keeps to. */
  private static final String API_VERSION = "1.11.24";

  List<Route> routes() {
    return List.of(
        Route.read("GET", "/ping", "system.ping", this::ping),
        Route.read("GET", "/metrics", "system.metrics", this::metrics),
        Route.read("GET", "/metrics/prometheus", "system.metrics", this::prometheus),
        Route.read("GET", "/v2/info", "system.info", this::info),
        Route.read("GET", "/v2/leader", "system.info", this::leader),
        Route.change("DELETE", "/v2/leader", "system.abdicate", this::abdicate));
  }

  private Reply ping(MarathonCall call) {
    boolean saysWhat = call.open().headers().contains("Accept");
    if (!saysWhat || call.accepts("text/plain") || call.accepts("*/*")) {
      return Replies.text("pong");
    }
    return call.accepts("application/json")
        ? new Reply.Whole(Answer.json(200, Buffer.buffer("\"pong\"")))
        : Replies.empty(204);
  }

  private Reply metrics(MarathonCall call) {
    return Replies.json(metrics().json());
  }

  private Reply prometheus(MarathonCall call) {
    Buffer text = Buffer.buffer(metrics().prometheus());
    return new Reply.Whole(
        new Answer(200, "text/plain; version=0.0.4; charset=utf-8", text, Map.of()));
  }

  private Metrics metrics() {
    return Metrics.of(
        marathon.under("/"),
        ShownDeployment.of(marathon.apps().changing()).size(),
        ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  private Reply info(MarathonCall call) {
    Member self = marathon.members().self();
    return Replies.json(
        new JsonObject()
            .put("name", "marathon")
            .put("version", API_VERSION)
            .put("buildref", "dockherd-" + self.version())
            .put("elected", true)
            .put("leader", address())
            .put("frameworkId", marathon.herd())
            .put(
                "marathon_config",
                new JsonObject()
                    .put("framework_name", marathon.herd())
                    .put("hostname", self.address())
                    .put("ha", true)
                    .put("checkpoint", true)
                    .put("local_port_min", 10_000)
                    .put("local_port_max", 20_000))
            .put("zookeeper_config", new JsonObject())
            .put("http_config", new JsonObject().put("http_port", marathon.port())));
  }

  private Reply leader(MarathonCall call) {
    return Replies.json(new JsonObject().put("leader", address()));
  }

  private String address() {
    return marathon.members().self().address() + ":" + marathon.port();
  }

  private Reply abdicate(MarathonCall call) {
    throw MarathonError.of(
        409, "there is no leadership to abdicate: every node of a herd answers for all");
  }
}
