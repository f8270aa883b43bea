package io.dockherd.herd.keys;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Refused;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files that never, not even for a moment, are open to more people than they should be. */
public final class SecretFile {
  private static final String OWNER_ONLY = "rw-------";

  private SecretFile() {}

  /**
   * Writes a file where nothing is yet, readable by its owner only.
   *
   * @throws Conflict when something is there
   * @throws Refused when it can't be written
   */
  public static void create(Path file, String content) {
    try {
      Files.createFile(file, permissions(OWNER_ONLY));
      Files.writeString(file, content);
    } catch (FileAlreadyExistsException e) {
      throw new Conflict(
          file.toString(),
          file + " exists already and is not overwritten",
          "name another file, or move that one away",
          e);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * Puts a file in the place of another, whole or not at all, readable by its owner only.
   *
   * @throws Refused when it can't be written
   */
  public static void replace(Path file, String content) {
    replace(file, content, OWNER_ONLY);
  }

  static void replace(Path file, String content, String permissions) {
    try {
      // Through a symbolic link to what it points to: the link shall stay one.
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path fresh =
          Files.createTempFile(target.getParent(), ".dockherd-", ".new", permissions(OWNER_ONLY));
      try {
        Files.writeString(fresh, content);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(permissions));
        Files.move(
            fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static Refused unwritable(Path file, IOException e) {
    return new Refused(file.toString(), file + " can't be written: " + e, "", e);
  }

  private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }
}
