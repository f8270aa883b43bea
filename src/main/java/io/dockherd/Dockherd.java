package io.dockherd;

import io.dockherd.cli.Program;

/** Where the program starts. */
public final class Dockherd {
  private static final int CRASHED = 70;

  private Dockherd() {}

  /**
   * Runs the command named by the first argument and ends with its exit code; whatever is thrown
   * ends the process too, lest threads already started keep half a node alive.
   */
  public static void main(String[] args) {
    int exitCode = CRASHED;
    try {
      exitCode = Program.run(args);
    } catch (RuntimeException | Error crash) {
      crash.printStackTrace();
    }
    System.exit(exitCode);
  }
}
