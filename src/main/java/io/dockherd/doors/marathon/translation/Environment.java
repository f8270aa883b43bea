package io.dockherd.doors.marathon.translation;

import io.dockherd.doors.marathon.definition.Parts;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The variables each task gets. What the app sets itself wins over all.
 *
 * @param known beforehand
 * @param late those whose values, in braces, are known when an instance starts
 */
record Environment(Map<String, String> known, Map<String, String> late) {
  /** Where a container has what was fetched for it. */
  static final String SANDBOX = "/mnt/mesos/sandbox";

  private static final int LONGEST_LABEL = 512;

  Environment {
    known = Collections.unmodifiableMap(new LinkedHashMap<>(known));
    late = Collections.unmodifiableMap(new LinkedHashMap<>(late));
  }

  static Environment of(JsonObject app, Ports ports) {
    Map<String, String> own = Parts.textMap(app, "env");
    Map<String, String> known = new LinkedHashMap<>(described(app));
    Map<String, String> late = new LinkedHashMap<>();
    late.put("MARATHON_APP_VERSION", "{version}");
    late.put("MESOS_TASK_ID", "{task}");
    late.put("HOST", "{host}");
    numbered(ports).forEach((name, port) -> (isLate(port) ? late : known).put(name, port));
    known.putAll(own);
    late.keySet().removeAll(own.keySet());
    return new Environment(known, late);
  }

  private static boolean isLate(String value) {
    return value.contains("{");
  }

  private static Map<String, String> described(JsonObject app) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("MARATHON_APP_ID", app.getString("id"));
    JsonObject docker = Parts.object(Parts.object(app, "container"), "docker");
    if (docker.containsKey("image")) {
      all.put("MARATHON_APP_DOCKER_IMAGE", docker.getString("image"));
      if (!Parts.objects(app, "fetch").isEmpty()) {
        all.put("MESOS_SANDBOX", SANDBOX);
      }
    }
    for (String resource : List.of("cpus", "mem", "disk")) {
      all.put(
          "MARATHON_APP_RESOURCE_" + resource.toUpperCase(Locale.ROOT),
          String.valueOf(app.getDouble(resource)));
    }
    all.put("MARATHON_APP_RESOURCE_GPUS", String.valueOf(app.getInteger("gpus")));
    Map<String, String> labels = Parts.textMap(app, "labels");
    all.put(
        "MARATHON_APP_LABELS",
        labels.keySet().stream().map(Environment::variable).collect(Collectors.joining(" ")));
    labels.forEach(
        (name, value) -> {
          if (value.length() < LONGEST_LABEL) {
            all.put("MARATHON_APP_LABEL_" + variable(name), value);
          }
        });
    return all;
  }

  private static String variable(String name) {
    return name.replaceAll("[^A-Za-z0-9_]", "_").toUpperCase(Locale.ROOT);
  }

  private static Map<String, String> numbered(Ports ports) {
    Map<String, String> all = new LinkedHashMap<>();
    List<Ports.Entry> entries = ports.entries();
    for (int i = 0; i < entries.size(); i++) {
      Ports.Entry port = entries.get(i);
      if (i == 0) {
        all.put("PORT", port.value());
      }
      all.put("PORT" + i, port.value());
      if (port.requested() > 0) {
        all.put("PORT_" + port.requested(), port.value());
      }
      if (!port.name().isEmpty()) {
        all.put("PORT_" + variable(port.name()), port.value());
      }
    }
    if (!entries.isEmpty()) {
      all.put("PORTS", entries.stream().map(Ports.Entry::value).collect(Collectors.joining(",")));
    }
    return all;
  }
}
