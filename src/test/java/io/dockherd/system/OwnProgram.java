package io.dockherd.system;

import io.dockherd.lab.Distribution;
import io.dockherd.lab.Distribution.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A command of the packaged program that runs until it is closed. */
final class OwnProgram implements AutoCloseable {
  private final Path log;
  private final Process process;

  /** Starts it; what it writes goes to that file. */
  OwnProgram(Path log, Role role, List<String> arguments) {
    this.log = log;
    try {
      process =
          new ProcessBuilder(Distribution.own().command(role, arguments))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has written so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it orderly. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
