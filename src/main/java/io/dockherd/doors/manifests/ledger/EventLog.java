package io.dockherd.doors.manifests.ledger;

import io.dockherd.doors.manifests.keys.ErrorCode;
import io.dockherd.doors.manifests.keys.Key;
import io.dockherd.doors.manifests.keys.KeyError;
import io.dockherd.doors.manifests.keys.KeyEvent;
import io.dockherd.doors.manifests.keys.Node;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The last that happened to all keys, in order: one record for the whole herd. Whoever changes a
 * key writes here first, if nobody else has meanwhile, and so every change has an index of its own.
 *
 * <pre>{"start":1,"index":5,"events":[{"event":{…},"stamp":"…","began":4,"appBegan":2},…]}</pre>
 *
 * @param start index of the oldest change that is still known
 * @param index of the last change
 * @param lines the oldest first
 */
public record EventLog(long start, long index, List<Line> lines) {
  /** Nothing has happened yet, but that the directory of apps is there. */
  public static final EventLog EMPTY = new EventLog(1, 1, List.of());

  private static final int MOST_LINES = 1_000;

  /** All values in it together; the record is written with every change. */
  private static final int MOST_CHARACTERS = 64 << 10;

  /**
   * A change.
   *
   * @param stamp as in {@link Entry}
   * @param began as in {@link Entry}
   * @param appBegan as in {@link Entry}
   */
  public record Line(KeyEvent event, String stamp, long began, long appBegan) {
    private int length() {
      return 200 + value(event.node()) + event.previous().map(Line::value).orElse(0);
    }

    private static int value(Node node) {
      return node.value().map(String::length).orElse(0);
    }

    /** What is at the key after it. */
    Entry entry() {
      Node node = event.node();
      return new Entry(
          node.value().orElse(""), node.modified(), node.created(), began, appBegan, stamp);
    }
  }

  public EventLog {
    lines = List.copyOf(lines);
  }

  /** The same with one more change; what is too old or too much is forgotten. */
  EventLog with(Line line) {
    List<Line> all = new ArrayList<>(lines);
    all.add(line);
    int length = all.stream().mapToInt(Line::length).sum();
    int first = 0;
    while (first < all.size() - 1
        && (all.size() - first > MOST_LINES || length > MOST_CHARACTERS)) {
      length -= all.get(first).length();
      first++;
    }
    long oldest = first == 0 ? start : all.get(first).event().index();
    return new EventLog(oldest, line.event().index(), all.subList(first, all.size()));
  }

  /**
   * The first change since an index that concerns a key; empty when there was none yet.
   *
   * @param since 0 for the next that happens
   * @throws KeyError when it is not known any more what happened then
   */
  Optional<KeyEvent> first(Key key, boolean isRecursive, long since) {
    if (since == 0) {
      return Optional.empty();
    }
    if (since < start) {
      throw KeyError.of(
          ErrorCode.HISTORY_CLEARED,
          "the requested history has been cleared [" + start + "/" + since + "]");
    }
    return since(since).stream().filter(event -> event.concerns(key, isRecursive)).findFirst();
  }

  /** All changes from an index on. */
  List<KeyEvent> since(long from) {
    return lines.stream().map(Line::event).filter(event -> event.index() >= from).toList();
  }

  /** Whether it is the other one and what happened since, with nothing forgotten between. */
  boolean continues(EventLog before) {
    boolean isKnown = index >= before.index && start <= before.index + 1;
    return isKnown
        && (before.lines.isEmpty()
            || start > before.index
            || lines.contains(before.lines.getLast()));
  }

  static EventLog of(JsonObject json) {
    List<Line> lines = new ArrayList<>();
    for (Object each : json.getJsonArray("events", new JsonArray())) {
      JsonObject line = (JsonObject) each;
      lines.add(
          new Line(
              KeyEvent.of(line.getJsonObject("event")),
              line.getString("stamp", ""),
              line.getLong("began", 0L),
              line.getLong("appBegan", 0L)));
    }
    return new EventLog(json.getLong("start", 1L), json.getLong("index", 1L), lines);
  }

  JsonObject json() {
    JsonArray events = new JsonArray();
    for (Line line : lines) {
      events.add(
          new JsonObject()
              .put("event", line.event().json())
              .put("stamp", line.stamp())
              .put("began", line.began())
              .put("appBegan", line.appBegan()));
    }
    return new JsonObject().put("start", start).put("index", index).put("events", events);
  }
}
