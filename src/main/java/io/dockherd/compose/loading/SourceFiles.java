package io.dockherd.compose.loading;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where files are read from: a disk, an archive somebody sent, a test's map. */
@FunctionalInterface
public interface SourceFiles {
  /**
   * What a file holds.
   *
   * @param limit how many bytes are wanted at most; a longer file may be cut off behind it
   * @return empty when there is no such file
   * @throws IOException when there is, and it can't be read
   */
  Optional<byte[]> read(Path file, int limit) throws IOException;
}
