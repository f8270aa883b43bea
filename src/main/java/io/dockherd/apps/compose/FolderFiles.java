package io.dockherd.apps.compose;

import io.dockherd.compose.loading.SourceFiles;
import io.dockherd.failure.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of one folder. What was fetched is not to be believed: neither a path in it nor a link
 * leads out.
 */
final class FolderFiles implements SourceFiles {
  private final Path folder;

  FolderFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<byte[]> read(Path file, int limit) throws IOException {
    Path asked = folder.resolve(file).normalize();
    if (!asked.startsWith(folder.normalize())) {
      throw outside(file);
    }
    if (!Files.exists(asked)) {
      return Optional.empty();
    }
    Path real = asked.toRealPath();
    if (!real.startsWith(folder.toRealPath())) {
      throw outside(file);
    }
    if (!Files.isRegularFile(real)) {
      throw new IOException("no regular file");
    }
    try (InputStream in = Files.newInputStream(real)) {
      return Optional.of(in.readNBytes(limit));
    }
  }

  private static Refused outside(Path file) {
    return new Refused(
        file.toString(), file + " is outside of what was fetched", "pack it with the rest");
  }
}
