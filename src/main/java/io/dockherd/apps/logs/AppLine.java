package io.dockherd.apps.logs;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.InstanceId;
import java.time.Instant;
import java.util.Objects;

/**
 * A line an app has written.
 *
 * @param container its name in the pod
 * @param node where that is
 * @param time by that node's engine's clock
 * @param isError whether to standard error
 */
public record AppLine(
    AppPath path,
    InstanceId instance,
    String container,
    String node,
    Instant time,
    boolean isError,
    String text) {
  public AppLine {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(instance, "instance");
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(text, "text");
  }
}
