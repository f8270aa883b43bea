package io.dockherd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs somebody else's program, to hear whether it understands what we made. */
public final class Tool {
  private static final long LIMIT_SECONDS = 30;

  private Tool() {}

  /** What came of it: the exit status, and everything it said. */
  public record Outcome(int status, String said) {}

  /** Leaves the test out where the program is not installed; ./check installs it. */
  public static void require(String name) {
    boolean isThere =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    assumeTrue(isThere, name + " is not installed");
  }

  /** Runs a command line with nothing on its standard input. */
  public static Outcome run(List<String> command) {
    try {
      Path said = Files.createTempFile("dockherd-tool-", ".out");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(said.toFile())
              .start();
      try {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("took too long: " + command);
        }
        return new Outcome(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
      } finally {
        process.destroyForcibly();
        Files.delete(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + command, e);
    }
  }
}
