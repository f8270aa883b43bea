package io.dockherd.apps.model;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has become of instances of an app that are no more, as far as it matters for those to come:
 * a record under {@code app-failures/shop/web}.
 *
 * <pre>
 * {"last":{…},"revision":"7-ab12cd34","inARow":3,"atMillis":…,"rollout":"5ed4…","inRollout":1,
 *  "finished":{"1":"host-2"}}</pre>
 *
 * @param last the last failure, whichever revision's
 * @param revision which the rest is about; it begins anew with another one
 * @param inARow how many failed one after the other, for {@link Backoff}
 * @param atMillis when the last of them did, since 1970 by the steward's clock
 * @param rollout which one {@code inRollout} is about; "" for none
 * @param inRollout how many new instances failed in it
 * @param finished the slots whose work is done → the node it was done on; of jobs
 */
public record Outcomes(
    Optional<InstanceFailure> last,
    Optional<RevisionId> revision,
    int inARow,
    long atMillis,
    String rollout,
    int inRollout,
    SortedMap<Integer, String> finished) {
  /** Nothing has happened yet. */
  public static final Outcomes NONE =
      new Outcomes(Optional.empty(), Optional.empty(), 0, 0, "", 0, Collections.emptySortedMap());

  public Outcomes {
    Objects.requireNonNull(last, "last");
    Objects.requireNonNull(revision, "revision");
    Objects.requireNonNull(rollout, "rollout");
    finished = Collections.unmodifiableSortedMap(new TreeMap<>(finished));
  }

  /** The same as far as it is about that revision. */
  public Outcomes of(RevisionId wanted) {
    return revision.filter(wanted::equals).isPresent()
        ? this
        : new Outcomes(last, Optional.of(wanted), 0, 0, "", 0, Collections.emptySortedMap());
  }

  /**
   * The same after one more failure.
   *
   * @param change the rollout whose new instance it was; "" where it was none's
   */
  public Outcomes failed(InstanceFailure failure, int row, long nowMillis, String change) {
    Outcomes before = of(failure.revision());
    int counted = change.equals(before.rollout) ? before.inRollout : 0;
    return new Outcomes(
        Optional.of(failure),
        before.revision,
        row,
        nowMillis,
        change.isEmpty() ? before.rollout : change,
        change.isEmpty() ? before.inRollout : counted + 1,
        before.finished);
  }

  /** The same after a loss: told, but nobody's fault, and waited for by nobody. */
  public Outcomes lost(InstanceFailure failure) {
    return new Outcomes(
        Optional.of(failure), revision, inARow, atMillis, rollout, inRollout, finished);
  }

  /** The same when that revision's instance of a slot has done its work. */
  public Outcomes finished(RevisionId which, int slot, String node) {
    Outcomes before = of(which);
    SortedMap<Integer, String> slots = new TreeMap<>(before.finished);
    slots.put(slot, node);
    return new Outcomes(last, before.revision, 0, 0, before.rollout, before.inRollout, slots);
  }

  /** The same as if none had failed, but for what is told of the last one. */
  public Outcomes forgiven() {
    return new Outcomes(last, revision, 0, 0, "", 0, finished);
  }

  /** How many new instances failed in that rollout. */
  public int failedIn(String change) {
    return rollout.equals(change) ? inRollout : 0;
  }

  /** Reads what {@link #json} wrote. */
  public static Outcomes of(JsonObject json) {
    return JsonReading.read("outcomes of an app", json, Outcomes::read);
  }

  private static Outcomes read(JsonObject json) {
    SortedMap<Integer, String> finished = new TreeMap<>();
    JsonReading.textMap(json, "finished")
        .forEach((slot, node) -> finished.put(Integer.valueOf(slot), node));
    return new Outcomes(
        Optional.ofNullable(json.getJsonObject("last")).map(InstanceFailure::of),
        Optional.ofNullable(json.getString("revision")).map(RevisionId::of),
        json.getInteger("inARow", 0),
        json.getLong("atMillis", 0L),
        json.getString("rollout", ""),
        json.getInteger("inRollout", 0),
        finished);
  }

  /** As it is kept. */
  public JsonObject json() {
    JsonObject json = new JsonObject();
    last.ifPresent(failure -> json.put("last", failure.json()));
    revision.ifPresent(id -> json.put("revision", id.toString()));
    JsonObject done = new JsonObject();
    finished.forEach((slot, node) -> done.put(slot.toString(), node));
    return json.put("inARow", inARow)
        .put("atMillis", atMillis)
        .put("rollout", rollout)
        .put("inRollout", inRollout)
        .put("finished", done);
  }
}
