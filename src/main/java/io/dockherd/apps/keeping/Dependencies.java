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

/**
 * Which app needs which others. A dependency on a group is one on each app in it. Pure.
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
                .filter(other -> other.value().equals(name) || other.isUnder(name))
                .forEach(all::add);
          }
          needed.put(path, List.copyOf(all));
        });
    return new Dependencies(needed);
  }

  /**
   * All apps, each after those it needs.
   *
   * @throws Invalid when some need each other
   */
  List<AppPath> order() {
    Set<AppPath> done = new LinkedHashSet<>();
    needed.keySet().forEach(path -> visit(path, done, new LinkedHashSet<>()));
    return List.copyOf(done);
  }

  private void visit(AppPath path, Set<AppPath> done, Set<AppPath> way) {
    if (done.contains(path)) {
      return;
    }
    if (!way.add(path)) {
      throw circle(path, way);
    }
    needed.getOrDefault(path, List.of()).forEach(next -> visit(next, done, way));
    way.remove(path);
    done.add(path);
  }

  private static Invalid circle(AppPath path, Set<AppPath> way) {
    List<String> circle = new ArrayList<>(way.stream().map(AppPath::value).toList());
    circle.subList(0, circle.indexOf(path.value())).clear();
    circle.add(path.value());
    return new Invalid(
        path.value(),
        "apps depend on each other in a circle: " + String.join(" → ", circle),
        "take one of these dependencies out");
  }
}
