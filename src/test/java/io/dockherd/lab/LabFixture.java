package io.dockherd.lab;

import io.dockherd.failure.Conflict;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Brings the shared lab up for the first test that needs it and down after the last of the JVM. */
public final class LabFixture implements BeforeEachCallback, ParameterResolver {
  private static final int HOSTS = 3;

  /** The demo's is 0; one that somebody else is using is passed over. */
  private static final int FIRST_INDEX = 1;

  private static final int LAST_INDEX = 20;

  @Override
  public void beforeEach(ExtensionContext context) {
    boolean withNodes = context.getRequiredTestClass().getAnnotation(OnLab.class).withNodes();
    LabHerd herd = herd(context);
    herd.restoreEngines();
    if (withNodes) {
      herd.restoreNodes();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LabHerd.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return herd(context);
  }

  /**
   * The session's store is closed, and what is in it, when all tests of this JVM are through; the
   * root's would be after each class where classes are given out one by one, to several JVMs.
   */
  private static LabHerd herd(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(LabFixture.class))
        .computeIfAbsent(LabHerd.class, type -> new LabHerd(bringUp()), LabHerd.class);
  }

  /** A lab at the first index that is free. */
  static Lab bringUp() {
    for (int index = FIRST_INDEX; ; index++) {
      try {
        return Lab.up(LabPlan.of(index, HOSTS), Progress.SILENT);
      } catch (Conflict e) {
        if (index == LAST_INDEX) {
          throw e;
        }
      }
    }
  }
}
