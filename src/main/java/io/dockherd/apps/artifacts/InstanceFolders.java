package io.dockherd.apps.artifacts;

import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Artifact;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder for each instance, named after its task, with a note beside it of what has become of the
 * instance: what a node has to know after it was started again, and engines don't.
 */
public final class InstanceFolders implements AutoCloseable {
  private static final Log LOG = Log.of(InstanceFolders.class);
  private static final String NOTE = ".json";
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private final Fetcher fetcher;
  private final String name;
  private Optional<Path> known;
  private Optional<TemporaryFolder> temporary = Optional.empty();

  /**
   * @param root made when the first is needed; empty for a temporary one
   * @param name of a temporary one, by which the node's next process finds it again
   */
  public InstanceFolders(Optional<Path> root, String name, Fetcher fetcher) {
    this.known = Objects.requireNonNull(root, "root");
    this.name = Objects.requireNonNull(name, "name");
    this.fetcher = Objects.requireNonNull(fetcher, "fetcher");
    if (known.isEmpty()) {
      temporary = TemporaryFolder.find(TEMPORARY, name);
      known = temporary.map(TemporaryFolder::path);
    }
  }

  private synchronized Path root() {
    if (known.isEmpty()) {
      try {
        temporary = Optional.of(TemporaryFolder.make(TEMPORARY, name));
        known = temporary.map(TemporaryFolder::path);
      } catch (IOException e) {
        throw failed(TEMPORARY, e);
      }
    }
    return known.get();
  }

  /** Leaves them to the node's next process. */
  @Override
  public synchronized void close() {
    temporary.ifPresent(TemporaryFolder::close);
  }

  private synchronized boolean isUsed() {
    return known.map(Files::isDirectory).orElse(false);
  }

  /** An instance's folder, whether it is there or not. */
  public Path of(AppPath path, InstanceId id) {
    return root().resolve(name(path, id));
  }

  /** What an instance's folder is called. */
  public static String name(AppPath path, InstanceId id) {
    return Instance.taskId(path, id);
  }

  /**
   * Makes an instance's folder and fetches all of that into it; waits, and may be interrupted.
   *
   * @throws io.dockherd.failure.Failure with the address in the message, when one can't be had
   */
  public Path fill(AppPath path, InstanceId id, List<Artifact> artifacts, Duration limit) {
    Path folder = of(path, id);
    long until = System.nanoTime() + limit.toNanos();
    try {
      delete(folder);
      Files.createDirectories(root(), PRIVATE);
      Files.createDirectory(folder, PRIVATE);
    } catch (IOException e) {
      throw failed(folder, e);
    }
    for (Artifact artifact : artifacts) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        String shown = Download.shown(artifact.uri());
        throw new TimedOut(shown, "there was no time left to fetch " + shown, "");
      }
      fetcher.fetch(artifact, folder, Duration.ofNanos(left));
    }
    return folder;
  }

  /** Writes down what has become of an instance, in the place of what was written before. */
  public void note(AppPath path, InstanceId id, JsonObject note) {
    Path file = root().resolve(name(path, id) + NOTE);
    Path next = root().resolve(name(path, id) + NOTE + ".new");
    try {
      Files.createDirectories(root(), PRIVATE);
      Files.write(next, note.toBuffer().getBytes());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // Without it the node takes the instance for one that was cut off, should it start anew.
      LOG.warn("instance not noted", "file", file, "reason", e);
    }
  }

  /** What was written down of an instance. */
  public Optional<JsonObject> noted(AppPath path, InstanceId id) {
    if (!isUsed()) {
      return Optional.empty();
    }
    Path file = root().resolve(name(path, id) + NOTE);
    try {
      return Optional.of(new JsonObject(Buffer.buffer(Files.readAllBytes(file))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | DecodeException e) {
      LOG.warn("note of an instance not read", "file", file, "reason", e);
      return Optional.empty();
    }
  }

  /** Removes an instance's folder and what was noted of it. */
  public void remove(AppPath path, InstanceId id) {
    remove(name(path, id));
  }

  /** Removes the folder and the note of that name. */
  public void remove(String name) {
    if (!isUsed()) {
      return;
    }
    try {
      delete(root().resolve(name));
      Files.deleteIfExists(root().resolve(name + NOTE));
      Files.deleteIfExists(root().resolve(name + NOTE + ".new"));
    } catch (IOException e) {
      LOG.warn("folder of an instance not removed", "folder", name, "reason", e);
    }
  }

  /** The names of all that are there. */
  public Set<String> names() {
    if (!isUsed()) {
      return Set.of();
    }
    Set<String> names = new TreeSet<>();
    try (Stream<Path> entries = Files.list(root())) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(entry -> !entry.startsWith("."))
          .forEach(entry -> names.add(entry.replaceFirst("\\.json(\\.new)?$", "")));
    } catch (IOException e) {
      LOG.warn("folders of instances not listed", "folder", root(), "reason", e);
    }
    return names;
  }

  /** Links are removed, and not followed: what is in the folder came from strangers. */
  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Refused failed(Path folder, IOException e) {
    return new Refused(
        folder.toString(), "the folder " + folder + " can't be made: " + e, "is there room?", e);
  }
}
