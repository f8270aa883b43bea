package io.dockherd.apps.keeping;

import io.dockherd.apps.AppEvent;
import io.dockherd.herd.audience.News;

/** An event on its way to a listener; of two of one subject the later says what is so now. */
record AppNews(AppEvent event) implements News<AppNews> {
  private record Subject(Class<?> kind, Object what) {}

  private record Check(Object instance, int number) {}

  @Override
  public Object subject() {
    Object what =
        switch (event) {
          case AppEvent.Changed changed -> changed.path();
          case AppEvent.Deleted deleted -> deleted.path();
          case AppEvent.RolloutBegan began -> began.rollout().id();
          case AppEvent.RolloutSucceeded succeeded -> succeeded.rollout().id();
          case AppEvent.RolloutFailed failed -> failed.rollout().id();
          case AppEvent.InstanceMoved moved -> moved.now().id();
          case AppEvent.HealthChanged health -> health.now().id();
          case AppEvent.CheckFailed failed -> new Check(failed.now().id(), failed.check());
          case AppEvent.InstanceGone gone -> gone.last().id();
          case AppEvent.InstanceFailed failed -> failed.failure().id();
          case AppEvent.Contradicted contradicted -> contradicted.path();
        };
    return new Subject(event.getClass(), what);
  }

  @Override
  public AppNews after(AppNews earlier) {
    return this;
  }
}
