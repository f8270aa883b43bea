package io.dockherd.apps.artifacts;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A folder among the machine's temporary ones that one process has at a time, and the next of the
 * same name takes over with all that is in it: containers that outlive a process go on to use it,
 * and nothing is left behind.
 */
final class TemporaryFolder implements AutoCloseable {
  private static final String LOCK = ".lock";
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(OWNERS);

  private final Path path;
  private final FileChannel lock;

  private TemporaryFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** The one of that name, if it is there, nobody else's, and not in use. */
  static Optional<TemporaryFolder> find(Path among, String name) {
    return take(among.resolve(plain(name)));
  }

  /** The same, made if it is not there; of a name of its own when it can't be had. */
  static TemporaryFolder make(Path among, String name) throws IOException {
    Path path = among.resolve(plain(name));
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(path, PRIVATE);
    }
    Optional<TemporaryFolder> named = take(path);
    if (named.isPresent()) {
      return named.get();
    }
    Path other = Files.createTempDirectory(among, plain(name) + "-", PRIVATE);
    return take(other).orElseThrow(() -> new IOException(other + " is taken"));
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private static Optional<TemporaryFolder> take(Path path) {
    FileChannel lock = null;
    try {
      if (!isOurs(path)) {
        return Optional.empty();
      }
      lock =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() != null) {
        return Optional.of(new TemporaryFolder(path, lock));
      }
      lock.close();
      return Optional.empty();
    } catch (IOException | OverlappingFileLockException e) {
      close(lock);
      return Optional.empty();
    }
  }

  /** Anybody may make a folder of that name there. */
  private static boolean isOurs(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.permissions().equals(OWNERS)
        && attributes
            .owner()
            .equals(
                path.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name")));
  }

  private static void close(FileChannel lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      // It goes with the process at the latest.
      return;
    }
  }

  Path path() {
    return path;
  }

  /** Leaves it to the next process. */
  @Override
  public void close() {
    close(lock);
  }
}
