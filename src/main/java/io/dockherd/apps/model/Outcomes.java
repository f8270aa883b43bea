package io.dockherd.apps.model;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has become of instances of an app, as far as it matters for those to come: a record under
 * {@code app-failures/shop/web}.
 *
 * <pre>
 * {"last":{…},"noted":["3-k2x9qa0b"],"revision":"7-ab12cd34","inARow":3,"atMillis":…,"rollout":"5ed4…",
 *  "inRollout":1,"done":"7-ab12cd34","finished":{"1":"host-2"},"homes":{"1":"host-2"}}</pre>
 *
 * @param last the last failure, whichever revision's
 * @param noted whose end has been counted already, the latest last; {@link #MOST_NOTED} at most
 * @param row failures one after the other
 * @param done what a job has done
 * @param homes slot → node, of an app whose instances stay with their nodes
 */
public record Outcomes(
    Optional<InstanceFailure> last,
    List<InstanceId> noted,
    Row row,
    Done done,
    SortedMap<Integer, String> homes) {
  private static final int MOST_NOTED = 100;

  /**
   * Failures of one revision, one after the other.
   *
   * @param revision whose; empty while there is none
   * @param count for {@link Backoff}
   * @param atMillis when the last one was noted, since 1970 by its steward's clock
   * @param rollout which one {@code inRollout} is about; "" for none
   * @param inRollout how many new instances failed in it
   */
  public record Row(
      Optional<RevisionId> revision, int count, long atMillis, String rollout, int inRollout) {
    /** None. */
    public static final Row NONE = new Row(Optional.empty(), 0, 0, "", 0);

    public Row {
      Objects.requireNonNull(revision, "revision");
      Objects.requireNonNull(rollout, "rollout");
    }

    /** The same, the last one noted then. */
    public Row at(long millis) {
      return new Row(revision, count, millis, rollout, inRollout);
    }

    /** How many of that revision failed. */
    public int countOf(RevisionId wanted) {
      return isOf(wanted) ? count : 0;
    }

    /** How many new instances failed in that rollout. */
    public int failedIn(String change) {
      return rollout.equals(change) ? inRollout : 0;
    }

    private boolean isOf(RevisionId wanted) {
      return revision.filter(wanted::equals).isPresent();
    }
  }

  /**
   * Work that need not be done again.
   *
   * @param revision whose; empty while there is none
   * @param slots which slots' work is done → the node it was done on
   */
  public record Done(Optional<RevisionId> revision, SortedMap<Integer, String> slots) {
    /** None. */
    public static final Done NONE = new Done(Optional.empty(), Collections.emptySortedMap());

    public Done {
      Objects.requireNonNull(revision, "revision");
      slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
    }

    /** What of that revision's work is done. */
    public SortedMap<Integer, String> of(RevisionId wanted) {
      return revision.filter(wanted::equals).isPresent() ? slots : Collections.emptySortedMap();
    }
  }

  /** Nothing has happened yet. */
  public static final Outcomes NONE =
      new Outcomes(Optional.empty(), List.of(), Row.NONE, Done.NONE, Collections.emptySortedMap());

  /** Cuts what is noted. */
  public Outcomes {
    Objects.requireNonNull(last, "last");
    noted = List.copyOf(noted.subList(Math.max(0, noted.size() - MOST_NOTED), noted.size()));
    Objects.requireNonNull(row, "row");
    Objects.requireNonNull(done, "done");
    homes = Collections.unmodifiableSortedMap(new TreeMap<>(homes));
  }

  /**
   * The same after one more failure.
   *
   * @param backoff of its configuration: after so long without any, a row begins anew
   * @param change the rollout whose new instance it was; "" where it was none's
   */
  public Outcomes failed(InstanceFailure failure, Backoff backoff, long nowMillis, String change) {
    boolean goesOn =
        row.isOf(failure.revision()) && nowMillis - row.atMillis <= backoff.longest().toMillis();
    int count = goesOn ? row.count + 1 : 1;
    String rollout = change.isEmpty() ? row.rollout : change;
    int inRollout = row.failedIn(rollout) + (change.isEmpty() ? 0 : 1);
    Row longer = new Row(Optional.of(failure.revision()), count, nowMillis, rollout, inRollout);
    return new Outcomes(Optional.of(failure), also(failure.id()), longer, done, homes);
  }

  /** The same after a loss: told, but nothing is waited for on its account. */
  public Outcomes lost(InstanceFailure failure) {
    return new Outcomes(Optional.of(failure), also(failure.id()), row, done, homes);
  }

  /** The same when an instance of that revision of a job has done its work. */
  public Outcomes finished(RevisionId which, InstanceId id, String node) {
    SortedMap<Integer, String> slots = new TreeMap<>(done.of(which));
    slots.put(id.slot(), node);
    return new Outcomes(last, also(id), Row.NONE, new Done(Optional.of(which), slots), homes);
  }

  private List<InstanceId> also(InstanceId id) {
    List<InstanceId> more = new ArrayList<>(noted);
    more.add(id);
    return more;
  }

  /** The same when an instance of that slot lives there. */
  public Outcomes housed(int slot, String node) {
    SortedMap<Integer, String> more = new TreeMap<>(homes);
    more.put(slot, node);
    return new Outcomes(last, noted, row, done, more);
  }

  /** The same when that slot has no home any more. */
  public Outcomes unhoused(int slot) {
    SortedMap<Integer, String> fewer = new TreeMap<>(homes);
    fewer.remove(slot);
    return new Outcomes(last, noted, row, done, fewer);
  }

  /** The same as if none had failed, but for what is told of the last one. */
  public Outcomes forgiven() {
    return with(Row.NONE);
  }

  /** The same with that row of failures. */
  public Outcomes with(Row other) {
    return new Outcomes(last, noted, other, done, homes);
  }

  /** Reads what {@link #json} wrote. */
  public static Outcomes of(JsonObject json) {
    return JsonReading.read("outcomes of an app", json, Outcomes::read);
  }

  private static Outcomes read(JsonObject json) {
    Row row =
        new Row(
            Optional.ofNullable(json.getString("revision")).map(RevisionId::of),
            json.getInteger("inARow", 0),
            json.getLong("atMillis", 0L),
            json.getString("rollout", ""),
            json.getInteger("inRollout", 0));
    return new Outcomes(
        Optional.ofNullable(json.getJsonObject("last")).map(InstanceFailure::of),
        JsonReading.texts(json, "noted").stream().map(InstanceId::of).toList(),
        row,
        new Done(
            Optional.ofNullable(json.getString("done")).map(RevisionId::of),
            slots(json, "finished")),
        slots(json, "homes"));
  }

  private static SortedMap<Integer, String> slots(JsonObject json, String key) {
    SortedMap<Integer, String> slots = new TreeMap<>();
    JsonReading.textMap(json, key).forEach((slot, node) -> slots.put(Integer.valueOf(slot), node));
    return slots;
  }

  /** As it is kept. */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    last.ifPresent(failure -> json.put("last", failure.json()));
    json.put("noted", new JsonArray(noted.stream().map(InstanceId::toString).toList()));
    row.revision.ifPresent(id -> json.put("revision", id.toString()));
    done.revision.ifPresent(id -> json.put("done", id.toString()));
    return json.put("inARow", row.count)
        .put("atMillis", row.atMillis)
        .put("rollout", row.rollout)
        .put("inRollout", row.inRollout)
        .put("finished", json(done.slots))
        .put("homes", json(homes));
  }

  private static JsonObject json(SortedMap<Integer, String> slots) {
    JsonObject json = new JsonObject();
    slots.forEach((slot, node) -> json.put(slot.toString(), node));
    return json;
  }
}
