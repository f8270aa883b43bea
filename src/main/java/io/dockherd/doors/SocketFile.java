package io.dockherd.doors;

import io.dockherd.failure.Conflict;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The file a unix socket is known by: it outlives a process that was killed. */
final class SocketFile {
  private static final int TYPE_MASK = 0170000;
  private static final int SOCKET = 0140000;

  private SocketFile() {}

  /**
   * Takes away what a process that is no more has left.
   *
   * @throws Conflict when somebody listens there, or it is no socket at all
   */
  static void clear(Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSocket(path)) {
      throw new Conflict(path.toString(), path + " is there and is no socket", "give another path");
    }
    if (answers(path)) {
      throw new Conflict(path.toString(), "somebody listens at " + path, "give another path");
    }
    remove(path);
  }

  /** Nobody but its owner may connect from now on. */
  static void restrict(Path path) {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new Conflict(path.toString(), "can't restrict " + path + ": " + e, "", e);
    }
  }

  static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new Conflict(path.toString(), "can't remove " + path + ": " + e, "", e);
    }
  }

  private static boolean isSocket(Path path) {
    try {
      int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      return (mode & TYPE_MASK) == SOCKET;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean answers(Path path) {
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
