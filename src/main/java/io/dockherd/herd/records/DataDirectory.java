package io.dockherd.herd.records;

import io.dockherd.failure.Refused;
import io.dockherd.telemetry.Log;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A node's data directory: open to its owner only, and to one process at a time. */
final class DataDirectory implements AutoCloseable {
  private static final Log LOG = Log.of(DataDirectory.class);

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the directory if need be and takes it.
   *
   * @throws Refused when it can't be written, or another process has it
   */
  static DataDirectory take(Path path) {
    try {
      var permissions = PosixFilePermissions.fromString("rwx------");
      Files.createDirectories(path, PosixFilePermissions.asFileAttribute(permissions));
      Files.setPosixFilePermissions(path, permissions);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new Refused(
            path.toString(),
            "the data directory " + path + " is in use by another process",
            "stop that one, or give this node another --data-dir");
      }
      return new DataDirectory(path, channel);
    } catch (IOException e) {
      throw new Refused(
          path.toString(),
          "the data directory " + path + " can't be used: " + e,
          "make it writable, or name another with --data-dir",
          e);
    }
  }

  Path path() {
    return path;
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /** Puts a finished file in another's place; a crash leaves the one or the other. */
  void replace(String name, String by) throws IOException {
    Files.move(file(by), file(name), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("data directory not released", "directory", path, "reason", e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock taken = channel.tryLock();
      return taken != null;
    } catch (OverlappingFileLockException e) {
      // This very process has it.
      return false;
    }
  }
}
