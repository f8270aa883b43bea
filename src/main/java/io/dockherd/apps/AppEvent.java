package io.dockherd.apps;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceFailure;
import io.dockherd.apps.model.Rollout;
import java.util.Optional;

/**
 * Something that happened to an app. Every node tells of all of them, from what it learns of
 * records and facts; each once.
 */
public sealed interface AppEvent {
  /** Which app it is about. */
  AppPath path();

  /** An app is new or is to be something else. */
  record Changed(AppPath path, App now, Optional<App> before) implements AppEvent {}

  /** An app is deleted. */
  record Deleted(AppPath path, App before) implements AppEvent {}

  /** A rollout has begun, or goes on after a pause. */
  record RolloutBegan(AppPath path, Rollout rollout) implements AppEvent {}

  /** A rollout is through. */
  record RolloutSucceeded(AppPath path, Rollout rollout) implements AppEvent {}

  /** A rollout has failed: it is paused, or another one takes it back, or it was cancelled. */
  record RolloutFailed(AppPath path, Rollout rollout, String reason) implements AppEvent {}

  /** An instance is new, or in another phase. */
  record InstanceMoved(AppPath path, Instance now, Optional<Instance> before) implements AppEvent {}

  /** An instance is healthy that was not, or the other way round. */
  record HealthChanged(AppPath path, Instance now) implements AppEvent {}

  /**
   * A health check of an instance has failed, once more or for the first time.
   *
   * @param check which of the configuration's checks, from 0
   */
  record CheckFailed(AppPath path, Instance now, int check) implements AppEvent {}

  /** An instance has gone: stopped, cleared away, or with its node. */
  record InstanceGone(AppPath path, Instance last, boolean isLost) implements AppEvent {}

  /** An instance has failed. */
  record InstanceFailed(AppPath path, InstanceFailure failure) implements AppEvent {}

  /** Two sides of a split had changed the app; one change stays, the other is history. */
  record Contradicted(AppPath path, App winner, App loser) implements AppEvent {}
}
