package io.dockherd.apps.compose;

import io.dockherd.apps.model.Dependency;

/** What one service needs of another, in the words of apps. */
final class Needs {
  private Needs() {}

  static Dependency of(io.dockherd.compose.model.Dependency said) {
    return new Dependency(
        switch (said.condition()) {
          case STARTED -> Dependency.Condition.STARTED;
          case HEALTHY -> Dependency.Condition.HEALTHY;
          case COMPLETED -> Dependency.Condition.COMPLETED;
        },
        said.isRestartedWith(),
        said.isRequired());
  }
}
