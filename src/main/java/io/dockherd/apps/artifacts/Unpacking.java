package io.dockherd.apps.artifacts;

import io.dockherd.failure.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Unpacks one archive into a folder, and nothing outside of it: no entry climbs out, no link leads
 * out, nothing is written through a link, and nobody fills the disk.
 */
final class Unpacking {
  private final String archive;
  private final Path folder;
  private final ArtifactRules rules;
  private long bytes;
  private int entries;

  /**
   * @param archive what it is called in messages
   * @param folder there already, and without links in its path that strangers made
   */
  Unpacking(String archive, Path folder, ArtifactRules rules) {
    this.archive = archive;
    this.folder = folder.toAbsolutePath().normalize();
    this.rules = rules;
  }

  void folder(String name) throws IOException {
    Path path = place(name);
    if (!path.equals(folder)) {
      makeFolders(path, name);
    }
  }

  /**
   * @param mode its permissions; who may write it beside its owner is not taken over
   */
  void file(String name, int mode, InputStream content) throws IOException {
    Path path = placeOfFile(name);
    byte[] part = new byte[1 << 16];
    try (OutputStream out =
        Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = content.read(part); read >= 0; read = content.read(part)) {
        bytes += read;
        if (bytes > rules.mostUnpackedBytes()) {
          throw refusal(
              name, "makes more than " + rules.mostUnpackedBytes() + " bytes of the archive");
        }
        if (Thread.interrupted()) {
          Thread.currentThread().interrupt();
          throw refusal(name, "was given up");
        }
        out.write(part, 0, read);
      }
    }
    Files.setPosixFilePermissions(path, permissions(mode));
  }

  /**
   * A link that leads to somewhere in the folder, whatever links there are already or are still to
   * come. It is written anew: all its {@code ..} come first, where they climb from the folder the
   * link is in, which is none of a link's. Behind a name they would climb from wherever that leads.
   */
  void link(String name, String target) throws IOException {
    Path path = placeOfFile(name);
    Path written = path(name, target).normalize();
    Path end = path.resolveSibling(written).normalize();
    if (written.isAbsolute() || !end.startsWith(folder)) {
      throw refusal(name, "is a link that leads out of the archive, to " + target);
    }
    Files.createSymbolicLink(path, written.toString().isEmpty() ? Path.of(".") : written);
  }

  /** Another name of a file of the archive: a file of its own here. */
  void copy(String name, String of) throws IOException {
    Path source = place(of);
    Path path = placeOfFile(name);
    if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS) || passesLink(source)) {
      throw refusal(name, "is a link to " + of + ", which is no file of the archive");
    }
    int mode =
        Files.getPosixFilePermissions(source).contains(PosixFilePermission.OWNER_EXECUTE)
            ? 0755
            : 0644;
    try (InputStream content = Files.newInputStream(source)) {
      entries--;
      file(name, mode, content);
    }
  }

  void refuse(String name, String why) {
    throw refusal(name, why);
  }

  private Path placeOfFile(String name) throws IOException {
    Path path = place(name);
    if (path.equals(folder)) {
      throw refusal(name, "has no name");
    }
    makeFolders(path.getParent(), name);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw refusal(name, "is a folder and something else");
    }
    // A later entry of one name stands for the earlier one; and a link is never written through.
    Files.deleteIfExists(path);
    return path;
  }

  private Path place(String name) {
    if (++entries > rules.mostEntries()) {
      throw refusal(name, "is one of more than " + rules.mostEntries() + " entries");
    }
    Path written = path(name, name);
    Path path = folder.resolve(written).normalize();
    boolean climbs = false;
    for (Path step : written) {
      climbs |= step.toString().equals("..");
    }
    if (written.isAbsolute() || climbs || !path.startsWith(folder)) {
      throw refusal(name, "would be outside of the archive's folder");
    }
    return path;
  }

  private Path path(String entry, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw refusal(entry, "has a name no file can have");
    }
  }

  private void makeFolders(Path path, String name) throws IOException {
    Path at = folder;
    for (Path step : folder.relativize(path)) {
      if (!step.toString().isEmpty()) {
        at = at.resolve(step);
        if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectory(at);
        } else if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
          throw refusal(name, "goes through " + step + ", which is no folder");
        }
      }
    }
  }

  private boolean passesLink(Path path) {
    Path at = folder;
    for (Path step : folder.relativize(path)) {
      at = at.resolve(step);
      if (Files.isSymbolicLink(at)) {
        return true;
      }
    }
    return false;
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    if ((mode & 0111) != 0) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return permissions;
  }

  private Refused refusal(String name, String why) {
    return new Refused(
        archive, "the archive " + archive + " is refused: its entry '" + name + "' " + why, "");
  }
}
