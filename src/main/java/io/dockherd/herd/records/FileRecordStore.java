package io.dockherd.herd.records;

import io.dockherd.failure.Refused;
import io.dockherd.telemetry.Log;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.h2.mvstore.MVStoreException;

/**
 * Records in a file. Whoever saves joins the turn that is being gathered and then waits for the
 * disk; the first one the disk is free for takes the turn for all who joined it, so there is no
 * thread of its own and one forced write serves many.
 */
final class FileRecordStore implements RecordStore {
  private static final Log LOG = Log.of(FileRecordStore.class);

  private final DataDirectory directory;

  /** Guards the file: held by whoever takes a turn. */
  private final ReentrantLock disk = new ReentrantLock();

  private Optional<RecordFile> file;
  private boolean closed;

  /** Keys that a failed turn left unsaved, with where to find their content. */
  private final Map<String, Function<String, Optional<byte[]>>> owed = new LinkedHashMap<>();

  private final Object gate = new Object();
  private Turn gathering = new Turn();

  private FileRecordStore(DataDirectory directory, RecordFile file) {
    this.directory = directory;
    this.file = Optional.of(file);
  }

  static FileRecordStore open(Path directory) {
    DataDirectory taken = DataDirectory.take(directory);
    try {
      return new FileRecordStore(taken, RecordFile.open(taken));
    } catch (Refused e) {
      taken.close();
      throw e;
    }
  }

  @Override
  public Map<String, byte[]> load() {
    disk.lock();
    try {
      return opened().records();
    } finally {
      disk.unlock();
    }
  }

  @Override
  public void save(Collection<String> keys, Function<String, Optional<byte[]>> content) {
    Set<String> mine = new LinkedHashSet<>(keys);
    join(turn -> mine.forEach(key -> turn.keys.put(key, content)));
  }

  @Override
  public void note(String name, JsonObject value) {
    byte[] bytes = value.toBuffer().getBytes();
    join(turn -> turn.notes.put(name, bytes));
  }

  @Override
  public Optional<JsonObject> note(String name) {
    disk.lock();
    try {
      return opened().note(name).map(bytes -> new JsonObject(Buffer.buffer(bytes)));
    } finally {
      disk.unlock();
    }
  }

  @Override
  public void close() {
    disk.lock();
    try {
      closed = true;
      file.ifPresent(RecordFile::close);
      file = Optional.empty();
    } catch (MVStoreException e) {
      // Whatever was answered for is on the disk already.
      LOG.warn("records file not closed properly", "directory", directory.path(), "reason", e);
    } finally {
      directory.close();
      disk.unlock();
    }
  }

  private void join(Consumer<Turn> what) {
    Turn turn;
    synchronized (gate) {
      turn = gathering;
      what.accept(turn);
    }
    disk.lock();
    try {
      if (!turn.taken) {
        synchronized (gate) {
          gathering = new Turn();
        }
        take(turn);
      }
    } finally {
      disk.unlock();
    }
    turn.failure.ifPresent(
        failure -> {
          throw failure;
        });
  }

  private void take(Turn turn) {
    turn.taken = true;
    owed.putAll(turn.keys);
    try {
      RecordFile target = opened();
      owed.forEach((key, content) -> target.put(key, content.apply(key)));
      turn.notes.forEach(target::note);
      target.commit();
      owed.clear();
      tidy(target);
    } catch (MVStoreException e) {
      file.ifPresent(RecordFile::abandon);
      file = Optional.empty();
      turn.fail(
          new Refused(
              directory.path().toString(),
              "nothing can be written to the data directory "
                  + directory.path()
                  + ": "
                  + e.getMessage(),
              "see that the disk is not full and in order",
              e));
    } catch (Refused e) {
      turn.fail(e);
    } catch (RuntimeException e) {
      turn.fail(
          new Refused(directory.path().toString(), "records could not be saved: " + e, "", e));
    }
  }

  /** The turn is done already: what goes wrong here is no failure of it. */
  private void tidy(RecordFile target) {
    try {
      target.tidy();
    } catch (MVStoreException e) {
      LOG.warn("records file not tidied", "directory", directory.path(), "reason", e);
      target.abandon();
      file = Optional.empty();
    }
  }

  /** The file, opened again if a failure closed it. */
  private RecordFile opened() {
    if (closed) {
      throw new Refused(directory.path().toString(), "the node is stopping", "");
    }
    if (file.isEmpty()) {
      file = Optional.of(RecordFile.open(directory));
    }
    return file.get();
  }

  /** What goes to the disk together. */
  private static final class Turn {
    private final Map<String, Function<String, Optional<byte[]>>> keys = new LinkedHashMap<>();
    private final Map<String, byte[]> notes = new LinkedHashMap<>();
    private boolean taken;
    private Optional<Refused> failure = Optional.empty();

    private void fail(Refused reason) {
      failure = Optional.of(reason);
      List<String> unsaved = List.copyOf(keys.keySet());
      LOG.warn("records not saved", "keys", unsaved, "reason", reason.getMessage());
    }
  }
}
