package io.dockherd.apps.compose;

import io.dockherd.apps.model.Constraint;
import io.dockherd.apps.model.Constraint.Operator;
import io.dockherd.apps.model.PlacementRules;
import io.dockherd.compose.model.HerdWishes;
import io.dockherd.compose.model.Namespace;
import io.dockherd.compose.model.Service;
import io.dockherd.compose.model.Storage;
import io.dockherd.fleet.requests.PlatformReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where the instances of an app may be: what its services say of it together. */
final class Placements {
  /** Swarm mode's: {@code node.labels.zone == a}. */
  private static final Pattern CONSTRAINT =
      Pattern.compile("\\s*([a-zA-Z][a-zA-Z0-9_.-]*)\\s*(==|!=)\\s*(\\S(?:.*\\S)?)\\s*");

  /** Classic Swarm's, in the environment: {@code constraint:storage==ssd}. */
  private static final Pattern CLASSIC =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_.-]*)(==|!=)([a-zA-Z0-9_.:/-]+)");

  private static final String OS = "ostype";
  private static final String ARCHITECTURE = "architecture";

  private final Set<Constraint> constraints = new LinkedHashSet<>();
  private final Set<String> affinities = new LinkedHashSet<>();
  private final Set<String> spread = new LinkedHashSet<>();
  private final Findings findings;
  private int mostPerNode;

  Placements(Findings findings) {
    this.findings = findings;
  }

  PlacementRules rules() {
    return new PlacementRules(
        List.copyOf(constraints), List.copyOf(affinities), List.copyOf(spread), mostPerNode);
  }

  void add(Service service) {
    String whose = "service " + service.name();
    service.deployment().constraints().forEach(text -> swarm(whose, text));
    service
        .deployment()
        .spreadOver()
        .forEach(text -> label(text).ifPresentOrElse(spread::add, () -> noLabel(whose, text)));
    int most = service.deployment().maxPerNode();
    mostPerNode =
        mostPerNode == 0 || most == 0 ? Math.max(mostPerNode, most) : Math.min(mostPerNode, most);
    service.platform().ifPresent(this::platform);
    outside(service).forEach(other -> affinities.add("container==" + other));
    classic(whose, service.process().environment());
  }

  void add(String whose, HerdWishes wishes) {
    affinities.addAll(wishes.affinities());
    for (HerdWishes.Rule rule : wishes.constraints()) {
      try {
        constraints.add(
            new Constraint(
                rule.field(),
                Operator.valueOf(rule.operator().toUpperCase(Locale.ROOT).replace('-', '_')),
                rule.value()));
      } catch (IllegalArgumentException e) {
        findings.refuse(whose + " has a constraint that is none: " + e.getMessage(), "");
      }
    }
  }

  private void swarm(String whose, String text) {
    Matcher found = CONSTRAINT.matcher(text);
    if (!found.matches()) {
      findings.refuse(
          whose + " has the constraint '" + text + "', which is none",
          "write it like node.labels.zone == a");
      return;
    }
    String field = found.group(1);
    Operator operator = found.group(2).equals("==") ? Operator.IS : Operator.IS_NOT;
    String value = found.group(3);
    switch (field) {
      case "node.hostname" -> constraints.add(new Constraint(Constraint.NODE, operator, value));
      case "node.platform.os" -> constraints.add(new Constraint(OS, operator, value));
      case "node.platform.arch" ->
          constraints.add(
              new Constraint(ARCHITECTURE, operator, PlatformReader.architecture(value)));
      case "node.role" ->
          findings.warn(
              "node.role",
              whose + ": '" + text + "' has no effect: all nodes of the herd are equal");
      default ->
          label(field)
              .ifPresentOrElse(
                  name -> constraints.add(new Constraint(name, operator, value)),
                  () -> noLabel(whose, text));
    }
  }

  private void noLabel(String whose, String text) {
    findings.refuse(
        whose + " is placed by '" + text + "', which nodes don't say of themselves",
        "use node.hostname, node.platform.os, node.platform.arch, node.labels.x or"
            + " engine.labels.x");
  }

  private static Optional<String> label(String field) {
    return Stream.of("node.labels.", "engine.labels.")
        .filter(field::startsWith)
        .map(prefix -> field.substring(prefix.length()))
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  /** An engine runs what is made for its own platform. */
  private void platform(String said) {
    String[] parts = said.toLowerCase(Locale.ROOT).split("/");
    if (parts.length > 1 || List.of("linux", "windows").contains(parts[0])) {
      constraints.add(new Constraint(OS, Operator.IS, parts[0]));
    }
    if (parts.length > 1 || !List.of("linux", "windows").contains(parts[0])) {
      String architecture = parts[Math.min(1, parts.length - 1)];
      constraints.add(
          new Constraint(ARCHITECTURE, Operator.IS, PlatformReader.architecture(architecture)));
    }
  }

  /** Containers that are none of the project and have to be on its node. */
  private static List<String> outside(Service service) {
    List<Namespace> joined = new ArrayList<>();
    service.networking().mode().ifPresent(joined::add);
    service.security().pid().ifPresent(joined::add);
    service.security().ipc().ifPresent(joined::add);
    service.storage().volumesFrom().stream().map(Storage.VolumesFrom::owner).forEach(joined::add);
    return joined.stream()
        .filter(Namespace.OfContainer.class::isInstance)
        .map(owner -> ((Namespace.OfContainer) owner).container())
        .toList();
  }

  private void classic(String whose, Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("affinity:")) {
            affinities.add(name.substring("affinity:".length()) + "=" + value);
          } else if (name.startsWith("constraint:")) {
            String text = name.substring("constraint:".length()) + "=" + value;
            Matcher plain = CLASSIC.matcher(text);
            if (plain.matches()) {
              constraints.add(
                  new Constraint(
                      plain.group(1),
                      plain.group(2).equals("==") ? Operator.IS : Operator.IS_NOT,
                      plain.group(3)));
            } else {
              findings.refuse(
                  whose + " has the constraint '" + text + "' in its environment",
                  "write it under x-dockherd.constraints with like or unlike");
            }
          }
        });
  }

  /** The environment without what was meant for the scheduler. */
  static Map<String, String> withoutWishes(Map<String, String> environment) {
    Map<String, String> rest = new LinkedHashMap<>(environment);
    rest.keySet().removeIf(name -> name.startsWith("affinity:") || name.startsWith("constraint:"));
    return rest;
  }
}
