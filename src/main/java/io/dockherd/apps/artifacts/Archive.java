package io.dockherd.apps.artifacts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
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
    void unpack(Path archive, Unpacking into) throws IOException {
      try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
        for (Enumeration<ZipArchiveEntry> all = zip.getEntries(); all.hasMoreElements(); ) {
          ZipArchiveEntry entry = all.nextElement();
          int mode = entry.getUnixMode() & 0777;
          if (entry.isDirectory()) {
            into.folder(entry.getName());
          } else if (entry.isUnixSymlink()) {
            into.link(entry.getName(), zip.getUnixSymlink(entry));
          } else {
            try (InputStream content = zip.getInputStream(entry)) {
              into.file(entry.getName(), mode, content);
            }
          }
        }
      }
    }
  },
  TAR(".tar") {
    @Override
    void unpack(Path archive, Unpacking into) throws IOException {
      unpackTar(buffered(archive), into);
    }
  },
  TAR_GZ(".tar.gz", ".tgz") {
    @Override
    void unpack(Path archive, Unpacking into) throws IOException {
      unpackTar(
          GzipCompressorInputStream.builder()
              .setInputStream(buffered(archive))
              .setDecompressConcatenated(true)
              .get(),
          into);
    }
  },
  TAR_BZ2(".tar.bz2", ".tbz2", ".tbz") {
    @Override
    void unpack(Path archive, Unpacking into) throws IOException {
      unpackTar(new BZip2CompressorInputStream(buffered(archive), true), into);
    }
  },
  TAR_XZ(".tar.xz", ".txz") {
    @Override
    void unpack(Path archive, Unpacking into) throws IOException {
      unpackTar(
          XZCompressorInputStream.builder()
              .setInputStream(buffered(archive))
              .setDecompressConcatenated(true)
              .setMemoryLimitKiB(MOST_XZ_KIB)
              .get(),
          into);
    }
  };

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

  abstract void unpack(Path archive, Unpacking into) throws IOException;

  private static InputStream buffered(Path archive) throws IOException {
    return new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
  }

  private static void unpackTar(InputStream bytes, Unpacking into) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(bytes)) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
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
}
