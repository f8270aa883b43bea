package io.dockherd.apps.compose;

import io.dockherd.compose.model.HealthCheck;
import io.dockherd.compose.model.Process;
import io.dockherd.compose.model.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What runs in a container, in an engine's words: the outermost keys of the create document. */
final class ProcessPart {
  private ProcessPart() {}

  static void write(Service service, Map<String, String> environment, Entries document) {
    Process process = service.process();
    document.put("Image", service.image());
    process.command().filter(words -> !words.isEmpty()).ifPresent(put(document, "Cmd"));
    // As the docker command says it: one empty word clears the image's.
    process
        .entrypoint()
        .map(words -> words.isEmpty() ? List.of("") : words)
        .ifPresent(put(document, "Entrypoint"));
    document
        .items("Env", environment(environment))
        .text("WorkingDir", process.workingDirectory())
        .text("User", process.user())
        .flag("Tty", process.hasTerminal())
        .flag("OpenStdin", process.keepsInputOpen())
        .text("StopSignal", process.stopSignal());
    process
        .stopGracePeriod()
        .ifPresent(time -> document.put("StopTimeout", (time.toMillis() + 999) / 1000));
    service.healthCheck().ifPresent(health -> document.put("Healthcheck", healthCheck(health)));
  }

  private static Consumer<List<String>> put(Entries document, String key) {
    return words -> document.put(key, new JsonArray(words));
  }

  private static JsonArray environment(Map<String, String> environment) {
    JsonArray lines = new JsonArray();
    environment.forEach((name, value) -> lines.add(name + "=" + value));
    return lines;
  }

  private static JsonObject healthCheck(HealthCheck health) {
    Entries check = new Entries();
    if (health.isDisabled()) {
      return check.put("Test", new JsonArray().add("NONE")).json();
    }
    check.texts("Test", health.test());
    nanos(check, "Interval", health.interval());
    nanos(check, "Timeout", health.timeout());
    nanos(check, "StartPeriod", health.startPeriod());
    nanos(check, "StartInterval", health.startInterval());
    return check.whole("Retries", health.retries()).json();
  }

  private static void nanos(Entries check, String key, Optional<Duration> time) {
    time.ifPresent(said -> check.put(key, said.toNanos()));
  }
}
