package io.dockherd.apps.pods;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A folder as the tar an engine builds an image of. Links go as links: what they lead to outside of
 * the folder is not sent. All of it is root's, as an engine's own client has it on other systems.
 */
public record BuildContext(Path folder, String dockerfile) {
  private static final String IGNORING = ".dockerignore";
  private static final long LONGEST_RULES = 64 << 10;

  /** Packs it into a file. */
  public void pack(Path into) throws IOException {
    IgnoreRules rules = rules();
    try (OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(into));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      Files.walkFileTree(folder, new Packing(tar, rules));
    }
  }

  private IgnoreRules rules() throws IOException {
    Path own = own();
    Path file =
        Files.isRegularFile(own, LinkOption.NOFOLLOW_LINKS) ? own : folder.resolve(IGNORING);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return IgnoreRules.NONE;
    }
    if (Files.size(file) > LONGEST_RULES) {
      throw new IOException(file.getFileName() + " has more than " + LONGEST_RULES + " bytes");
    }
    return IgnoreRules.of(Files.readString(file));
  }

  private Path own() throws IOException {
    try {
      return folder.resolve(dockerfile + IGNORING);
    } catch (InvalidPathException e) {
      throw new IOException("no Dockerfile can be called so", e);
    }
  }

  private final class Packing extends SimpleFileVisitor<Path> {
    private final TarArchiveOutputStream tar;
    private final IgnoreRules rules;

    private Packing(TarArchiveOutputStream tar, IgnoreRules rules) {
      this.tar = tar;
      this.rules = rules;
    }

    /** An ignored folder may hold what is taken back in, so it is looked through all the same. */
    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      String name = folder.relativize(directory).toString();
      if (!name.isEmpty() && !rules.ignores(name)) {
        TarArchiveEntry entry = new TarArchiveEntry(name + "/");
        entry.setMode(0755);
        put(entry);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      // Nothing here waits, and others want the processor too.
      Thread.yield();
      String name = folder.relativize(file).toString();
      // The engine needs both, whatever is ignored; it leaves them out itself then.
      boolean isNeeded = name.equals(dockerfile) || name.equals(IGNORING);
      if (!isNeeded && rules.ignores(name)) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isSymbolicLink()) {
        TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        link.setLinkName(Files.readSymbolicLink(file).toString());
        put(link);
      } else if (attributes.isRegularFile()) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(attributes.size());
        entry.setModTime(attributes.lastModifiedTime());
        Set<PosixFilePermission> permissions =
            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        entry.setMode(permissions.contains(PosixFilePermission.OWNER_EXECUTE) ? 0755 : 0644);
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
      }
      return FileVisitResult.CONTINUE;
    }

    private void put(TarArchiveEntry entry) throws IOException {
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
  }
}
