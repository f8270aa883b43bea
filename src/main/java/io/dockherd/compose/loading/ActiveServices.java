package io.dockherd.compose.loading;

import io.dockherd.compose.interpolation.Variables;
import io.dockherd.compose.problems.Position;
import io.dockherd.compose.problems.Problems;
import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlMap;
import io.dockherd.compose.yaml.YamlNode;
import io.dockherd.compose.yaml.YamlScalar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which services count: those of active profiles, and of them, if some are asked for, those. */
final class ActiveServices {
  private final Set<String> profiles = new LinkedHashSet<>();
  private final Set<String> asked;
  private final Problems problems;

  ActiveServices(ComposeRequest request, Variables environment, Problems problems) {
    profiles.addAll(request.profiles());
    Arrays.stream(environment.value("COMPOSE_PROFILES").orElse("").split(","))
        .map(String::strip)
        .filter(profile -> !profile.isEmpty())
        .forEach(profiles::add);
    asked = new LinkedHashSet<>(request.services());
    this.problems = problems;
  }

  /** Those of a project that are declared and not active. */
  List<String> idle(YamlMap project) {
    List<String> idle = new ArrayList<>();
    project
        .map("services")
        .entries()
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof YamlMap service
                  && !isActive(service)
                  && !asked.contains(name)) {
                idle.add(name);
              }
            });
    return idle;
  }

  /** The project without the others. */
  YamlMap of(YamlMap project) {
    YamlMap services = project.map("services");
    Map<String, YamlEntry> active = new LinkedHashMap<>();
    services
        .entries()
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof YamlMap service
                  && (isActive(service) || asked.contains(name))) {
                active.put(name, entry);
              }
            });
    for (String name : asked) {
      if (!services.entries().containsKey(name)) {
        problems.add(
            Position.of(services.at().file()),
            "there is no service '" + name + "'",
            "name one of " + String.join(", ", services.entries().keySet()));
      }
    }
    checkNeeds(active, services);
    if (!asked.isEmpty()) {
      active.keySet().retainAll(needed(active));
    }
    return services.entries().isEmpty()
        ? project
        : project.with(
            "services", new YamlMap(services.at(), services.directive(), without(active)));
  }

  private boolean isActive(YamlMap service) {
    List<YamlNode> own = service.list("profiles").items();
    return own.isEmpty()
        || profiles.contains("*")
        || own.stream().map(profile -> ((YamlScalar) profile).text()).anyMatch(profiles::contains);
  }

  private Set<String> needed(Map<String, YamlEntry> active) {
    Set<String> needed = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(asked);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (active.containsKey(name) && needed.add(name)) {
        open.addAll(((YamlMap) active.get(name).value()).map("depends_on").entries().keySet());
      }
    }
    return needed;
  }

  private void checkNeeds(Map<String, YamlEntry> active, YamlMap services) {
    active.forEach(
        (name, entry) ->
            needs(entry)
                .entries()
                .forEach(
                    (need, how) -> {
                      if (!active.containsKey(need)) {
                        tellMissing(name, need, how, services);
                      }
                    }));
  }

  private void tellMissing(String name, String need, YamlEntry how, YamlMap services) {
    boolean isDeclared = services.entries().containsKey(need);
    String wrong =
        "services."
            + name
            + " depends on '"
            + need
            + "', which is "
            + (isDeclared ? "not active" : "no service of the project");
    String remedy =
        isDeclared
            ? "activate it with --profile " + profilesOf(services.map(need))
            : "add it, or set 'required: false'";
    if (isRequired(how)) {
      problems.add(how.keyAt(), wrong, remedy);
    } else {
      problems.warn("need " + name + " " + need, how.keyAt(), wrong, "");
    }
  }

  private static String profilesOf(YamlMap service) {
    return service.list("profiles").items().stream()
        .map(profile -> ((YamlScalar) profile).text())
        .collect(Collectors.joining(" or --profile "));
  }

  private static boolean isRequired(YamlEntry how) {
    return how.value() instanceof YamlMap map && !map.text("required").orElse("").equals("false");
  }

  private static YamlMap needs(YamlEntry entry) {
    return ((YamlMap) entry.value()).map("depends_on");
  }

  /** Needs that are missing and need not be there are gone. */
  private static Map<String, YamlEntry> without(Map<String, YamlEntry> active) {
    Map<String, YamlEntry> clean = new LinkedHashMap<>();
    active.forEach(
        (name, entry) -> {
          YamlMap service = (YamlMap) entry.value();
          Map<String, YamlEntry> needs = new LinkedHashMap<>(service.map("depends_on").entries());
          needs.keySet().retainAll(active.keySet());
          YamlMap said = service.map("depends_on");
          YamlMap cleaned =
              needs.isEmpty()
                  ? service.without("depends_on")
                  : service.with("depends_on", new YamlMap(said.at(), said.directive(), needs));
          clean.put(name, new YamlEntry(entry.keyAt(), cleaned));
        });
    return clean;
  }
}
