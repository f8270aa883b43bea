package io.dockherd.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Numbers of days people give. */
final class Days {
  /** A hundred years: beyond that it is a slip of the finger. */
  private static final int MAX = 36_500;

  private Days() {}

  static int atLeastOne(CommandSpec spec, int days) {
    if (days < 1 || days > MAX) {
      throw new ParameterException(
          spec.commandLine(), "--days is a number from 1 to " + MAX + ", not " + days);
    }
    return days;
  }
}
