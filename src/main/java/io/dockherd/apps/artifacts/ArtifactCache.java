package io.dockherd.apps.artifacts;

import io.dockherd.telemetry.Log;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Downloads whose apps say that they never change: kept by their addresses, those that were wanted
 * last longest, up to a size.
 */
final class ArtifactCache {
  private static final Log LOG = Log.of(ArtifactCache.class);

  private final Optional<Path> folder;
  private final long most;
  private final InstantSource clock;

  /**
   * @param folder made when the first is kept; empty to keep none
   * @param most bytes of all of them
   */
  ArtifactCache(Optional<Path> folder, long most, InstantSource clock) {
    this.folder = folder;
    this.most = most;
    this.clock = clock;
  }

  /** Copies what is kept of that address to there; false when nothing is. */
  synchronized boolean copy(URI uri, Path into) throws IOException {
    if (folder.isEmpty() || !Files.isRegularFile(file(uri))) {
      return false;
    }
    Files.copy(file(uri), into);
    Files.setLastModifiedTime(file(uri), FileTime.from(clock.instant()));
    return true;
  }

  /** Keeps a copy; what goes wrong with that is nobody's failure. */
  synchronized void keep(URI uri, Path download) {
    if (folder.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(
          folder.get(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      makeRoom(Files.size(download));
      Path part = Files.createTempFile(folder.get(), "part-", "");
      Files.copy(download, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file(uri), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("artifact not kept", "uri", Download.shown(uri), "reason", e);
    }
  }

  private void makeRoom(long bytes) throws IOException {
    List<Path> oldest = new ArrayList<>();
    long size = bytes;
    try (Stream<Path> files = Files.list(folder.orElseThrow())) {
      files.forEach(oldest::add);
    }
    for (Path file : oldest) {
      size += Files.size(file);
    }
    oldest.sort(Comparator.comparing(ArtifactCache::lastWanted));
    for (Path file : oldest) {
      if (size > most) {
        size -= Files.size(file);
        Files.delete(file);
      }
    }
  }

  private static FileTime lastWanted(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  /** An address may hold a password: its hash tells nothing. */
  private Path file(URI uri) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(uri.toString().getBytes(StandardCharsets.UTF_8));
      return folder.orElseThrow().resolve(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
