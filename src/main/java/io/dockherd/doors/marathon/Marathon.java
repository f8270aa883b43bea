package io.dockherd.doors.marathon;

import io.dockherd.apps.Apps;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.PortSpec;
import io.dockherd.apps.model.Rollout;
import io.dockherd.doors.marathon.answers.ShownApp;
import io.dockherd.failure.Conflict;
import io.dockherd.herd.members.Members;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the endpoints have in common: the herd's apps, this node, the time.
 *
 * @param herd its name
 * @param port the door's own
 * @param naming held from the choice of service ports until they are written, so that two calls of
 *     this node do not choose the same
 */
public record Marathon(
    Apps apps, Members members, String herd, int port, InstantSource clock, ReentrantLock naming) {
  /** For storing a change. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  public Marathon {
    Objects.requireNonNull(apps, "apps");
    Objects.requireNonNull(members, "members");
    Objects.requireNonNull(herd, "herd");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(naming, "naming");
  }

  /** Over those apps. */
  public Marathon(Apps apps, Members members, String herd, int port, InstantSource clock) {
    this(apps, members, herd, port, clock, new ReentrantLock());
  }

  Optional<ShownApp> find(AppPath path) {
    return apps.find(path).map(ShownApp::of);
  }

  /** That app; a 404 when there is none. */
  ShownApp app(AppPath path) {
    return find(path).orElseThrow(() -> MarathonError.noApp(path));
  }

  /** All apps in a group and below it. */
  List<ShownApp> under(String group) {
    return apps.under(group).stream().map(ShownApp::of).toList();
  }

  ChangeOptions options(MarathonCall call, boolean isForced) {
    return ChangeOptions.by(call.open().who().name(), LIMIT).forced(isForced);
  }

  /** The service ports of all apps but those. */
  Set<Integer> servicePorts(Collection<AppPath> but) {
    return apps.under("/").stream()
        .filter(view -> !but.contains(view.app().path()))
        .flatMap(view -> view.revision().config().pod().ports().stream())
        .map(PortSpec::servicePort)
        .filter(port -> port > 0)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Makes a change; where a rollout of one of these apps is in its way, says which. */
  <T> T changing(Collection<AppPath> paths, Supplier<T> change) {
    try {
      return change.get();
    } catch (Conflict e) {
      List<String> running =
          paths.stream()
              .flatMap(path -> apps.find(path).stream())
              .flatMap(view -> view.app().rollout().stream())
              .filter(Rollout::isRunning)
              .map(Rollout::id)
              .distinct()
              .toList();
      if (running.isEmpty()) {
        throw e;
      }
      throw MarathonError.locked(running);
    }
  }

  /** Does that while no other call chooses service ports. */
  <T> T naming(Supplier<T> what) {
    naming.lock();
    try {
      return what.get();
    } finally {
      naming.unlock();
    }
  }

  /** The rollout an app has just now. */
  Optional<Rollout> rollout(AppPath path) {
    return apps.find(path).map(view -> view.app()).flatMap(App::rollout);
  }
}
