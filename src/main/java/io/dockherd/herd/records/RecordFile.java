package io.dockherd.herd.records;

import io.dockherd.failure.Refused;
import io.dockherd.telemetry.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The file under a {@link FileRecordStore}: records, notes and a count of commits.
 *
 * <p>It is only ever appended to and, once it is mostly old, written anew beside itself and
 * replaced; the library's own tidying, which moves data about in the file, is not used. On opening
 * the library goes back to the last commit it finds whole, without a word. So that a file that lost
 * its end is noticed, the count of commits is also written beside it now and then.
 */
final class RecordFile implements AutoCloseable {
  private static final Log LOG = Log.of(RecordFile.class);

  private static final String NAME = "records.mv";
  private static final String FRESH = "records.mv.new";
  private static final String MARK = "records.commits";
  private static final String COMMITS = "commits";

  /** Everything is in memory anyway; the library's cache need only hold a commit's pages. */
  private static final int CACHE_MEGABYTES = 1;

  /** The file is written anew when it is larger than this and than so many times its content. */
  private static final long LARGE_BYTES = 8L << 20;

  private static final int LARGE_TIMES = 8;
  private static final int COMMITS_BETWEEN_LOOKS = 50;

  private final DataDirectory directory;
  private Maps maps;
  private long commits;
  private long contentBytes;

  private RecordFile(DataDirectory directory, Maps maps) {
    this.directory = directory;
    this.maps = maps;
    this.commits = maps.commits();
    // Also reads all of it, so that damage shows now and not when it is too late.
    maps.records.forEach((key, value) -> contentBytes += key.length() + value.length);
  }

  /**
   * Opens or makes the file.
   *
   * @throws Refused when it is damaged or can't be written
   */
  static RecordFile open(DataDirectory directory) {
    try {
      Files.deleteIfExists(directory.file(FRESH));
      RecordFile file = openOrMend(directory);
      file.compareWithMark();
      return file;
    } catch (IOException e) {
      throw new Refused(
          directory.path().toString(),
          "the data directory " + directory.path() + " can't be used: " + e,
          "see that the disk is not full and in order",
          e);
    }
  }

  Map<String, byte[]> records() {
    return new TreeMap<>(maps.records);
  }

  /** Puts what the key holds in, or takes it out; to be followed by {@link #commit}. */
  void put(String key, Optional<byte[]> value) {
    byte[] before =
        value.isPresent() ? maps.records.put(key, value.get()) : maps.records.remove(key);
    contentBytes += value.map(bytes -> key.length() + bytes.length).orElse(0);
    contentBytes -= before == null ? 0 : key.length() + before.length;
  }

  Optional<byte[]> note(String name) {
    return Optional.ofNullable(maps.notes.get(name));
  }

  /** Puts a note in; to be followed by {@link #commit}. */
  void note(String name, byte[] value) {
    maps.notes.put(name, value);
  }

  /** Forces what was put in to the disk. */
  void commit() {
    commits++;
    maps.notes.put(COMMITS, Long.toString(commits).getBytes(StandardCharsets.UTF_8));
    maps.commit();
  }

  /** To be called after each commit: what need not be done at every one. */
  void tidy() {
    if (commits % COMMITS_BETWEEN_LOOKS == 0) {
      mark();
      long size = maps.store.getFileStore().size();
      if (size > LARGE_BYTES && size > contentBytes * LARGE_TIMES) {
        writeAnew();
      }
    }
  }

  /** Lets go of the file as it is, for a failed commit leaves the library in no state to go on. */
  void abandon() {
    maps.store.closeImmediately();
  }

  @Override
  public void close() {
    maps.store.close(0);
    mark();
  }

  private void writeAnew() {
    try {
      Maps fresh = Maps.open(directory.file(FRESH), false);
      fresh.records.putAll(maps.records);
      fresh.notes.putAll(maps.notes);
      fresh.commit();
      fresh.store.close(0);
      maps.store.closeImmediately();
      directory.replace(NAME, FRESH);
      maps = Maps.open(directory.file(NAME), false);
    } catch (IOException e) {
      throw new MVStoreException(0, "the file could not be replaced: " + e);
    }
  }

  private static RecordFile openOrMend(DataDirectory directory) throws IOException {
    Path file = directory.file(NAME);
    try {
      return new RecordFile(directory, Maps.open(file, false));
    } catch (MVStoreException e) {
      Path copy = directory.file(NAME + ".damaged");
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      LOG.warn("records file is damaged", "file", file, "copy", copy, "reason", e.getMessage());
      return mend(directory, file);
    }
  }

  private static RecordFile mend(DataDirectory directory, Path file) {
    try {
      RecordFile mended = new RecordFile(directory, Maps.open(file, true));
      LOG.warn("records file was mended", "file", file, "records", mended.maps.records.size());
      return mended;
    } catch (MVStoreException e) {
      throw new Refused(
          file.toString(),
          "the records file " + file + " is damaged: " + e.getMessage(),
          "move it away and start again: the other nodes hold all records and give them to this"
              + " one; if there are none, put a copy of the file in its place",
          e);
    }
  }

  private void mark() {
    try {
      String next = MARK + ".new";
      Files.writeString(directory.file(next), Long.toString(commits));
      directory.replace(MARK, next);
    } catch (IOException e) {
      LOG.warn("count of commits not written", "directory", directory.path(), "reason", e);
    }
  }

  private void compareWithMark() throws IOException {
    Path file = directory.file(MARK);
    if (!Files.exists(file)) {
      return;
    }
    String marked = Files.readString(file).strip();
    // A power cut may have left it empty; then it says nothing.
    if (marked.matches("\\d{1,18}") && Long.parseLong(marked) > commits) {
      LOG.warn(
          "records file has lost its end; what is missing must come from the other nodes",
          "file",
          directory.file(NAME),
          "commits",
          commits,
          "expected",
          marked);
    }
  }

  /** What is in the file, as the library shows it. */
  private record Maps(MVStore store, MVMap<String, byte[]> records, MVMap<String, byte[]> notes) {
    static Maps open(Path file, boolean recover) {
      MVStore.Builder builder =
          new MVStore.Builder()
              .fileName(file.toString())
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .cacheSize(CACHE_MEGABYTES)
              .cacheConcurrency(1);
      MVStore store = (recover ? builder.recoveryMode() : builder).open();
      store.setReuseSpace(false);
      store.setVersionsToKeep(0);
      MVMap.Builder<String, byte[]> type =
          new MVMap.Builder<String, byte[]>()
              .keyType(StringDataType.INSTANCE)
              .valueType(ByteArrayDataType.INSTANCE);
      return new Maps(store, store.openMap("records", type), store.openMap("notes", type));
    }

    long commits() {
      byte[] counted = notes.get(COMMITS);
      return counted == null ? 0 : Long.parseLong(new String(counted, StandardCharsets.UTF_8));
    }

    void commit() {
      store.commit();
      store.sync();
    }
  }
}
