package io.dockherd.apps.pods;

import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.PodSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the ends of containers are for their instance. */
sealed interface Verdict {
  /** It goes on. */
  record GoesOn() implements Verdict {}

  /** It has done its work. */
  record Finished() implements Verdict {}

  /** It has failed with that container. */
  record Failed(Standing container) implements Verdict {}

  /**
   * How a container stands.
   *
   * @param exitCode empty while it runs or is to run again
   * @param isGone whether somebody has removed it
   */
  record Standing(String name, Optional<Integer> exitCode, boolean isOutOfMemory, boolean isGone) {
    boolean isOver() {
      return exitCode.isPresent();
    }

    boolean isBad() {
      return isOver() && (exitCode.get() != 0 || isOutOfMemory || isGone);
    }
  }

  /**
   * The rule.
   *
   * @param containers the primary one first
   */
  static Verdict of(PodSpec.FailurePolicy policy, AppConfig.Kind kind, List<Standing> containers) {
    Optional<Standing> bad = containers.stream().filter(Standing::isBad).findFirst();
    boolean areAllOver = containers.stream().allMatch(Standing::isOver);
    Standing primary = containers.getFirst();
    return switch (policy) {
      case ANY ->
          bad.isPresent() ? new Failed(bad.get()) : areAllOver ? end(primary, kind) : new GoesOn();
      case ALL -> areAllOver ? end(bad.orElse(primary), kind) : new GoesOn();
      case PRIMARY -> primary.isOver() ? end(primary, kind) : new GoesOn();
    };
  }

  /** A service that ends, however well, is to be replaced. */
  private static Verdict end(Standing last, AppConfig.Kind kind) {
    return last.isBad() || kind == AppConfig.Kind.SERVICE ? new Failed(last) : new Finished();
  }

  /** Those, with the primary one first. */
  static List<Standing> primaryFirst(String primary, List<Standing> containers) {
    return containers.stream()
        .sorted(Comparator.comparing(standing -> !standing.name().equals(primary)))
        .toList();
  }
}
