package io.dockherd.doors.marathon.events;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Deleted apps whose instances have not all gone yet. */
final class Endings {
  private final Map<AppPath, Set<InstanceId>> there = new HashMap<>();
  private final Map<AppPath, Ending> begun = new HashMap<>();

  private record Ending(App app, Set<InstanceId> left) {}

  /** An instance is told of. */
  void isThere(Instance instance) {
    there.computeIfAbsent(instance.path(), path -> new HashSet<>()).add(instance.id());
  }

  /** An app is deleted; it is returned when it has no instances to wait for. */
  Optional<App> begin(App app) {
    Set<InstanceId> left = new HashSet<>(there.getOrDefault(app.path(), Set.of()));
    if (left.isEmpty()) {
      begun.remove(app.path());
      return Optional.of(app);
    }
    begun.put(app.path(), new Ending(app, left));
    return Optional.empty();
  }

  /** An instance has gone; the app is returned when it was the last of a deleted one. */
  Optional<App> isGone(Instance instance) {
    AppPath path = instance.path();
    there.computeIfPresent(
        path,
        (key, all) -> {
          all.remove(instance.id());
          return all.isEmpty() ? null : all;
        });
    Ending ending = begun.get(path);
    if (ending == null || !ending.left.remove(instance.id()) || !ending.left.isEmpty()) {
      return Optional.empty();
    }
    begun.remove(path);
    return Optional.of(ending.app);
  }

  /** A deleted app that some of its instances still are of. */
  Optional<App> ending(AppPath path) {
    return Optional.ofNullable(begun.get(path)).map(Ending::app);
  }
}
