package io.dockherd.lab;

import io.dockherd.failure.Conflict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Whose a lab is: the process that brought it up holds its lock for as long as it lives, and no
 * longer, however it ends.
 */
final class LabLock implements AutoCloseable {
  private final Path file;
  private final FileLock lock;

  private LabLock(Path file, FileLock lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Takes the lab's lock.
   *
   * @throws Conflict when a living process has it
   */
  static LabLock take(LabPlan plan) {
    Path file = file(plan);
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new Conflict(
            "" + plan.index(),
            "lab " + plan.index() + " is up already",
            plan.index() == 0 ? "take it down: dockherd demo --down" : "");
      }
      return new LabLock(file, lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isHeld(LabPlan plan) {
    if (!Files.exists(file(plan))) {
      return false;
    }
    try {
      take(plan).close();
      return false;
    } catch (Conflict e) {
      return true;
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // This very process has it.
    }
  }

  private static Path file(LabPlan plan) {
    return plan.home().resolveSibling(plan.home().getFileName() + ".lock");
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      lock.acquiredBy().close();
      Invocation.attempt("rmdir", file.getParent().toString()); // Goes with the last lab.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
