package io.dockherd.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a class of tests on the shared lab of three hosts; a test asks for it with a parameter of
 * type {@link LabHerd}. Before each test everything is healthy again: no cuts, all engines and
 * nodes up, three members, no containers.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LabFixture.class)
public @interface OnLab {
  /** Whether the tests need nodes, or engines alone. */
  boolean withNodes() default true;
}
