package io.dockherd.apps.pods;

import io.dockherd.apps.model.InstanceFailure.Reason;
import java.util.Optional;

/**
 * Why an instance goes on no more: thrown on its own thread, caught where it is told. No stack
 * trace, for it is no fault of the program.
 */
final class Ended extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Reason> reason;
  private final String container;
  private final int exitCode;

  private Ended(Optional<Reason> reason, String message, String container, int exitCode) {
    super(message, null, false, false);
    this.reason = reason;
    this.container = container;
    this.exitCode = exitCode;
  }

  /** It has done its work. */
  static Ended well() {
    return new Ended(Optional.empty(), "", "", 0);
  }

  /** It has failed, and no container in particular is the cause. */
  static Ended badly(Reason reason, String message) {
    return new Ended(Optional.of(reason), message, "", -1);
  }

  /** It has failed for a container. */
  static Ended badly(Reason reason, String message, String container, int exitCode) {
    return new Ended(Optional.of(reason), message, container, exitCode);
  }

  /** It has failed, for that container has ended. */
  static Ended with(Verdict.Standing last) {
    String what =
        last.isGone()
            ? " was removed"
            : last.isOutOfMemory()
                ? " ran out of memory"
                : " ended with code " + last.exitCode().orElse(-1);
    return badly(
        last.isOutOfMemory() ? Reason.OUT_OF_MEMORY : Reason.ENDED,
        "container " + last.name() + what,
        last.name(),
        last.exitCode().orElse(-1));
  }

  /** Empty: it has ended as it should. */
  Optional<Reason> reason() {
    return reason;
  }

  String container() {
    return container;
  }

  int exitCode() {
    return exitCode;
  }
}
