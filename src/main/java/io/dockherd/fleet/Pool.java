package io.dockherd.fleet;

import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.TimedOut;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Records;
import io.dockherd.herd.records.Version;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What people have said of nodes: which of them new containers are placed on, and their labels.
 * What runs on a node that was taken out runs on.
 *
 * <p>There are two ways out. A node <em>out of the pool</em> is passed over when somebody asks for
 * any place, and takes what names it: the seed's register and unregister. A <em>drained</em> node
 * takes no new container at all, whoever asks for it: it is going to be worked on.
 *
 * <p>Kept as a record, {@code nodes/<node>} → {@code
 * {"inPool":false,"drained":true,"labels":{"zone":"a"}}}, so that all nodes know and a restart
 * changes nothing.
 */
public final class Pool {
  private static final String PREFIX = "nodes/";
  private static final String IN_POOL = "inPool";
  private static final String DRAINED = "drained";
  private static final String LABELS = "labels";

  /** Labels are in everybody's memory and looked at for each placement. */
  private static final int MOST_LABELS = 100;

  private static final int MOST_TRIES = 10;

  private final Records records;

  /** The pool of the herd that has these records. */
  public Pool(Records records) {
    this.records = Objects.requireNonNull(records, "records");
  }

  /** Whether new containers may be placed on that node, if it is there. */
  public boolean holds(String node) {
    JsonObject settings = settings(node);
    return settings.getBoolean(IN_POOL, true) && !settings.getBoolean(DRAINED, false);
  }

  /** Whether that node takes no new container, not even one that names it. */
  public boolean isDrained(String node) {
    return settings(node).getBoolean(DRAINED, false);
  }

  /**
   * Puts a node into the pool or takes it out; returns when that is known. A drained one stays
   * drained.
   *
   * @throws TimedOut when it was not known in time: it may or may not have happened
   */
  public void set(String node, boolean isInPool, Duration limit) {
    change(node, settings -> settings.put(IN_POOL, isInPool), limit);
  }

  /**
   * Drains a node or makes it ready again, in the pool whatever was said before; returns when that
   * is known.
   *
   * @throws TimedOut when it was not known in time: it may or may not have happened
   */
  public void drain(String node, boolean isDrained, Duration limit) {
    change(
        node,
        settings -> {
          settings.put(DRAINED, isDrained);
          if (!isDrained) {
            settings.remove(IN_POOL);
          }
        },
        limit);
  }

  /**
   * Labels a node; returns when that is known.
   *
   * @param changes key → value; without a value, what was said here before is taken back, and a
   *     label the node was started with shows again
   * @throws Invalid when there are too many by then
   * @throws TimedOut when it was not known in time: it may or may not have happened
   */
  public void label(String node, Map<String, Optional<String>> changes, Duration limit) {
    change(
        node,
        settings -> {
          JsonObject labels =
              settings.getValue(LABELS) instanceof JsonObject before ? before : new JsonObject();
          changes.forEach(
              (key, value) ->
                  value.ifPresentOrElse(text -> labels.put(key, text), () -> labels.remove(key)));
          if (labels.size() > MOST_LABELS) {
            throw new Invalid(
                LABELS,
                node + " would have more than " + MOST_LABELS + " labels",
                "take some back");
          }
          settings.put(LABELS, labels);
        },
        limit);
  }

  /**
   * Forgets all that was said of a node.
   *
   * @throws TimedOut when it was not known in time: it may or may not have happened
   */
  public void forget(String node, Duration limit) {
    records.delete(PREFIX + node, limit);
  }

  /** What somebody has said of the node: its labels, over those it started with. */
  public Map<String, String> labels(String node) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (settings(node).getValue(LABELS) instanceof JsonObject set) {
      set.forEach(label -> labels.put(label.getKey(), String.valueOf(label.getValue())));
    }
    return labels;
  }

  /** What two say of one node at once must both hold: each looks at what it changes. */
  private void change(String node, Consumer<JsonObject> change, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    for (int tries = 1; ; tries++) {
      Optional<Record> before = records.get(PREFIX + node);
      JsonObject settings = before.map(record -> record.value().copy()).orElseGet(JsonObject::new);
      change.accept(settings);
      if (settings.equals(before.map(Record::value).orElseGet(JsonObject::new))) {
        return;
      }
      try {
        Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
        records.put(
            PREFIX + node, settings, before.map(Record::version).orElse(Version.NONE), left);
        return;
      } catch (Conflict e) {
        if (tries == MOST_TRIES || end - System.nanoTime() < 0) {
          throw e;
        }
      }
    }
  }

  private JsonObject settings(String node) {
    return records.get(PREFIX + node).map(record -> record.value()).orElseGet(JsonObject::new);
  }
}
