package io.dockherd.cli;

import io.dockherd.compose.loading.SourceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Compose files from this machine's disk; {@code -} is the standard input. */
final class DiskFiles implements SourceFiles {
  private static final Path STANDARD = Path.of("-");

  private final InputStream standardInput;

  DiskFiles(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  /** No more than {@code limit} bytes are read, of whatever never ends, too. */
  @Override
  public Optional<byte[]> read(Path file, int limit) throws IOException {
    if (file.equals(STANDARD)) {
      return Optional.of(standardInput.readNBytes(limit));
    }
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(in.readNBytes(limit));
    }
  }
}
