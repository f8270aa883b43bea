package io.dockherd.apps.planning;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Dependency;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.model.Rollout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What has to be so of other apps before an instance of one is started. Pure. */
public final class Prerequisites {
  private Prerequisites() {}

  /**
   * Another app, as it stands.
   *
   * @param config of the revision it is to have; empty when that is not at hand yet
   */
  public record Other(
      App app, Optional<AppConfig> config, List<Instance> instances, Outcomes outcomes) {
    public Other {
      instances = List.copyOf(instances);
    }
  }

  /**
   * What is missing, in words; empty when nothing is.
   *
   * @param others all apps of that path, or of the group of that path
   */
  public static Optional<String> missing(
      App app, AppConfig config, Function<String, List<Other>> others) {
    for (Map.Entry<String, Dependency> entry : config.dependencies().entrySet()) {
      Optional<String> missing =
          missing(app, entry.getKey(), entry.getValue(), others.apply(entry.getKey()));
      if (missing.isPresent()) {
        return missing;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> missing(
      App app, String path, Dependency dependency, List<Other> others) {
    if (others.isEmpty()) {
      return dependency.isRequired()
          ? Optional.of("waits for " + path + ", which is not there")
          : Optional.empty();
    }
    return others.stream()
        .filter(other -> !other.app().path().equals(app.path()))
        .flatMap(other -> missing(app, dependency, other).stream())
        .findFirst();
  }

  private static Optional<String> missing(App app, Dependency dependency, Other other) {
    AppPath path = other.app().path();
    if (isOfOneChange(app, other.app())) {
      return Optional.of("waits for the change of " + path + " to be through");
    }
    boolean isSo =
        switch (dependency.condition()) {
          case STARTED -> count(other, Prerequisites::isRunning) >= needed(other);
          case HEALTHY -> count(other, Census::isUp) >= needed(other);
          case COMPLETED -> done(other) >= other.app().instances();
        };
    return isSo
        ? Optional.empty()
        : Optional.of(
            "waits for "
                + path
                + switch (dependency.condition()) {
                  case STARTED -> " to run";
                  case HEALTHY -> " to be healthy";
                  case COMPLETED -> " to be done";
                });
  }

  /** Those changed by one call are changed one after the other. */
  private static boolean isOfOneChange(App app, App other) {
    Optional<String> own = app.rollout().map(Rollout::id);
    return other
        .rollout()
        .filter(Rollout::isRunning)
        .filter(change -> change.kind() != Rollout.Kind.START)
        .filter(change -> own.filter(change.id()::equals).isPresent())
        .isPresent();
  }

  /** All of one that is coming up; of one that is up already, one will do. */
  private static int needed(Other other) {
    boolean isStarting =
        other.app().rollout().filter(it -> it.kind() == Rollout.Kind.START).isPresent();
    boolean isGlobal = other.config().map(AppConfig::isGlobal).orElse(false);
    int wanted = isGlobal ? 1 : other.app().instances();
    return isStarting ? wanted : Math.min(1, wanted);
  }

  private static boolean isRunning(Instance instance) {
    return instance.phase() == Phase.RUNNING || instance.phase() == Phase.FINISHED;
  }

  private static long count(Other other, Function<Instance, Boolean> isSo) {
    return other.instances().stream().filter(isSo::apply).count();
  }

  private static long done(Other other) {
    return other.outcomes().done().of(other.app().revision()).size();
  }
}
