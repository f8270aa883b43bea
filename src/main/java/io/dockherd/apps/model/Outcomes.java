package io.dockherd.apps.model;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What has become of instances of an app, as far as it matters for those to come: a record under
 * {@code app-failures/shop/web}.
 *
 * <pre>
 * {"last":{…},"noted":["3-k2x9qa0b"],"lost":["2-p0c3n5dd"],"revision":"7-ab12cd34","inARow":3,"atMillis":…,
 *  "rollout":"5ed4…","inRollout":1,"done":"7-ab12cd34","finished":{"1":"host-2"},"homes":{"1":"host-2"}}
 * </pre>
 *
 * @param last the last failure, whichever revision's
 * @param noted whose end has been counted already, the latest last
 * @param lost which were taken for lost and have not been seen since, the latest last: they may
 *     come back, and end only then
 * @param row failures one after the other
 * @param done what a job has done
 * @param homes slot → node, of an app whose instances stay with their nodes
 */
public record Outcomes(
    Optional<InstanceFailure> last,
    List<InstanceId> noted,
    List<InstanceId> lost,
    Row row,
    Done done,
    SortedMap<Integer, String> homes) {
  /** Of those nobody tells of any more so many are remembered: they may be told of once more. */
  private static final int REMEMBERED = 100;

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
      new Outcomes(
          Optional.empty(),
          List.of(),
          List.of(),
          Row.NONE,
          Done.NONE,
          Collections.emptySortedMap());

  public Outcomes {
    Objects.requireNonNull(last, "last");
    noted = List.copyOf(noted);
    lost = List.copyOf(lost);
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
    return new Outcomes(Optional.of(failure), and(noted, failure.id()), lost, longer, done, homes);
  }

  /** The same after a loss: told, but nothing is waited for on its account. */
  public Outcomes lost(InstanceFailure failure) {
    return new Outcomes(Optional.of(failure), noted, and(lost, failure.id()), row, done, homes);
  }

  /** The same when one that was taken for lost is there after all. */
  public Outcomes found(InstanceId id) {
    List<InstanceId> fewer = lost.stream().filter(other -> !other.equals(id)).toList();
    return new Outcomes(last, noted, fewer, row, done, homes);
  }

  /**
   * The same less what need not be remembered any more.
   *
   * @param told of which there are facts still, so that they would be noted anew
   */
  public Outcomes remembering(Set<InstanceId> told) {
    return new Outcomes(last, remembered(noted, told), remembered(lost, told), row, done, homes);
  }

  private static List<InstanceId> remembered(List<InstanceId> ids, Set<InstanceId> told) {
    long tooMany = ids.stream().filter(id -> !told.contains(id)).count() - REMEMBERED;
    if (tooMany <= 0) {
      return ids;
    }
    Set<InstanceId> forgotten =
        ids.stream()
            .filter(id -> !told.contains(id))
            .limit(tooMany)
            .collect(Collectors.toUnmodifiableSet());
    return ids.stream().filter(id -> !forgotten.contains(id)).toList();
  }

  /** The same when an instance of that revision of a job has done its work. */
  public Outcomes finished(RevisionId which, InstanceId id, String node) {
    SortedMap<Integer, String> slots = new TreeMap<>(done.of(which));
    slots.put(id.slot(), node);
    Done more = new Done(Optional.of(which), slots);
    return new Outcomes(last, and(noted, id), lost, Row.NONE, more, homes);
  }

  private static List<InstanceId> and(List<InstanceId> ids, InstanceId id) {
    List<InstanceId> more = new ArrayList<>(ids);
    more.add(id);
    return more;
  }

  /** The same when an instance of that slot lives there. */
  public Outcomes housed(int slot, String node) {
    SortedMap<Integer, String> more = new TreeMap<>(homes);
    more.put(slot, node);
    return new Outcomes(last, noted, lost, row, done, more);
  }

  /** The same when that slot has no home any more. */
  public Outcomes unhoused(int slot) {
    SortedMap<Integer, String> fewer = new TreeMap<>(homes);
    fewer.remove(slot);
    return new Outcomes(last, noted, lost, row, done, fewer);
  }

  /** The same as if none had failed, but for what is told of the last one. */
  public Outcomes forgiven() {
    return with(Row.NONE);
  }

  /** The same with that row of failures. */
  public Outcomes with(Row other) {
    return new Outcomes(last, noted, lost, other, done, homes);
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
        ids(json, "noted"),
        ids(json, "lost"),
        row,
        new Done(
            Optional.ofNullable(json.getString("done")).map(RevisionId::of),
            slots(json, "finished")),
        slots(json, "homes"));
  }

  private static List<InstanceId> ids(JsonObject json, String key) {
    return JsonReading.texts(json, key).stream().map(InstanceId::of).toList();
  }

  private static JsonArray json(List<InstanceId> ids) {
    return new JsonArray(ids.stream().map(InstanceId::toString).toList());
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
    json.put("noted", json(noted)).put("lost", json(lost));
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
