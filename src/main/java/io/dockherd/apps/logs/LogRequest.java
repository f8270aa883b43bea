package io.dockherd.apps.logs;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.InstanceId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which lines somebody wants.
 *
 * @param apps of these
 * @param instance of that one alone
 * @param container of those of that name alone
 * @param follows whether it goes on with what is written from now on, by instances that come later
 *     too
 * @param tail so many of the last lines of each container; empty for all
 * @param since only what was written from then on
 */
public record LogRequest(
    Set<AppPath> apps,
    Optional<InstanceId> instance,
    Optional<String> container,
    boolean follows,
    OptionalInt tail,
    Optional<Instant> since) {
  public LogRequest {
    apps = Set.copyOf(apps);
    Objects.requireNonNull(instance, "instance");
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(tail, "tail");
    Objects.requireNonNull(since, "since");
  }

  /** All that was written by that app so far. */
  public static LogRequest all(AppPath app) {
    return new LogRequest(
        Set.of(app),
        Optional.empty(),
        Optional.empty(),
        false,
        OptionalInt.empty(),
        Optional.empty());
  }

  /** The same, and what is written from now on. */
  public LogRequest following() {
    return new LogRequest(apps, instance, container, true, tail, since);
  }

  /** The same, beginning with so many of the last lines. */
  public LogRequest last(int lines) {
    return new LogRequest(apps, instance, container, follows, OptionalInt.of(lines), since);
  }
}
