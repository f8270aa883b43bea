package io.dockherd.apps.keeping;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.failure.Invalid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which app needs which others. A dependency on a group is one on each other app in it. Pure.
 *
 * @param needed path → the apps it needs, of those there are
 */
record Dependencies(Map<AppPath, List<AppPath>> needed) {
  /** Those of apps that are configured so. */
  static Dependencies of(SortedMap<AppPath, AppConfig> apps) {
    Map<AppPath, List<AppPath>> needed = new TreeMap<>();
    apps.forEach(
        (path, config) -> {
          List<AppPath> all = new ArrayList<>();
          for (String name : config.dependencies().keySet()) {
            apps.keySet().stream()
                .filter(other -> !other.equals(path))
                .filter(other -> other.value().equals(name) || other.isUnder(name))
                .forEach(all::add);
          }
          needed.put(path, List.copyOf(all));
        });
    return new Dependencies(needed);
  }

  /**
   * Those that are wanted and what they need, each after those it needs.
   *
   * @throws Invalid when some of those that are wanted need each other. What others do is nothing
   *     these can mend
   */
  List<AppPath> order(Set<AppPath> wanted) {
    Set<AppPath> done = new LinkedHashSet<>();
    for (AppPath path : new TreeSet<>(wanted)) {
      visit(path, wanted, done, new LinkedHashSet<>());
    }
    return List.copyOf(done);
  }

  private void visit(AppPath path, Set<AppPath> wanted, Set<AppPath> done, Set<AppPath> way) {
    if (done.contains(path)) {
      return;
    }
    if (!way.add(path)) {
      List<AppPath> circle = new ArrayList<>(way);
      circle.subList(0, circle.indexOf(path)).clear();
      if (circle.stream().anyMatch(wanted::contains)) {
        throw circle(path, circle);
      }
      return;
    }
    needed.getOrDefault(path, List.of()).forEach(next -> visit(next, wanted, done, way));
    way.remove(path);
    done.add(path);
  }

  private static Invalid circle(AppPath path, List<AppPath> all) {
    List<String> circle = new ArrayList<>(all.stream().map(AppPath::value).toList());
    circle.add(path.value());
    return new Invalid(
        path.value(),
        "apps depend on each other in a circle: " + String.join(" → ", circle),
        "take one of these dependencies out");
  }
}
