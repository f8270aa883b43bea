package io.dockherd.compose.loading;

import io.dockherd.compose.problems.Problems;
import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlList;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether the parts of a finished project fit each other. */
final class Consistency {
  /** A key of a service and the one that says the same within {@code deploy.resources}. */
  private record Twin(String key, String part, String other) {}

  private static final List<Twin> TWINS =
      List.of(
          new Twin("cpus", "limits", "cpus"),
          new Twin("mem_limit", "limits", "memory"),
          new Twin("mem_reservation", "reservations", "memory"),
          new Twin("pids_limit", "limits", "pids"));

  private final YamlMap project;
  private final Problems problems;

  private Consistency(YamlMap project, Problems problems) {
    this.project = project;
    this.problems = problems;
  }

  static void check(YamlMap project, Problems problems) {
    new Consistency(project, problems).check();
  }

  private void check() {
    YamlMap services = project.map("services");
    if (services.entries().isEmpty()) {
      problems.add(
          project.at(), "the project has no active service", "add one, or activate a profile");
    }
    services
        .entries()
        .forEach((name, entry) -> service("services." + name, entry, (YamlMap) entry.value()));
    Circles.check(services, problems);
    List.of("configs", "secrets").forEach(this::contents);
    List.of("networks", "volumes", "configs", "secrets").forEach(this::externals);
  }

  private void service(String path, YamlEntry entry, YamlMap service) {
    if (service.text("image").filter(image -> !image.isBlank()).isEmpty()
        && service.get("build").isEmpty()) {
      problems.add(entry.keyAt(), path + " has neither image nor build", "add one of them");
    }
    declared(path, service.map("networks").entries().keySet().stream(), "networks", service);
    declared(path, texts(service.list("volumes"), "source", "volume"), "volumes", service);
    declared(path, texts(service.list("configs"), "source", ""), "configs", service);
    declared(path, texts(service.list("secrets"), "source", ""), "secrets", service);
    if (service.get("network_mode").isPresent() && !service.map("networks").entries().isEmpty()) {
      problems.add(
          service.get("network_mode").get().at(),
          path + " has both network_mode and networks",
          "keep one of them");
    }
    copies(path, service);
    twins(path, service);
  }

  private void copies(String path, YamlMap service) {
    Optional<String> scale = service.text("scale");
    Optional<String> replicas = service.map("deploy").text("replicas");
    if (scale.isPresent() && replicas.isPresent() && !scale.equals(replicas)) {
      problems.add(
          service.get("scale").orElseThrow().at(),
          path + ".scale is " + scale.get() + " and deploy.replicas is " + replicas.get(),
          "make them equal, or remove one");
    }
    boolean isMany =
        scale.or(() -> replicas).filter(count -> Long.parseLong(count) > 1).isPresent()
            || service.map("deploy").text("mode").orElse("").startsWith("global");
    if (isMany && service.text("container_name").isPresent()) {
      problems.add(
          service.get("container_name").orElseThrow().at(),
          path + " names its container and asks for several",
          "remove container_name, or the copies");
    }
  }

  private void twins(String path, YamlMap service) {
    YamlMap resources = service.map("deploy").map("resources");
    for (Twin twin : TWINS) {
      Optional<String> own = service.text(twin.key());
      Optional<String> other = resources.map(twin.part()).text(twin.other());
      if (own.isPresent() && other.isPresent() && !own.equals(other)) {
        problems.add(
            service.get(twin.key()).orElseThrow().at(),
            String.format(
                "%s.%s is %s and deploy.resources.%s.%s is %s",
                path, twin.key(), own.get(), twin.part(), twin.other(), other.get()),
            "make them equal, or remove one");
      }
    }
  }

  private static Stream<String> texts(YamlList list, String key, String type) {
    return list.items().stream()
        .filter(YamlMap.class::isInstance)
        .map(YamlMap.class::cast)
        .filter(item -> type.isEmpty() || item.text("type").orElse("").equals(type))
        .flatMap(item -> item.text(key).stream());
  }

  private void declared(String path, Stream<String> names, String kind, YamlMap service) {
    Set<String> known = project.map(kind).entries().keySet();
    names
        .filter(name -> !known.contains(name))
        .forEach(
            name ->
                problems.add(
                    service.get(kind).map(YamlNode::at).orElse(service.at()),
                    path + "." + kind + " names '" + name + "', which is not declared",
                    "declare it under '" + kind + "' at the end of the file"));
  }

  private void contents(String kind) {
    project
        .map(kind)
        .entries()
        .forEach(
            (name, entry) -> {
              if (!name.startsWith("x-") && entry.value() instanceof YamlMap item) {
                Set<String> sources = new LinkedHashSet<>(item.entries().keySet());
                sources.retainAll(Set.of("file", "environment", "content", "external"));
                if (!isExternal(item)) {
                  sources.remove("external");
                }
                if (sources.size() != 1) {
                  problems.add(
                      entry.keyAt(),
                      kind
                          + "."
                          + name
                          + (sources.isEmpty()
                              ? " has no content"
                              : " has " + String.join(", ", sources)),
                      "give it exactly one of file, environment, "
                          + (kind.equals("configs") ? "content, " : "")
                          + "external");
                }
              }
            });
  }

  private void externals(String kind) {
    project
        .map(kind)
        .entries()
        .forEach(
            (name, entry) -> {
              if (!name.startsWith("x-")
                  && entry.value() instanceof YamlMap item
                  && isExternal(item)) {
                item.entries().keySet().stream()
                    .filter(
                        key ->
                            Set.of("driver", "driver_opts", "ipam", "internal", "attachable")
                                .contains(key))
                    .forEach(
                        key ->
                            problems.add(
                                item.entries().get(key).keyAt(),
                                kind + "." + name + " is external and has '" + key + "'",
                                "remove one of the two"));
              }
            });
  }

  private static boolean isExternal(YamlMap item) {
    return item.get("external").orElse(null) instanceof YamlScalar flag
        && flag.text().equals("true");
  }
}
