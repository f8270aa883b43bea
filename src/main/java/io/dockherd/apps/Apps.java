package io.dockherd.apps;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The apps of the herd: what each is to be, how it stands, and the ways to change it. Any node
 * answers for all. Reading takes no network; methods that change something wait, so call them on a
 * virtual thread. A change is answered when it is stored where no single loss takes it back; its
 * rollout goes on by itself.
 *
 * <p>Changes of an app whose rollout is under way are a {@link io.dockherd.failure.Conflict} unless
 * {@link ChangeOptions#isForced forced}; the new one takes the other's place then.
 */
public interface Apps {
  /** How one app stands; empty when there is none. */
  Optional<AppView> find(AppPath path);

  /** All apps in a group and below it, by path; {@code /} for all. */
  List<AppView> under(String group);

  /**
   * A configuration an app has or had.
   *
   * @throws io.dockherd.failure.NotFound when there is no such app or it never had that revision
   */
  Revision revision(AppPath path, RevisionId id);

  /**
   * Says what apps are to be: new ones are made, those that are otherwise are changed, those that
   * are so already are left alone. Several in one call have one rollout id, and those that others
   * depend on come first.
   *
   * @throws io.dockherd.failure.Conflict when one is locked by a rollout, or is not what {@link
   *     ChangeOptions#expected} says; then none is changed
   * @throws io.dockherd.failure.NotFound when one of which only the number is said is not there
   * @throws io.dockherd.failure.Invalid when dependencies make a circle, or a path is a group's too
   * @throws io.dockherd.failure.TimedOut when it was not stored in time: it may or may not have
   *     been
   */
  Change put(List<Wanted> wanted, ChangeOptions options);

  /**
   * As {@link #put}, and removes other apps, in whose places new ones may be: where a group is to
   * be, or in one that is to be an app. All is checked before anything is written, and nothing is
   * removed before all that is wanted is written.
   *
   * @param gone none of those wanted; those that are not there are so already
   */
  Change replace(List<Wanted> wanted, List<AppPath> gone, ChangeOptions options);

  /** What {@link #replace} would do. */
  Plan preview(List<Wanted> wanted, List<AppPath> gone);

  /**
   * Changes the number of instances and touches no other.
   *
   * @throws io.dockherd.failure.NotFound when there is no such app
   */
  Change scale(AppPath path, int instances, ChangeOptions options);

  /** Replaces all instances by new ones of the same configuration, by the app's update policy. */
  Change restart(AppPath path, ChangeOptions options);

  /**
   * Goes back to an earlier revision, with the number of instances as it is.
   *
   * @throws io.dockherd.failure.NotFound when there is no such app or revision
   */
  Change rollBack(AppPath path, RevisionId to, ChangeOptions options);

  /** Lets a paused rollout go on. */
  Change resume(AppPath path, ChangeOptions options);

  /**
   * Ends the rollouts of that id: back to what each app was before, or, {@code force}d, where it
   * stands.
   *
   * @throws io.dockherd.failure.NotFound when none is under way
   */
  Change cancel(String rolloutId, boolean force, ChangeOptions options);

  /**
   * Removes apps and, after a farewell, their instances. Volumes stay, but for those that are the
   * instances' own.
   *
   * @throws io.dockherd.failure.NotFound when one is not there; then none is removed
   */
  Change delete(List<AppPath> paths, ChangeOptions options);

  /**
   * Stops instances; others take their places unless {@code isScaling}, which makes the app that
   * much smaller.
   *
   * @return those that were told to stop, as they were; ids that are none of the app's are skipped
   */
  List<Instance> kill(
      AppPath path, Set<InstanceId> which, boolean isScaling, ChangeOptions options);

  /** Forgets the failures of an app, so that it does not wait before the next start. */
  void forgetFailures(AppPath path);

  /** All rollouts under way, those of a common id together, the oldest first. */
  default List<App> changing() {
    return under("/").stream()
        .map(AppView::app)
        .filter(app -> app.rollout().isPresent())
        .sorted(Comparator.comparing(app -> app.rollout().orElseThrow().started()))
        .toList();
  }

  /** Tells of every change, rollout, failure and healing of the herd from now on, on one thread. */
  void listen(Consumer<AppEvent> listener);
}
