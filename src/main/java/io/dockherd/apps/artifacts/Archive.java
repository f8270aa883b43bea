package io.dockherd.apps.artifacts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The kinds of archives that are unpacked, told by their names. */
enum Archive {
  ZIP(".zip") {
    @Override
    void unpack(Path archive, Unpacking into, long untilNanos) throws IOException {
      try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
        for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); ) {
          ZipArchiveEntry entry = all.nextElement();
          int mode = entry.getUnixMode() & 0777;
          if (entry.isDirectory()) {
            into.folder(entry.getName());
          } else if (entry.isUnixSymlink()) {
            into.link(entry.getName(), target(zip, entry, into));
          } else {
            try (InputStream content = new ArchiveBytes(zip.getInputStream(entry), untilNanos)) {
              into.file(entry.getName(), mode, content);
            }
          }
        }
      }
    }
  },
  TAR(".tar") {
    @Override
    void unpack(Path archive, Unpacking into, long untilNanos) throws IOException {
      unpackTar(buffered(archive), into, untilNanos);
    }
  },
  TAR_GZ(".tar.gz", ".tgz") {
    @Override
    void unpack(Path archive, Unpacking into, long untilNanos) throws IOException {
      unpackTar(
          GzipCompressorInputStream.builder()
              .setInputStream(buffered(archive))
              .setDecompressConcatenated(true)
              .get(),
          into,
          untilNanos);
    }
  },
  TAR_BZ2(".tar.bz2", ".tbz2", ".tbz") {
    @Override
    void unpack(Path archive, Unpacking into, long untilNanos) throws IOException {
      unpackTar(new BZip2CompressorInputStream(buffered(archive), true), into, untilNanos);
    }
  },
  TAR_XZ(".tar.xz", ".txz") {
    @Override
    void unpack(Path archive, Unpacking into, long untilNanos) throws IOException {
      unpackTar(
          XZCompressorInputStream.builder()
              .setInputStream(buffered(archive))
              .setDecompressConcatenated(true)
              .setMemoryLimitKiB(MOST_XZ_KIB)
              .get(),
          into,
          untilNanos);
    }
  };

  /** As long as a path may be. */
  private static final int LONGEST_LINK = 4 << 10;

  /** A dictionary as large as an archive's maker likes would be a node's memory. */
  private static final int MOST_XZ_KIB = 72 << 10;

  private final List<String> endings;

  Archive(String... endings) {
    this.endings = List.of(endings);
  }

  /** The kind a file of that name is; empty when it is none. */
  static Optional<Archive> named(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    for (Archive archive : values()) {
      if (archive.endings.stream().anyMatch(name::endsWith)) {
        return Optional.of(archive);
      }
    }
    return Optional.empty();
  }

  /**
   * Unpacks one; waits.
   *
   * @param untilNanos when there is no more time for it, as {@link System#nanoTime} has it
   */
  abstract void unpack(Path archive, Unpacking into, long untilNanos) throws IOException;

  /** Where a link leads: what an entry holds, which may be as much as it likes. */
  private static String target(ZipFile zip, ZipArchiveEntry entry, Unpacking into)
      throws IOException {
    try (InputStream content = zip.getInputStream(entry)) {
      byte[] target = content.readNBytes(LONGEST_LINK + 1);
      if (target.length > LONGEST_LINK) {
        into.refuse(entry.getName(), "is a link to more than " + LONGEST_LINK + " bytes");
      }
      return new String(target, StandardCharsets.UTF_8);
    }
  }

  private static InputStream buffered(Path archive) throws IOException {
    return new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
  }

  private static void unpackTar(InputStream packed, Unpacking into, long untilNanos)
      throws IOException {
    ArchiveBytes bytes = new ArchiveBytes(packed, untilNanos);
    try (TarArchiveInputStream tar = new TarArchiveInputStream(bytes)) {
      for (TarArchiveEntry entry = next(tar, bytes); entry != null; entry = next(tar, bytes)) {
        if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
          into.refuse(entry.getName(), "is neither file, folder nor link");
        } else if (entry.isDirectory()) {
          into.folder(entry.getName());
        } else if (entry.isSymbolicLink()) {
          into.link(entry.getName(), entry.getLinkName());
        } else if (entry.isLink()) {
          into.copy(entry.getName(), entry.getLinkName());
        } else {
          into.file(entry.getName(), entry.getMode() & 0777, tar);
        }
      }
    }
  }

  private static TarArchiveEntry next(TarArchiveInputStream tar, ArchiveBytes bytes)
      throws IOException {
    bytes.between();
    TarArchiveEntry entry = tar.getNextEntry();
    bytes.within();
    return entry;
  }
}
