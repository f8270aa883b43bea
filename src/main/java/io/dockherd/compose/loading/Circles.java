package io.dockherd.compose.loading;

import io.dockherd.compose.problems.Problems;
import io.dockherd.compose.yaml.YamlEntry;
import io.dockherd.compose.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services that wait for each other for ever. */
final class Circles {
  private final YamlMap services;
  private final Problems problems;
  private final Set<String> done = new HashSet<>();
  private final Set<String> onWay = new HashSet<>();

  private Circles(YamlMap services, Problems problems) {
    this.services = services;
    this.problems = problems;
  }

  /** Tells one circle for each service found in one first. */
  static void check(YamlMap services, Problems problems) {
    Circles circles = new Circles(services, problems);
    services.entries().keySet().forEach(circles::from);
  }

  /** Depth first without recursion: a chain may be as long as a file. */
  private void from(String start) {
    List<String> way = new ArrayList<>();
    List<List<String>> open = new ArrayList<>();
    enter(start, way, open);
    while (!way.isEmpty()) {
      List<String> next = open.getLast();
      if (next.isEmpty()) {
        onWay.remove(way.getLast());
        done.add(way.removeLast());
        open.removeLast();
        continue;
      }
      String name = next.removeLast();
      if (onWay.contains(name)) {
        tell(way.subList(way.indexOf(name), way.size()), name);
      } else if (!done.contains(name)) {
        enter(name, way, open);
      }
    }
  }

  private void enter(String name, List<String> way, List<List<String>> open) {
    if (done.contains(name)) {
      return;
    }
    way.add(name);
    onWay.add(name);
    open.add(new ArrayList<>(needs(name).keySet()));
  }

  private Map<String, YamlEntry> needs(String name) {
    return services.map(name).map("depends_on").entries();
  }

  private void tell(List<String> circle, String again) {
    problems.add(
        needs(circle.getLast()).get(again).keyAt(),
        "services depend on each other in a circle: " + String.join(" → ", circle) + " → " + again,
        "take one dependency out");
  }
}
