package io.dockherd.doors.marathon.definition;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Brings an app to the newest form: {@code uris} become {@code fetch}, {@code ports} {@code
 * portDefinitions}, and what {@code container.docker} said of the network {@code networks} and
 * {@code container.portMappings}.
 *
 * <p>Answers have both forms, and many clients change what they got and send it back. So both may
 * be there: when they differ, the one that differs from what the app was is what was meant.
 */
final class ModernForm {
  private final JsonObject app;
  private final Optional<JsonObject> before;
  private final Violations wrong;

  private ModernForm(JsonObject app, Optional<JsonObject> before, Violations wrong) {
    this.app = app;
    this.before = before;
    this.wrong = wrong;
  }

  /** A copy in the newest form, with ports filled in; {@code before} is in that form. */
  static JsonObject of(JsonObject app, Optional<JsonObject> before, Violations wrong) {
    return new ModernForm(app.copy(), before, wrong).modern();
  }

  private JsonObject modern() {
    fetch();
    networks();
    JsonObject container = Parts.object(app, "container");
    JsonObject docker = Parts.object(container, "docker");
    if (docker.remove("portMappings") instanceof JsonArray old) {
      portMappings(container, old);
    }
    if (PortList.isOnHost(app)) {
      portDefinitions();
    } else {
      mappedPorts(container);
    }
    return app;
  }

  private void fetch() {
    if (!(app.remove("uris") instanceof JsonArray old)) {
      return;
    }
    JsonArray fetch = new JsonArray();
    old.forEach(uri -> fetch.add(new JsonObject().put("uri", uri)));
    boolean isOldMeant =
        !app.containsKey("fetch")
            || isOldMeant(
                app.getJsonArray("fetch"),
                old,
                ModernForm::uris,
                "fetch",
                "/uris",
                "may not be set in conjunction with fetch");
    if (isOldMeant) {
      app.put("fetch", fetch);
    }
  }

  static JsonArray uris(JsonObject app) {
    JsonArray uris = new JsonArray();
    Parts.objects(app, "fetch").forEach(fetch -> uris.add(fetch.getString("uri", "")));
    return uris;
  }

  private void networks() {
    JsonObject docker = Parts.object(Parts.object(app, "container"), "docker");
    if (!(docker.remove("network") instanceof String old)) {
      return;
    }
    JsonArray networks = new JsonArray().add(network(old));
    boolean isOldMeant =
        !app.containsKey("networks")
            || isOldMeant(
                app.getJsonArray("networks"),
                new JsonArray().add(old.toUpperCase(Locale.ROOT)),
                it -> new JsonArray().add(PortList.oldNetwork(it)),
                "networks",
                "/networks",
                "must not specify both container.docker.network and networks");
    if (isOldMeant) {
      app.put("networks", networks);
    }
  }

  private JsonObject network(String old) {
    return switch (old.toUpperCase(Locale.ROOT)) {
      case "HOST" -> new JsonObject().put("mode", "host");
      case "BRIDGE" -> new JsonObject().put("mode", "container/bridge");
      case "NONE" -> new JsonObject().put("mode", PortList.NONE);
      case "USER" -> new JsonObject().put("mode", "container");
      default -> {
        wrong.add(
            "/container/docker/network",
            "'" + old + "' is no network mode: BRIDGE, HOST, NONE or USER");
        yield new JsonObject().put("mode", "host");
      }
    };
  }

  private void portMappings(JsonObject container, JsonArray old) {
    boolean isOldMeant =
        !container.containsKey("portMappings")
            || isOldMeant(
                PortList.filledMappings(app, container.getJsonArray("portMappings")),
                PortList.filledMappings(app, old),
                it ->
                    PortList.filledMappings(
                        it,
                        Parts.object(it, "container")
                            .getJsonArray("portMappings", new JsonArray())),
                "container",
                "/container/portMappings",
                "must not specify both container.docker.portMappings and container.portMappings");
    if (isOldMeant) {
      container.put("portMappings", old);
    }
  }

  private void portDefinitions() {
    if (app.remove("ports") instanceof JsonArray old) {
      JsonArray definitions = new JsonArray();
      old.forEach(port -> definitions.add(new JsonObject().put("port", port)));
      boolean isOldMeant =
          !app.containsKey("portDefinitions")
              || isOldMeant(
                  app.getJsonArray("portDefinitions"),
                  old,
                  PortList::servicePorts,
                  "portDefinitions",
                  "/",
                  "cannot specify both ports and port definitions");
      if (isOldMeant) {
        app.put("portDefinitions", definitions);
      }
    }
    app.put(
        "portDefinitions",
        PortList.filledDefinitions(app.getJsonArray("portDefinitions", PortList.oneDefinition())));
  }

  private void mappedPorts(JsonObject container) {
    JsonArray old = app.remove("ports") instanceof JsonArray ports ? ports : new JsonArray();
    boolean isBridge = PortList.mode(app).equals(PortList.BRIDGE);
    if (!container.containsKey("portMappings") && isBridge) {
      JsonArray mappings = new JsonArray();
      old.forEach(port -> mappings.add(new JsonObject().put("servicePort", port)));
      container.put("portMappings", mappings.isEmpty() ? PortList.oneMapping() : mappings);
      app.put("container", container);
      old = new JsonArray();
    }
    if (container.containsKey("portMappings")) {
      container.put(
          "portMappings", PortList.filledMappings(app, container.getJsonArray("portMappings")));
    }
    boolean isStale = before.map(PortList::servicePorts).equals(Optional.of(old));
    if (!old.isEmpty() && !isStale && !old.equals(PortList.servicePorts(app))) {
      wrong.add("/ports", "service ports of mapped ports are written as portMappings' servicePort");
    }
  }

  /**
   * Which of two forms is meant. The new one where they agree.
   *
   * @param view the old form of an app's new one
   * @param field where the new one is
   */
  private boolean isOldMeant(
      JsonArray modern,
      JsonArray old,
      Function<JsonObject, JsonArray> view,
      String field,
      String path,
      String message) {
    JsonArray seen = view.apply(app);
    if (old.equals(seen) || old.isEmpty() || before.map(view).equals(Optional.of(old))) {
      return false;
    }
    boolean isUnchanged = before.map(view).equals(Optional.of(seen));
    if (!isUnchanged && !modern.isEmpty()) {
      wrong.add(path, message);
    }
    return isUnchanged || modern.isEmpty();
  }
}
