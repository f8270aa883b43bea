package io.dockherd.doors.marathon;

import io.dockherd.apps.Apps;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.Wanted;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
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
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the endpoints have in common: the herd's apps, this node, the time.
 *
 * @param herd its name
 * @param port the door's own
 * @param choices of service ports that are not written yet
 */
public record Marathon(
    Apps apps, Members members, String herd, int port, InstantSource clock, Choices choices) {
  /** For storing a change. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  public Marathon {
    Objects.requireNonNull(apps, "apps");
    Objects.requireNonNull(members, "members");
    Objects.requireNonNull(herd, "herd");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(choices, "choices");
  }

  /** Over those apps. */
  public Marathon(Apps apps, Members members, String herd, int port, InstantSource clock) {
    this(apps, members, herd, port, clock, new Choices());
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

  /**
   * Makes a change of apps that have service ports.
   *
   * @param own whose ports are their own, if they are there
   * @param choose what is wanted, when those ports are taken
   */
  <T> T choosing(
      Collection<AppPath> own,
      Function<Set<Integer>, List<Wanted>> choose,
      Function<List<Wanted>, T> change) {
    return choices.choosing(own, () -> apps.under("/"), choose, change);
  }

  /** Makes a change; where a rollout of one of these apps is in its way, says which. */
  <T> T changing(Collection<AppPath> paths, Supplier<T> change) {
    try {
      return change.get();
    } catch (Conflict e) {
      checkLocks(paths);
      throw e;
    }
  }

  /** Says which rollouts keep these apps from being changed, if any do. */
  void checkLocks(Collection<AppPath> paths) {
    List<String> running =
        paths.stream()
            .flatMap(path -> rollout(path).stream())
            .filter(Rollout::isRunning)
            .map(Rollout::id)
            .distinct()
            .toList();
    if (!running.isEmpty()) {
      throw MarathonError.locked(running);
    }
  }

  /** The rollout an app has just now. */
  Optional<Rollout> rollout(AppPath path) {
    return apps.find(path).map(view -> view.app()).flatMap(App::rollout);
  }
}
