package io.dockherd.apps.keeping;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.TimedOut;
import io.dockherd.fleet.TimeLeft;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Records;
import io.dockherd.herd.records.Version;
import io.dockherd.telemetry.Log;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The records of apps: {@code apps/shop/web} → {@link App}, {@code
 * app-revisions/shop/web@7-ab12cd34} → {@link Revision}, {@code app-failures/shop/web} → {@link
 * Outcomes}. What was read once is kept as it was read for as long as its record is the same.
 */
public final class AppBook implements Records.RecordsListener {
  /** Before the path in the key of an app's record. */
  public static final String APPS = "apps";

  static final String REVISIONS = "app-revisions";
  static final String OUTCOMES = "app-failures";

  /** A version no record ever has, so that nothing is written in the place of it. */
  private static final Version NEVER = new Version(Long.MAX_VALUE, "nobody");

  private static final Log LOG = Log.of(AppBook.class);

  private static final Duration AGAIN = Duration.ofMillis(20);

  private final Records records;
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  /** What a record held when it was read; empty when nobody could make sense of it. */
  private record Read(Version version, Optional<Object> value) {}

  /** An app as its record has it, and that record's version. */
  public record Kept(App app, Version version) {
    public Kept {
      Objects.requireNonNull(app, "app");
      Objects.requireNonNull(version, "version");
    }
  }

  /** What those records say. */
  public AppBook(Records records) {
    this.records = Objects.requireNonNull(records, "records");
  }

  /** Follows the records from now on, so that nothing is kept of what has been deleted. */
  void follow() {
    records.listen(APPS + "/", this);
    records.listen(REVISIONS + "/", this);
    records.listen(OUTCOMES + "/", this);
  }

  @Override
  public void onChange(String key, Optional<Record> now) {
    if (now.isEmpty()) {
      read.remove(key);
    }
  }

  /** The key of an app's record: also what its steward is found by. */
  public static String key(AppPath path) {
    return APPS + path;
  }

  static String key(AppPath path, RevisionId id) {
    return REVISIONS + path + "@" + id;
  }

  /** The app of that path. */
  public Optional<Kept> find(AppPath path) {
    return records.get(key(path)).flatMap(this::kept);
  }

  /** All apps in a group and below it, by path; {@code /} for all. */
  public List<Kept> under(String group) {
    String prefix = APPS + (group.endsWith("/") ? group : group + "/");
    return records.under(prefix).stream().flatMap(record -> kept(record).stream()).toList();
  }

  private Optional<Kept> kept(Record record) {
    return read(record, App.class, App::of)
        .map(app -> new Kept(remembering(app, record.key()), record.version()));
  }

  /** What other sides of a split had made of it is history from the moment they meet. */
  private App remembering(App app, String key) {
    App whole = app;
    for (Record loser : records.losers(key)) {
      Optional<App> other = attempt(loser, App::of).map(App.class::cast);
      whole = other.map(whole::remembering).orElse(whole);
    }
    return whole;
  }

  /** That revision, if it is here already. */
  public Optional<Revision> revision(AppPath path, RevisionId id) {
    return records.get(key(path, id)).flatMap(this::revision);
  }

  /** All revisions of an app there are records of. */
  public List<Revision> revisions(AppPath path) {
    return records.under(REVISIONS + path + "@").stream()
        .flatMap(record -> revision(record).stream())
        .toList();
  }

  /** All revisions of all apps. */
  public List<Revision> revisions() {
    return records.under(REVISIONS + "/").stream()
        .flatMap(record -> revision(record).stream())
        .toList();
  }

  private Optional<Revision> revision(Record record) {
    return read(record, Revision.class, Revision::of);
  }

  /** What has become of an app's instances. */
  public Outcomes outcomes(AppPath path) {
    return records.get(OUTCOMES + path).flatMap(this::outcomes).orElse(Outcomes.NONE);
  }

  private Optional<Outcomes> outcomes(Record record) {
    return read(record, Outcomes.class, Outcomes::of);
  }

  /** The paths of all there are outcomes of. */
  public List<AppPath> pathsOfOutcomes() {
    return records.under(OUTCOMES + "/").stream()
        .map(record -> new AppPath(record.key().substring(OUTCOMES.length())))
        .toList();
  }

