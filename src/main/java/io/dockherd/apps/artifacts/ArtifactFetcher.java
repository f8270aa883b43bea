package io.dockherd.apps.artifacts;

import io.dockherd.apps.model.Artifact;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Refused;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Fetches artifacts as their apps ask for and the node's rules allow: over http and https, and,
 * where that is allowed, files of the node's own machine. Archives are unpacked and then removed.
 */
public final class ArtifactFetcher implements Fetcher, AutoCloseable {
  private static final long MOST_KEPT = 2L << 30;

  private final ArtifactRules rules;
  private final Download download;
  private final ArtifactCache cache;

  /**
   * A fetcher by those rules.
   *
   * @param dataDir where downloads are kept whose apps say so; empty to keep none
   */
  public ArtifactFetcher(
      Vertx vertx, ArtifactRules rules, Optional<Path> dataDir, InstantSource clock) {
    this(
        rules,
        new Download(vertx, rules, name -> List.of(InetAddress.getAllByName(name))),
        new ArtifactCache(dataDir.map(folder -> folder.resolve("artifacts")), MOST_KEPT, clock));
  }

  ArtifactFetcher(ArtifactRules rules, Download download, ArtifactCache cache) {
    this.rules = rules;
    this.download = download;
    this.cache = cache;
  }

  @Override
  public void fetch(Artifact artifact, Path folder, Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    URI uri = uri(artifact);
    String name = name(uri);
    Optional<Archive> archive = artifact.isExtracted() ? Archive.named(name) : Optional.empty();
    try {
      Path part = Files.createTempFile(folder, ".fetch-", "");
      Files.delete(part);
      if (!artifact.isCached() || !cache.copy(uri, part)) {
        get(uri, part, limit);
        if (artifact.isCached()) {
          cache.keep(uri, part);
        }
      }
      if (archive.isPresent()) {
        Path into = within(folder, artifact.path(), artifact);
        Files.createDirectories(into);
        archive.get().unpack(part, new Unpacking(Download.shown(uri), into, rules), until);
        Files.delete(part);
      } else {
        Path target =
            artifact.path().isEmpty() || artifact.path().endsWith("/")
                ? within(folder, artifact.path(), artifact).resolve(name)
                : within(folder, artifact.path(), artifact);
        Files.createDirectories(target.getParent());
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(
            target,
            PosixFilePermissions.fromString(artifact.isExecutable() ? "rwxr-xr-x" : "rw-r--r--"));
      }
    } catch (IOException e) {
      throw new Refused(
          Download.shown(uri),
          "what was fetched from " + Download.shown(uri) + " can't be used: " + e.getMessage(),
          "",
          e);
    }
  }

  private void get(URI uri, Path into, Duration limit) throws IOException {
    if (!isFile(uri)) {
      download.fetch(uri, into, limit);
      return;
    }
    if (!rules.schemes().contains("file")) {
      throw new Refused(
          Download.shown(uri),
          "nothing is fetched from " + Download.shown(uri) + " at this node",
          "'artifactSchemes' says what is");
    }
    Path source = Path.of(uri.getPath() == null ? "" : uri.getPath());
    if (!Files.isRegularFile(source)) {
      throw new NotFound(
          Download.shown(uri),
          Download.shown(uri) + " can't be fetched: there is no such file",
          "");
    }
    if (Files.size(source) > rules.mostBytes()) {
      throw new Refused(
          Download.shown(uri),
          Download.shown(uri) + " is larger than " + rules.mostBytes() + " bytes",
          "");
    }
    Files.copy(source, into);
  }

  private static boolean isFile(URI uri) {
    return uri.getScheme() == null || uri.getScheme().toLowerCase(Locale.ROOT).equals("file");
  }

  private static URI uri(Artifact artifact) {
    try {
      return new URI(artifact.uri());
    } catch (URISyntaxException e) {
      // The cause holds the address as it is.
      String shown = Download.shown(artifact.uri());
      throw new Invalid(shown, shown + " can't be fetched: it is no address", "");
    }
  }

  /** What a file from there is called: the last of its path. */
  private static String name(URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean isUsable =
        !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('\0') < 0;
    return isUsable ? name : "artifact";
  }

  /** Below the folder, and through no link an archive before it has brought. */
  private static Path within(Path folder, String path, Artifact artifact) {
    try {
      Path target = folder.resolve(path).normalize();
      boolean isBelow = target.startsWith(folder) && !Path.of(path).isAbsolute();
      for (Path at = target; isBelow && !at.equals(folder); at = at.getParent()) {
        isBelow = !Files.exists(at, LinkOption.NOFOLLOW_LINKS) || !Files.isSymbolicLink(at);
      }
      if (isBelow) {
        return target;
      }
    } catch (InvalidPathException e) {
      throw new Invalid(Download.shown(artifact.uri()), "'" + path + "' is no path", "", e);
    }
    String shown = Download.shown(artifact.uri());
    throw new Invalid(
        shown,
        "'" + path + "' is not below the instance's folder, where " + shown + " is to go",
        "");
  }

  @Override
  public void close() {
    download.close();
  }
}
