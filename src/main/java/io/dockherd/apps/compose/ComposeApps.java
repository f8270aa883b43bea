package io.dockherd.apps.compose;

import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.AppPath;
import io.dockherd.compose.loading.Composition;
import io.dockherd.compose.model.Project;
import io.dockherd.compose.model.Service;
import io.dockherd.failure.Invalid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A Compose project as apps. */
public final class ComposeApps {
  /** All of a pod are on one host and started together: more are a slip, or meant to hurt. */
  private static final int MOST_CONTAINERS = 100;

  private ComposeApps() {}

  /**
   * Each service an app, {@code /project/service}; services that share namespaces or volumes are
   * one, under the name of the one whose they are.
   *
   * @throws io.dockherd.failure.Refused with every part that can't be run
   */
  public static Translation asServices(Project project, Contents contents) {
    Findings findings = new Findings(project.name());
    GrantedFiles files = new GrantedFiles(project, contents, findings);
    PodGroups groups = new PodGroups(project.services());
    List<Wanted> apps = new ArrayList<>();
    for (List<Service> services : groups.all()) {
      List<Member> members = services.stream().map(service -> new Member(service, 1)).toList();
      PodWriter pod =
          new PodWriter(project, Scope.PROJECT, members, files, Optional.empty(), findings);
      apps.add(
          new AppWriter(project, Scope.PROJECT, groups, services, pod, findings)
              .write(path(project, services.getFirst().name()), instances(services, findings)));
    }
    refuseCircle(apps, findings);
    if (project.wishes().replicas().isPresent() || project.wishes().failure().isPresent()) {
      findings.warn("pod", "x-dockherd: replicas and failure have no effect without --pod");
    }
    tellOfReach(project, apps.size(), findings);
    return translation(project, "/" + project.name(), apps, findings);
  }

  /**
   * The whole project one app, {@code /project}, whose instances are pods: all its containers on
   * one node.
   *
   * @throws io.dockherd.failure.Refused with every part that can't be run
   */
  public static Translation asPod(Project project, Contents contents) {
    Findings findings = new Findings(project.name());
    checkSize(project, findings);
    List<Service> services = primaryFirst(project, findings);
    PodWriter pod =
        new PodWriter(
            project,
            Scope.COPY,
            members(services),
            new GrantedFiles(project, contents, findings),
            Optional.empty(),
            findings);
    Wanted app =
        new AppWriter(
                project, Scope.COPY, new PodGroups(project.services()), services, pod, findings)
            .write(AppPath.of(project.name()), project.wishes().replicas());
    return translation(project, "/" + project.name(), List.of(app), findings);
  }

  private static Translation translation(
      Project project, String group, List<Wanted> apps, Findings findings) {
    BuiltImages.tell(project, findings);
    findings.check();
    return new Translation(group, apps, BuiltImages.of(project), findings.warnings());
  }

  /** Where the apps of services that are not active would be, as far as they can be apps. */
  public static List<String> idle(Composition composition) {
    return composition.idle().stream()
        .map(service -> "/" + composition.name() + "/" + service)
        .filter(AppPath::isOne)
        .toList();
  }

  /** Where a service's app is. */
  static AppPath path(Project project, String service) {
    try {
      return new AppPath("/" + project.name() + "/" + service);
    } catch (Invalid e) {
      throw new Invalid(
          service,
          "service " + service + " can't be an app of that name",
          "begin it with a letter or digit, and keep it under 128 characters",
          e);
    }
  }

  /**
   * Whether the whole file makes a pod of a size one may have; to be asked before anything is made
   * of it, for a word in a file can ask for any number of copies.
   *
   * @throws io.dockherd.failure.Refused when it does not
   */
  static void checkSize(Project project, Findings findings) {
    long count =
        project.services().values().stream()
            .mapToLong(service -> service.replicas().orElse(1))
            .sum();
    if (count > MOST_CONTAINERS) {
      findings.refuse(
          "the files make a pod of "
              + count
              + " containers, more than the "
              + MOST_CONTAINERS
              + " one may have",
          "ask for fewer copies, or for several instances of a smaller pod");
      findings.check();
    }
  }

  /** Each service as often as it runs. */
  static List<Member> members(List<Service> services) {
    List<Member> members = new ArrayList<>();
    for (Service service : services) {
      for (int number = 1; number <= service.replicas().orElse(1); number++) {
        members.add(new Member(service, number));
      }
    }
    return members;
  }

