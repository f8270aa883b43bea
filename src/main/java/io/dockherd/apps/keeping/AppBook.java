package io.dockherd.apps.keeping;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.model.Revision;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
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
import java.util.function.Function;

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
    return records
        .get(OUTCOMES + path)
        .flatMap(record -> read(record, Outcomes.class, Outcomes::of))
        .orElse(Outcomes.NONE);
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

  /** Writes what has become of an app's instances. */
  public void write(AppPath path, Outcomes outcomes, Duration limit) {
    records.put(OUTCOMES + path, outcomes.json(), limit);
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

  /** Deletes an app's record; true when there was one. */
  public boolean delete(AppPath path, Duration limit) {
    return records.delete(key(path), limit);
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
