package io.dockherd.compose.loading;

import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a service needs without saying so in {@code depends_on}: those it links to, takes volumes
 * from, or shares a namespace with.
 */
final class ImpliedDependencies {
  private static final String SERVICE = "service:";

  private ImpliedDependencies() {}

  /** The project with every such need written down. */
  static YamlMap added(YamlMap project) {
    YamlMap services = project.map("services");
    Map<String, YamlEntry> added = new LinkedHashMap<>();
    services
        .entries()
        .forEach(
            (name, entry) ->
                added.put(
                    name,
                    entry.value() instanceof YamlMap service
                        ? new YamlEntry(entry.keyAt(), added(service, services))
                        : entry));
    return services.entries().isEmpty()
        ? project
        : project.with("services", new YamlMap(services.at(), services.directive(), added));
  }

  private static YamlMap added(YamlMap service, YamlMap services) {
    Map<String, YamlEntry> needs = new LinkedHashMap<>();
    for (String key : List.of("network_mode", "pid", "ipc", "uts", "cgroup")) {
      Optional<String> mode = service.text(key).filter(text -> text.startsWith(SERVICE));
      if (mode.isPresent()) {
        // Its namespace dies with the owner's container.
        YamlNode at = service.get(key).orElseThrow();
        add(needs, mode.get().substring(SERVICE.length()), at, true);
      }
    }
    for (YamlNode link : service.list("links").items()) {
      add(needs, beforeColon(link), link, true);
    }
    for (YamlNode from : service.list("volumes_from").items()) {
      String name = beforeColon(from);
      boolean isService = services.entries().containsKey(name);
      if (isService || !name.equals("container")) {
        add(needs, name, from, false);
      }
    }
    if (needs.isEmpty()) {
      return service;
    }
    // What is said outright counts.
    YamlMap said = service.map("depends_on");
    needs.putAll(said.entries());
    return service.with("depends_on", new YamlMap(said.at(), said.directive(), needs));
  }

  private static String beforeColon(YamlNode node) {
    String text = ((YamlScalar) node).text();
    return text.contains(":") ? text.substring(0, text.indexOf(':')) : text;
  }

  private static void add(
      Map<String, YamlEntry> needs, String name, YamlNode at, boolean isRestarted) {
    YamlMap need =
        YamlMap.empty(at.at())
            .with("condition", YamlScalar.text(at.at(), "service_started"))
            .with("required", YamlScalar.flag(at.at(), true));
    YamlMap whole = isRestarted ? need.with("restart", YamlScalar.flag(at.at(), true)) : need;
    needs.putIfAbsent(name, new YamlEntry(at.at(), whole));
  }
}
