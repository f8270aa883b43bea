package io.dockherd.cli;

import io.dockherd.failure.Failure;
import java.util.List;
import java.util.Optional;

/** The whole command line. */
public final class Program {
  static final int DONE_WRONG = 1;
  static final int ASKED_WRONG = 2;

  private Program() {}

  /**
   * Runs the command the arguments name.
   *
   * @return the exit code: 0 when it was done, 1 when it failed, 2 when the arguments are wrong
   */
  public static int run(String... arguments) {
    try {
      List<String> line = ManageLine.translate(SeedLine.translate(arguments));
      Optional<NodeStart> node = NodeStart.read(line);
      if (node.isEmpty()) {
        return CommandTree.run(line);
      }
      node.get().run();
      return 0;
    } catch (Failure failure) {
      System.err.println(complaint(failure));
      return DONE_WRONG;
    }
  }

  static String complaint(Failure failure) {
    return "dockherd: " + failure.explanation();
  }
}
