package io.dockherd.compose.loading;

import io.dockherd.compose.interpolation.EnvironmentFile;
import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.problems.Problems;
import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts in what a project means without saying so: names, the default network, env files. */
final class Completion {
  private static final List<String> RESOURCES =
      List.of("networks", "volumes", "configs", "secrets");

  private static final String DEFAULT = "default";

  private final Path folder;
  private final String project;
  private final Texts texts;
  private final Variables variables;
  private final Problems problems;

  Completion(Path folder, String project, Texts texts, Variables variables, Problems problems) {
    this.folder = folder;
    this.project = project;
    this.texts = texts;
    this.variables = variables;
    this.problems = problems;
  }

  YamlMap of(YamlMap tree) {
    YamlMap complete = tree.without("version");
    Map<String, YamlEntry> services = new LinkedHashMap<>();
    complete
        .map("services")
        .entries()
        .forEach(
            (name, entry) ->
                services.put(name, new YamlEntry(entry.keyAt(), service((YamlMap) entry.value()))));
    YamlMap at = complete.map("services");
    complete = complete.with("services", new YamlMap(at.at(), at.directive(), services));
    boolean usesDefault =
        services.values().stream()
            .anyMatch(
                entry -> ((YamlMap) entry.value()).map("networks").entries().containsKey(DEFAULT));
    if (usesDefault) {
      YamlMap networks = complete.map("networks");
      complete =
          complete.with("networks", networks.withDefault(DEFAULT, YamlMap.empty(networks.at())));
    }
    for (String kind : RESOURCES) {
      if (complete.get(kind).isPresent()) {
        complete = complete.with(kind, allNamed(kind, complete.map(kind)));
      }
    }
    return complete;
  }

  private YamlMap service(YamlMap written) {
    YamlScalar nothing = YamlScalar.nothing(written.at());
    YamlMap service =
        withEnvironment(written).withDefault("command", nothing).withDefault("entrypoint", nothing);
    if (service.get("build").isPresent()) {
      service = service.with("build", build(service.map("build")));
    }
    if (service.get("network_mode").isEmpty() && service.map("networks").entries().isEmpty()) {
      service = service.with("networks", YamlMap.empty(service.at()).with(DEFAULT, nothing));
    }
    return service;
  }

  private YamlMap build(YamlMap written) {
    YamlMap build =
        written.withDefault("context", YamlScalar.text(written.at(), folder.toString()));
    return build.text("dockerfile_inline").isPresent()
        ? build
        : build.withDefault("dockerfile", YamlScalar.text(build.at(), "Dockerfile"));
  }

  /** Env files in order, a later winning, and {@code environment} winning over all. */
  private YamlMap withEnvironment(YamlMap service) {
    if (service.get("env_file").isEmpty()) {
      return service;
    }
    Map<String, YamlEntry> environment = new LinkedHashMap<>();
    for (YamlNode item : service.list("env_file").items()) {
      if (item instanceof YamlMap file) {
        read(file)
            .values()
            .forEach(
                (name, value) ->
                    environment.put(
                        name,
                        new YamlEntry(
                            file.at(),
                            value
                                .<YamlNode>map(text -> YamlScalar.text(file.at(), text))
                                .orElseGet(() -> YamlScalar.nothing(file.at())))));
      }
    }
    environment.putAll(service.map("environment").entries());
    YamlMap at = service.map("environment");
    return service
        .without("env_file")
        .with("environment", new YamlMap(at.at(), at.directive(), environment));
  }

  private EnvironmentFile read(YamlMap file) {
    Path path = Path.of(file.text("path").orElse(""));
    Optional<String> text = texts.text(path);
    if (text.isEmpty()) {
      if (file.text("required").orElse("").equals("true")) {
        problems.add(
            file.at(),
            "there is no env file " + texts.shown(path),
            "make it, or set 'required: false'");
      }
      return new EnvironmentFile(Map.of());
    }
    return file.text("format").isPresent()
        ? EnvironmentFile.readRaw(texts.shown(path), text.get(), problems)
        : EnvironmentFile.read(texts.shown(path), text.get(), variables, problems);
  }

  private YamlMap allNamed(String kind, YamlMap resources) {
    Map<String, YamlEntry> named = new LinkedHashMap<>(resources.entries());
    named.replaceAll(
        (key, entry) ->
            key.startsWith("x-")
                ? entry
                : new YamlEntry(entry.keyAt(), completed(kind, key, resources.map(key))));
    return new YamlMap(resources.at(), resources.directive(), named);
  }

  private YamlMap completed(String kind, String key, YamlMap written) {
    YamlMap resource = named(key, written);
    boolean isExternal = resource.text("external").orElse("").equals("true");
    return kind.equals("networks") && !isExternal
        ? resource.withDefault("ipam", YamlMap.empty(resource.at()))
        : resource;
  }

  private YamlMap named(String key, YamlMap resource) {
    YamlMap named = resource;
    if (resource.get("external").orElse(null) instanceof YamlMap old) {
      // The old way to name an external one.
      named =
          named
              .with("external", YamlScalar.flag(old.at(), true))
              .withDefault("name", old.get("name").orElseThrow());
    }
    boolean isExternal = named.text("external").orElse("").equals("true");
    String name = isExternal ? key : project + "_" + key;
    return named.withDefault("name", YamlScalar.text(resource.at(), name));
  }
}
