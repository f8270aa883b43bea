package io.dockherd.apps.planning;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.Constraint;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who stays and who goes, of several. */
final class Ranking {
  private Ranking() {}

  /**
   * Best first, of instances that turned out to be too many: the revision that is asked for, then
   * the newest, then the healthy, then the longest running, then the lowest id.
   */
  static Comparator<Instance> keeping(App app) {
    return Comparator.<Instance, Boolean>comparing(one -> !one.revision().equals(app.revision()))
        .thenComparing(Instance::revision, Comparator.reverseOrder())
        .thenComparing(one -> !Census.isUp(one))
        .thenComparing(Ranking::startedMillis)
        .thenComparing(Instance::id)
        .thenComparing(Instance::node);
  }

  /** Those to go, of those that turned out to be too many, the first to go first. */
  static List<Instance> surplus(App app, List<Instance> instances, int count) {
    return instances.stream().sorted(keeping(app).reversed()).limit(count).toList();
  }

  /**
   * Those to go when there are to be fewer, the first to go first: what is not up yet, the
   * unhealthy, those on drained nodes, then from the biggest groups, then by age.
   */
  static List<Instance> leaving(Situation situation, List<Instance> instances, int count) {
    List<Instance> left = new ArrayList<>(instances);
    List<Instance> leaving = new ArrayList<>();
    List<String> fields = groups(situation.config());
    while (leaving.size() < count && !left.isEmpty()) {
      Instance next = left.stream().min(leaving(situation, fields, left)).orElseThrow();
      left.remove(next);
      leaving.add(next);
    }
    return leaving;
  }

  private static List<String> groups(AppConfig config) {
    List<String> fields = new ArrayList<>();
    config.placement().constraints().stream()
        .filter(constraint -> constraint.operator() == Constraint.Operator.GROUP_BY)
        .map(Constraint::field)
        .forEach(fields::add);
    fields.addAll(config.placement().spreadOver());
    return fields;
  }

  private static Comparator<Instance> leaving(
      Situation situation, List<String> fields, List<Instance> left) {
    Comparator<Instance> order =
        Comparator.<Instance, Integer>comparing(one -> readiness(one.phase()))
            .thenComparing(Instance::isHealthy)
            .thenComparing(one -> !situation.ground().drained().contains(one.node()));
    for (String field : fields) {
      Map<String, Integer> sizes = new HashMap<>();
      left.forEach(one -> sizes.merge(group(situation, one, field), 1, Integer::sum));
      order = order.thenComparing(one -> -sizes.get(group(situation, one, field)));
    }
    return order.thenComparing(byAge(situation.config()));
  }

  private static String group(Situation situation, Instance instance, String field) {
    return situation
        .ground()
        .node(instance.node())
        .flatMap(node -> ConstraintCheck.value(node, field))
        .orElse("");
  }

  private static int readiness(Phase phase) {
    return switch (phase) {
      case STAGING -> 0;
      case STARTING -> 1;
      case RUNNING, STOPPING, FAILED, FINISHED -> 2;
    };
  }

  private static Comparator<Instance> byAge(AppConfig config) {
    Comparator<Instance> oldest =
        Comparator.comparing(Ranking::startedMillis)
            .thenComparing(Instance::id)
            .thenComparing(Instance::node);
    return switch (config.killSelection()) {
      case OLDEST_FIRST -> oldest;
      case YOUNGEST_FIRST -> oldest.reversed();
    };
  }

  private static long startedMillis(Instance instance) {
    return Optional.of(instance.startedMillis()).filter(at -> at > 0).orElse(Long.MAX_VALUE);
  }
}