  private static OptionalInt instances(List<Service> services, Findings findings) {
    OptionalInt found = OptionalInt.empty();
    String whose = "";
    for (Service service : services) {
      OptionalInt said = service.replicas();
      if (found.isPresent() && said.isPresent() && !said.equals(found)) {
        findings.refuse(
            "services "
                + whose
                + " and "
                + service.name()
                + " share a pod, and run "
                + found.getAsInt()
                + " and "
                + said.getAsInt()
                + " times",
            "make the numbers equal");
      }
      if (found.isEmpty() && said.isPresent()) {
        found = said;
        whose = service.name();
      }
    }
    return found;
  }

  /**
   * In the order they need each other. The first is the pod's primary one: the one that was named,
   * else the first that shares its network with others, else the first of the file.
   */
  static List<Service> primaryFirst(Project project, Findings findings) {
    Map<String, Service> services = project.services();
    SharedNetworks shared = new SharedNetworks(services, findings);
    Optional<String> named = project.wishes().primary();
    if (named.isPresent() && !services.containsKey(named.get())) {
      findings.refuse(
          "x-dockherd names the primary service " + named.get() + ", which is none of the project",
          "name one of " + String.join(", ", services.keySet()));
    }
    Optional<String> primary =
        named.or(
            () ->
                services.keySet().stream()
                    .filter(name -> !shared.guests(name).isEmpty())
                    .findFirst());
    Map<String, Integer> depths = new LinkedHashMap<>();
    services.keySet().forEach(name -> depth(name, services, depths, new LinkedHashSet<>()));
    Function<Service, Integer> rank =
        service -> primary.equals(Optional.of(service.name())) ? -1 : depths.get(service.name());
    return services.values().stream()
        .sorted(Comparator.comparing(rank))
        .collect(Collectors.toList());
  }

  private static int depth(
      String name, Map<String, Service> services, Map<String, Integer> depths, Set<String> way) {
    if (depths.containsKey(name) || !way.add(name)) {
      return depths.getOrDefault(name, 0);
    }
    int depth =
        services.get(name).dependsOn().keySet().stream()
                .filter(services::containsKey)
                .mapToInt(need -> depth(need, services, depths, way))
                .max()
                .orElse(-1)
            + 1;
    way.remove(name);
    depths.put(name, depth);
    return depth;
  }

  /** Services that don't wait for each other in a circle may do so as pods. */
  private static void refuseCircle(List<Wanted> apps, Findings findings) {
    Map<String, Wanted> byPath = new LinkedHashMap<>();
    apps.forEach(app -> byPath.put(app.path().value(), app));
    Set<String> done = new LinkedHashSet<>();
    for (String path : byPath.keySet()) {
      List<String> circle = circle(path, byPath, done, new LinkedHashSet<>());
      if (!circle.isEmpty()) {
        findings.refuse(
            "the pods "
                + String.join(", ", circle)
                + " wait for each other, for some of their services share a pod",
            "take a depends_on out, or run the file as one pod with --pod");
        return;
      }
    }
  }

  private static List<String> circle(
      String path, Map<String, Wanted> apps, Set<String> done, Set<String> way) {
    if (!way.add(path)) {
      List<String> all = new ArrayList<>(way);
      return all.subList(all.indexOf(path), all.size());
    }
    if (done.add(path)) {
      Set<String> needs =
          apps.get(path).config().map(it -> it.dependencies().keySet()).orElseGet(Set::of);
      for (String need : needs) {
        List<String> circle =
            apps.containsKey(need) ? circle(need, apps, done, way) : List.<String>of();
        if (!circle.isEmpty()) {
          return circle;
        }
      }
    }
    way.remove(path);
    return List.of();
  }

  /** So that nobody looks for a name that only one host knows. */
  private static void tellOfReach(Project project, int apps, Findings findings) {
    boolean isOfOneHost =
        project.services().values().stream()
            .flatMap(service -> service.networking().networks().keySet().stream())
            .map(project.networks()::get)
            .anyMatch(
                network ->
                    network != null
                        && !network.isExternal()
                        && network.driver().orElse("bridge").equals("bridge"));
    if (apps > 1 && isOfOneHost) {
      findings.warn(
          "reach",
          "the services find each other by name on one host only, for a bridge network ends there;"
              + " --pod keeps them together, x-dockherd.affinities draws them to each other");
    }
  }
}
