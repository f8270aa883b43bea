package io.dockherd.doors.marathon.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Collects what is wrong with a document. */
final class Violations {
  private final List<Violation> all = new ArrayList<>();

  void add(String path, String message) {
    all.add(new Violation(path, message));
  }

  /** Unless it is so. */
  void require(boolean isSo, String path, String message) {
    if (!isSo) {
      add(path, message);
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Throws what {@code failure} makes of them, if there are any. */
  void raise(Function<List<Violation>, NotValid> failure) {
    if (!all.isEmpty()) {
      throw failure.apply(all);
    }
  }
}
