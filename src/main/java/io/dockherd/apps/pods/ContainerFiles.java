package io.dockherd.apps.pods;

import io.dockherd.apps.model.FileSpec;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Files that are put into a container before it starts, as the tar its engine unpacks there. */
final class ContainerFiles {
  private ContainerFiles() {}

  /** All of them, by their whole paths; the engine makes the folders that are missing. */
  static Buffer tar(List<FileSpec> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (FileSpec file : files) {
        byte[] content = file.content().getBytes();
        TarArchiveEntry entry = new TarArchiveEntry(file.target().substring(1));
        entry.setMode(Integer.parseInt(file.mode(), 8));
        entry.setIds(file.uid(), file.gid());
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      // Nothing is written but to memory.
      throw new UncheckedIOException(e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
