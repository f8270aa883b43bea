package io.dockherd.doors.manifests.ledger;

import io.dockherd.doors.manifests.format.ManifestName;
import io.dockherd.doors.manifests.keys.Key;
import io.dockherd.doors.manifests.keys.KeyEvent;
import io.dockherd.doors.manifests.keys.KeyEvent.Action;
import io.dockherd.doors.manifests.keys.Node;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.TimedOut;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Records;
import io.dockherd.herd.records.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The manifests as they were written. Each is a record; one more record, the {@link EventLog}, puts
 * their changes in order: it is written first, with the next index, on condition that nobody has
 * written it meanwhile. So an index is given once in the herd, and what was written there but not
 * yet to a manifest's own record is read as if it had been.
 *
 * <p>Two sides of a split go on counting each for itself. After the heal the log of one side stays:
 * see {@link Watchers}.
 */
public final class Ledger {
  /** The key of the log's record. */
  static final String LOG = "manifest-log";

  private static final String PREFIX = "manifests/";
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private final Records records;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile ReadLog last = new ReadLog(Version.NONE, EventLog.EMPTY);

  /** The log as it was read. */
  private record ReadLog(Version version, EventLog log) {}

  /** That in those records; {@code random} says how long to wait when somebody was faster. */
  public Ledger(Records records, InstantSource clock, RandomGenerator random) {
    this.records = records;
    this.clock = clock;
    this.random = random;
  }

  /** All manifests now. */
  public Tree tree() {
    EventLog log = log();
    NavigableMap<ManifestName, Entry> entries = new TreeMap<>();
    long index = log.index();
    for (Record record : records.under(PREFIX)) {
      Entry entry = Entry.of(record.value());
      index = Math.max(index, entry.modified());
      name(record).ifPresent(name -> entries.put(name, entry));
    }
    log.lines().forEach(line -> apply(line, entries));
    return new Tree(entries, index);
  }

  /** Whose it is; empty for what a later version allows: nothing here could ask for it. */
  private static Optional<ManifestName> name(Record record) {
    String[] names = record.key().substring(PREFIX.length()).split("/", 2);
    try {
      return Optional.of(new ManifestName(names[0], names[names.length - 1]));
    } catch (Invalid e) {
      return Optional.empty();
    }
  }

  private static void apply(EventLog.Line line, NavigableMap<ManifestName, Entry> entries) {
    KeyEvent event = line.event();
    Key key = event.node().key();
    if (event.action().isDeletion()) {
      entries
          .entrySet()
          .removeIf(
              entry ->
                  event.concerns(Places.key(entry.getKey()), false)
                      && entry.getValue().modified() < event.index());
      return;
    }
    Places.find(key)
        .filter(name -> !entries.containsKey(name) || entries.get(name).modified() < event.index())
        .ifPresent(name -> entries.put(name, line.entry()));
  }

  /** The index of the last change. */
  public long index() {
    return log().index();
  }

  /** The last that happened. */
  EventLog log() {
    return readLog().log();
  }

  private ReadLog readLog() {
    Optional<Record> record = records.get(LOG);
    ReadLog before = last;
    Version version = record.map(Record::version).orElse(Version.NONE);
    if (before.version().equals(version)) {
      return before;
    }
    ReadLog now =
        new ReadLog(version, record.map(each -> EventLog.of(each.value())).orElse(EventLog.EMPTY));
    last = now;
    return now;
  }

  /**
   * Writes a manifest down.
   *
   * @param stamp of the app's version it is the manifest of
   * @throws TimedOut when others were always faster, or it was not stored in time
   */
  public KeyEvent write(
      ManifestName name, Action action, String value, String stamp, Duration limit) {
    Instant end = clock.instant().plus(limit);
    EventLog.Line line =
        append(
            end,
            (tree, index) -> {
              Optional<Entry> before = Optional.ofNullable(tree.entries().get(name));
              KeyEvent event =
                  KeyEvent.written(
                      action,
                      Places.key(name),
                      value,
                      before.map(entry -> entry.node(name)),
                      index);
              return new EventLog.Line(
                  event,
                  stamp,
                  before.map(Entry::began).orElse(index),
                  tree.find(Key.of("apps", name.app()), false).map(Node::created).orElse(index));
            });
    store(name, line.entry(), end);
    return line.event();
  }

  /** The same manifest is that of another version of the app: nothing anybody is told of. */
  public void stamp(ManifestName name, Entry entry, String stamp, Duration limit) {
    store(name, entry.stamped(stamp), clock.instant().plus(limit));
  }

  /**
   * Takes manifests away.
   *
   * @param what the key or the directory they are at
   * @throws TimedOut as {@link #write}
   */
  public KeyEvent delete(Node what, Action action, Duration limit) {
    Instant end = clock.instant().plus(limit);
    EventLog.Line line =
        append(
            end,
            (tree, index) -> new EventLog.Line(KeyEvent.deleted(action, what, index), "", 0, 0));
    for (Record record : records.under(PREFIX)) {
      boolean isAmong =
          name(record)
              .filter(name -> line.event().concerns(Places.key(name), false))
              .filter(name -> Entry.of(record.value()).modified() < line.event().index())
              .isPresent();
      if (isAmong) {
        records.delete(record.key(), left(end));
      }
    }
    return line.event();
  }

  /** Makes the next line of the log out of how all stands and the index it has. */
  private interface Next {
    EventLog.Line line(Tree tree, long index);
  }

  private EventLog.Line append(Instant end, Next next) {
    writing.lock();
    try {
      while (true) {
        ReadLog before = readLog();
        Tree tree = tree();
        EventLog.Line line = next.line(tree, tree.index() + 1);
        try {
          records.put(LOG, before.log().with(line).json(), before.version(), left(end));
          return line;
        } catch (Conflict e) {
          // Somebody else's change has that index.
          LockSupport.parkNanos(random.nextLong(1, PAUSE_NANOS));
        }
      }
    } finally {
      writing.unlock();
    }
  }

  /** Unless something newer is there already. */
  private void store(ManifestName name, Entry entry, Instant end) {
    String key = PREFIX + name;
    while (true) {
      Optional<Record> before = records.get(key);
      if (before.filter(now -> Entry.of(now.value()).modified() > entry.modified()).isPresent()) {
        return;
      }
      try {
        records.put(key, entry.json(), before.map(Record::version).orElse(Version.NONE), left(end));
        return;
      } catch (Conflict e) {
        LockSupport.parkNanos(random.nextLong(1, PAUSE_NANOS));
      }
    }
  }

  private Duration left(Instant end) {
    Duration left = Duration.between(clock.instant(), end);
    if (left.isNegative() || left.isZero()) {
      throw new TimedOut("manifests", "the manifest was not written down in time", "");
    }
    return left;
  }

  /** What is written of one; empty for nothing. */
  public Optional<Entry> find(ManifestName name) {
    Optional<Entry> entry = records.get(PREFIX + name).map(record -> Entry.of(record.value()));
    NavigableMap<ManifestName, Entry> only = new TreeMap<>();
    entry.ifPresent(there -> only.put(name, there));
    log().lines().forEach(line -> apply(line, only));
    return Optional.ofNullable(only.get(name));
  }

  /** Tells of the log's changes. */
  void listen(Records.RecordsListener listener) {
    records.listen(LOG, listener);
  }
}
