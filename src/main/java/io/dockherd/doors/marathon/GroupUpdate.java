package io.dockherd.doors.marathon;

import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.doors.marathon.answers.ShownApp;
import io.dockherd.doors.marathon.definition.Definition;
import io.dockherd.doors.marathon.definition.Definitions;
import io.dockherd.doors.marathon.definition.GroupDefinition;
import io.dockherd.doors.marathon.definition.NotValid;
import io.dockherd.doors.marathon.definition.Surroundings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a group is to be.
 *
 * @param wanted the apps there are to be in it
 * @param rest those that are there and are not to be
 */
record GroupUpdate(List<Wanted> wanted, List<AppPath> rest) {
  GroupUpdate {
    wanted = List.copyOf(wanted);
    rest = List.copyOf(rest);
  }

  /**
   * What is said of a group.
   *
   * @param taken service ports of apps that are not in it
   */
  static GroupUpdate of(Marathon marathon, GroupDefinition group, Set<Integer> taken) {
    String id = group.id();
    List<ShownApp> there = marathon.under(id);
    if (group.scaleBy().isPresent()) {
      double factor = group.scaleBy().getAsDouble();
      return new GroupUpdate(
          there.stream().filter(GroupUpdate::isCounted).map(app -> scaled(app, factor)).toList(),
          List.of());
    }
    Set<AppPath> named = group.apps().keySet();
    Set<Integer> ports = new HashSet<>(taken);
    List<Wanted> wanted = new ArrayList<>();
    group
        .apps()
        .forEach(
            (path, app) -> {
              Optional<Definition> before = marathon.find(path).flatMap(ShownApp::definition);
              Wanted one =
                  AppChangeEndpoints.wanted(
                      Definitions.replace(path, app, before, Surroundings.of(ports)));
              Choices.addPorts(one, ports);
              wanted.add(one);
            });
    // What other doors have made is not Marathon's to drop, as nobody names it here.
    List<AppPath> rest =
        there.stream()
            .filter(app -> app.definition().isPresent())
            .map(ShownApp::path)
            .filter(path -> !named.contains(path) && group.drops(path))
            .toList();
    return new GroupUpdate(wanted, rest);
  }

  /** A global app is on every node that fits, whatever number is said. */
  private static boolean isCounted(ShownApp app) {
    return !app.view().revision().config().isGlobal();
  }

  private static Wanted scaled(ShownApp app, double factor) {
    double instances = Math.ceil(app.view().app().instances() * factor);
    if (!(instances >= 0 && instances <= Integer.MAX_VALUE)) {
      throw NotValid.rule("/scaleBy", "got " + factor + ", expected 0.0 or more");
    }
    return Wanted.scaled(app.path(), (int) instances);
  }

  /** What would be done, a step for each app: the dry run. */
  JsonArray steps(Marathon marathon) {
    JsonArray steps = new JsonArray();
    for (Wanted one : wanted) {
      Optional<ShownApp> before = marathon.find(one.path());
      int instances = one.instances().orElse(1);
      if (before.isEmpty()) {
        steps.add(step("StartApplication", one.path()));
        steps.add(step("ScaleApplication", one.path()));
      } else if (one.config().filter(config -> isOther(before.get(), config)).isPresent()) {
        steps.add(step("RestartApplication", one.path()));
      } else if (before.get().view().app().instances() != instances) {
        steps.add(step("ScaleApplication", one.path()));
      }
    }
    rest.forEach(path -> steps.add(step("StopApplication", path)));
    return steps;
  }

  private static boolean isOther(ShownApp before, AppConfig config) {
    return !before.view().revision().config().equals(config);
  }

  private static JsonObject step(String action, AppPath path) {
    JsonObject what = new JsonObject().put("action", action).put("app", path.value());
    return new JsonObject().put("actions", new JsonArray().add(what));
  }
}
