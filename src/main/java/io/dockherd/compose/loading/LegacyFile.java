package io.dockherd.compose.loading;

import io.dockherd.compose.problems.Problems;
import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of the first form, where services stand outermost, as files of today:
 *
 * <pre>
 * base:                          services:
 *   image: busybox                 base: {image: busybox}
 * web:                       →     web:
 *   build: .                         build: .
 *   net: "container:base"            network_mode: service:base
 * </pre>
 */
final class LegacyFile {
  private static final Set<String> MODERN = Set.of("services", "version", "name", "include");
  private static final Pattern NAMED_VOLUME = Pattern.compile("([a-zA-Z0-9][a-zA-Z0-9_.-]+):/.*");
  private static final String CONTAINER = "container:";

  private LegacyFile() {}

  /** The file in today's form; unchanged if it is. */
  static YamlMap modern(YamlMap file, Problems problems) {
    if (!isLegacy(file)) {
      return file;
    }
    problems.warn(
        "legacy " + file.at().file(),
        file.at(),
        "the file has the first form of Compose files, read as if its services stood under"
            + " 'services'",
        "put 'services:' above them");
    Map<String, YamlEntry> services = new LinkedHashMap<>();
    Map<String, YamlEntry> volumes = new LinkedHashMap<>();
    file.entries()
        .forEach(
            (name, entry) -> {
              YamlMap service = (YamlMap) entry.value();
              namedVolumes(service, volumes);
              services.put(name, new YamlEntry(entry.keyAt(), service(service, file)));
            });
    YamlMap empty = YamlMap.empty(file.at());
    YamlMap modern = empty.with("services", new YamlMap(file.at(), file.directive(), services));
    return volumes.isEmpty()
        ? modern
        : modern.with("volumes", new YamlMap(file.at(), file.directive(), volumes));
  }

  private static boolean isLegacy(YamlMap file) {
    return file.entries().keySet().stream().noneMatch(MODERN::contains)
        && file.entries().values().stream().allMatch(entry -> entry.value() instanceof YamlMap)
        && file.entries().values().stream()
            .map(entry -> (YamlMap) entry.value())
            .anyMatch(map -> map.text("image").isPresent() || map.text("build").isPresent());
  }

  private static YamlMap service(YamlMap old, YamlMap file) {
    YamlMap service = renamed(old, "net", "network_mode");
    Optional<String> owner =
        service
            .text("network_mode")
            .filter(mode -> mode.startsWith(CONTAINER))
            .flatMap(mode -> serviceOf(mode.substring(CONTAINER.length()), file));
    if (owner.isPresent()) {
      YamlNode mode = service.get("network_mode").orElseThrow();
      service = service.with("network_mode", YamlScalar.text(mode.at(), "service:" + owner.get()));
    }
    return logging(build(service));
  }

  /** A container may be named by its service or by its own name. */
  private static Optional<String> serviceOf(String container, YamlMap file) {
    return file.entries().containsKey(container)
        ? Optional.of(container)
        : file.entries().keySet().stream()
            .filter(name -> file.map(name).text("container_name").equals(Optional.of(container)))
            .findFirst();
  }

  private static YamlMap build(YamlMap service) {
    Optional<YamlNode> dockerfile = service.get("dockerfile");
    if (dockerfile.isEmpty() || service.get("build").isEmpty()) {
      return service;
    }
    YamlNode context = service.get("build").get();
    YamlMap build =
        YamlMap.empty(context.at()).with("context", context).with("dockerfile", dockerfile.get());
    return service.without("dockerfile").with("build", build);
  }

  private static YamlMap logging(YamlMap service) {
    Optional<YamlNode> driver = service.get("log_driver");
    Optional<YamlNode> options = service.get("log_opt");
    if (driver.isEmpty() && options.isEmpty()) {
      return service;
    }
    YamlMap logging = YamlMap.empty(driver.or(() -> options).orElseThrow().at());
    logging = driver.isPresent() ? logging.with("driver", driver.get()) : logging;
    logging = options.isPresent() ? logging.with("options", options.get()) : logging;
    return service.without("log_driver").without("log_opt").with("logging", logging);
  }

  private static YamlMap renamed(YamlMap service, String from, String to) {
    Optional<YamlNode> value = service.get(from);
    return value.isEmpty() ? service : service.without(from).with(to, value.get());
  }

  /** They were not declared then, and belonged to no project. */
  private static void namedVolumes(YamlMap service, Map<String, YamlEntry> volumes) {
    for (YamlNode item : service.list("volumes").items()) {
      Matcher named = NAMED_VOLUME.matcher(item instanceof YamlScalar scalar ? scalar.text() : "");
      if (named.matches()) {
        String name = named.group(1);
        volumes.put(
            name,
            new YamlEntry(
                item.at(),
                YamlMap.empty(item.at()).with("name", YamlScalar.text(item.at(), name))));
      }
    }
  }
}
