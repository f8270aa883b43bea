package io.dockherd.lab;

import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.failure.Unreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run to its end.
 *
 * @param command the program and its arguments; never a shell's line
 * @param output what it wrote, errors too
 */
public record Invocation(List<String> command, int exitCode, String output) {
  /** Long enough for whatever the lab calls. */
  public static final Duration USUAL_LIMIT = Duration.ofSeconds(20);

  public Invocation {
    command = List.copyOf(command);
  }

  /** Runs a program that is to succeed, and answers what it wrote. */
  public static String run(String... command) {
    return of(USUAL_LIMIT, List.of(command)).orFail().output();
  }

  /** Runs a program that may fail. */
  public static Invocation attempt(String... command) {
    return of(USUAL_LIMIT, List.of(command));
  }

  /**
   * Runs a program to its end, without input.
   *
   * @throws TimedOut when it takes longer; it is killed
   * @throws Unreachable when there is no such program
   */
  public static Invocation of(Duration limit, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      CompletableFuture<String> output = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> read(process, output));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new TimedOut(
            command.getFirst(),
            "'" + String.join(" ", command) + "' did not end within " + limit.toSeconds() + " s",
            "");
      }
      return new Invocation(command, process.exitValue(), output.join());
    } catch (IOException e) {
      throw new Unreachable(
          command.getFirst(), "'" + command.getFirst() + "' can't be run", e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimedOut(
          command.getFirst(), "interrupted while '" + command.getFirst() + "' ran", "", e);
    }
  }

  private static void read(Process process, CompletableFuture<String> output) {
    try {
      byte[] all = process.getInputStream().readAllBytes();
      output.complete(new String(all, StandardCharsets.UTF_8));
    } catch (IOException e) {
      output.completeExceptionally(new UncheckedIOException(e));
    }
  }

  /** Whether it ended with exit code 0. */
  public boolean succeeded() {
    return exitCode == 0;
  }

  /** This, if it succeeded; else a failure with what it wrote. */
  public Invocation orFail() {
    if (succeeded()) {
      return this;
    }
    throw new Refused(
        command.getFirst(),
        "'"
            + String.join(" ", command)
            + "' ended with exit code "
            + exitCode
            + ": "
            + output.strip(),
        "");
  }
}
