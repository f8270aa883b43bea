package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;

/** Fills in what an app in the newest form does not say, in the order answers have it. */
final class Defaults {
  private static final Set<String> WITH_PATH = Set.of("HTTP", "HTTPS", "MESOS_HTTP", "MESOS_HTTPS");

  private static final JsonObject DEFAULTS =
      new JsonObject(
          """
          {"executor":"","env":{},"labels":{},"cpus":1,"mem":128,"disk":0,"gpus":0,"constraints":[],"fetch":[],
           "storeUrls":[],"requirePorts":false,"healthChecks":[],"readinessChecks":[],"dependencies":[],
           "backoffSeconds":1,"backoffFactor":1.15,"maxLaunchDelaySeconds":300,
           "killSelection":"YOUNGEST_FIRST"}
          """);

  private static final JsonObject FETCH =
      new JsonObject("{\"uri\":\"\",\"extract\":true,\"executable\":false,\"cache\":false}");

  private static final JsonObject CHECK =
      new JsonObject(
          """
          {"gracePeriodSeconds":300,"intervalSeconds":60,"timeoutSeconds":20,"maxConsecutiveFailures":3,
           "delaySeconds":15,"ignoreHttp1xx":false}
          """);

  private Defaults() {}

  /** A filled copy; ports have been filled in before. */
  static JsonObject fill(JsonObject app) {
    JsonObject full = new JsonObject();
    for (String first : new String[] {"id", "cmd", "args", "user"}) {
      if (app.containsKey(first)) {
        full.put(first, app.getValue(first));
      }
    }
    full.mergeIn(DEFAULTS.copy()).mergeIn(app);
    if (!app.containsKey("networks") || app.getJsonArray("networks").isEmpty()) {
      full.put("networks", new JsonArray().add(new JsonObject().put("mode", "host")));
    }
    full.put("upgradeStrategy", Parts.filled(Parts.object(app, "upgradeStrategy"), strategy(full)));
    if (!(app.getValue("unreachableStrategy") instanceof String)) {
      full.put(
          "unreachableStrategy",
          Parts.filled(
              Parts.object(app, "unreachableStrategy"),
              new JsonObject().put("inactiveAfterSeconds", 0).put("expungeAfterSeconds", 0)));
    }
    full.put("fetch", Parts.each(full.getJsonArray("fetch"), each -> Parts.filled(each, FETCH)));
    full.put("healthChecks", Parts.each(full.getJsonArray("healthChecks"), Defaults::check));
    if (app.containsKey("container")) {
      full.put("container", container(app.getJsonObject("container")));
    }
    return full;
  }

  /** Two instances of an app that is to have one must not even overlap. */
  private static JsonObject strategy(JsonObject app) {
    int part = AppRules.isSingleInstance(app) ? 0 : 1;
    return new JsonObject().put("minimumHealthCapacity", part).put("maximumOverCapacity", part);
  }

  private static JsonObject check(JsonObject check) {
    String unsaid = check.containsKey("command") ? "COMMAND" : "HTTP";
    String protocol = check.getString("protocol", unsaid).toUpperCase(Locale.ROOT);
    JsonObject defaults = new JsonObject().put("protocol", protocol);
    if (WITH_PATH.contains(protocol)) {
      defaults.put("path", "/");
    }
    if (!protocol.equals("COMMAND") && !check.containsKey("port")) {
      defaults.put("portIndex", 0);
    }
    return Parts.filled(check, defaults.mergeIn(CHECK)).put("protocol", protocol);
  }

  private static JsonObject container(JsonObject container) {
    JsonObject full =
        Parts.filled(
            container, new JsonObject().put("type", "DOCKER").put("volumes", new JsonArray()));
    if (container.containsKey("docker")) {
      JsonObject docker =
          new JsonObject()
              .put("privileged", false)
              .put("parameters", new JsonArray())
              .put("forcePullImage", false);
      full.put("docker", Parts.filled(container.getJsonObject("docker"), docker));
    }
    full.put(
        "volumes",
        Parts.each(
            full.getJsonArray("volumes"),
            each -> Parts.filled(each, new JsonObject().put("mode", "RW"))));
    return full;
  }
}
