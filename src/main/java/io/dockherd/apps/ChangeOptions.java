package io.dockherd.apps;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How a change is to be made.
 *
 * @param who makes it
 * @param isForced whether it takes the place of a rollout that is under way
 * @param expected what the app has to be before
 * @param limit for storing it; not for its rollout
 */
public record ChangeOptions(String who, boolean isForced, Expected expected, Duration limit) {
  /** What an app has to be before it is changed. */
  public sealed interface Expected {
    /** Anything. */
    record Anything() implements Expected {}

    /** Not there. */
    record Absent() implements Expected {}

    /** There, whatever it is. */
    record Present() implements Expected {}

    /** At the version of that stamp. */
    record At(Instant stamp) implements Expected {}
  }

  public ChangeOptions {
    Objects.requireNonNull(who, "who");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(limit, "limit");
  }

  /** Whatever the app is, but not while a rollout is under way. */
  public static ChangeOptions by(String who, Duration limit) {
    return new ChangeOptions(who, false, new Expected.Anything(), limit);
  }

  /** The same, and in the place of a rollout that is under way. */
  public ChangeOptions forced(boolean force) {
    return new ChangeOptions(who, force, expected, limit);
  }

  /** The same, in that time. */
  public ChangeOptions within(Duration other) {
    return new ChangeOptions(who, isForced, expected, other);
  }

  /** The same if the app is that. */
  public ChangeOptions expecting(Expected before) {
    return new ChangeOptions(who, isForced, before, limit);
  }
}