  /** Writes a revision, unless it is there. */
  public void write(Revision revision, Duration limit) {
    String key = key(revision.path(), revision.id());
    if (records.get(key).isEmpty()) {
      records.put(key, revision.json(), limit);
    }
  }

  /**
   * Writes an app if its record is still at that version ({@link Version#NONE}: not there).
   *
   * @return empty when it is not
   */
  public Optional<Kept> write(App app, Version expected, Duration limit) {
    try {
      Record record = records.put(key(app.path()), app.json(), expected, limit);
      return Optional.of(new Kept(app, record.version()));
    } catch (Conflict e) {
      LOG.debug("app was changed by another meanwhile", "app", app.path(), "reason", e);
      return Optional.empty();
    }
  }

  /**
   * Changes what is known of an app's instances; made anew where others change it at the same
   * moment, so that none of them is lost. Writes nothing where nothing changes.
   *
   * @return what is known then
   * @throws io.dockherd.failure.TimedOut when it could not be written in time
   */
  public Outcomes update(AppPath path, UnaryOperator<Outcomes> change, Duration limit) {
    TimeLeft left = TimeLeft.of(limit);
    String key = OUTCOMES + path;
    while (true) {
      Optional<Record> now = records.get(key);
      Outcomes before = now.flatMap(this::outcomes).orElse(Outcomes.NONE);
      Outcomes after = change.apply(before);
      if (after.equals(before)) {
        return before;
      }
      try {
        Version expected = now.map(Record::version).orElse(Version.NONE);
        records.put(key, after.json(), expected, left.get());
        return after;
      } catch (Conflict e) {
        if (left.isOver()) {
          throw new TimedOut(path.value(), "others change what is known of " + path, "", e);
        }
        // What the other one wrote may be a moment from being seen here.
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }

  /**
   * Whether there is no app of that path, whatever has not been heard of yet: asks the key's
   * steward, which answers only when it has compared what it holds with all others.
   *
   * @throws io.dockherd.failure.TimedOut when it did not answer in time
   */
  public boolean isCertainlyAbsent(AppPath path, Duration limit) {
    try {
      records.put(key(path), new JsonObject(), NEVER, limit);
    } catch (Conflict e) {
      LOG.debug("app looked for", "app", path, "reason", e.getMessage());
    }
    return records.get(key(path)).isEmpty();
  }

  /**
   * Waits until this node has compared what it holds with all others that are present.
   *
   * @param ownKey one of which this node is the steward
   * @throws io.dockherd.failure.TimedOut when that takes longer
   */
  public void awaitCaughtUp(String ownKey, Duration limit) {
    try {
      records.put(ownKey, new JsonObject(), NEVER, limit);
    } catch (Conflict e) {
      LOG.debug("records are caught up", "key", ownKey);
    }
  }

  /** Whether there was an app of that path, as far as that is remembered. */
  public boolean wasThere(AppPath path) {
    return !records.history(key(path)).isEmpty();
  }

  /** Deletes an app's record if it is still at that version; false when it is not. */
  public boolean delete(AppPath path, Version expected, Duration limit) {
    try {
      return records.delete(key(path), expected, limit);
    } catch (Conflict e) {
      LOG.debug("app was changed by another meanwhile", "app", path, "reason", e);
      return false;
    }
  }

  /** Deletes a revision that nothing names any more. */
  public void delete(AppPath path, RevisionId id, Duration limit) {
    records.delete(key(path, id), limit);
  }

  /** Deletes what is known of a deleted app's instances. */
  public void deleteOutcomes(AppPath path, Duration limit) {
    records.delete(OUTCOMES + path, limit);
  }

  private <T> Optional<T> read(Record record, Class<T> type, Function<JsonObject, T> reading) {
    Read known = read.get(record.key());
    if (known == null || !known.version().equals(record.version())) {
      known = new Read(record.version(), attempt(record, reading));
      read.put(record.key(), known);
    }
    return known.value().map(type::cast);
  }

  /** A record another version of the software wrote must not keep the others from being read. */
  private static Optional<Object> attempt(Record record, Function<JsonObject, ?> reading) {
    try {
      return Optional.of(reading.apply(record.value()));
    } catch (Invalid e) {
      LOG.warn("record of an app can't be read", "key", record.key(), "reason", e.getMessage());
      return Optional.empty();
    }
  }
}
