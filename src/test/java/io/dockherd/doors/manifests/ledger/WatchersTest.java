package io.dockherd.doors.manifests.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.doors.manifests.format.ManifestName;
import io.dockherd.doors.manifests.keys.ErrorCode;
import io.dockherd.doors.manifests.keys.Key;
import io.dockherd.doors.manifests.keys.KeyError;
import io.dockherd.doors.manifests.keys.KeyEvent.Action;
import io.dockherd.fleet.events.Lines;
import io.dockherd.herd.records.MemoryRecords;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Version;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers who wait, told by the log. */
class WatchersTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ManifestName NGINX = new ManifestName("dummy", "nginx");
  private static final Key DUMMY = Key.of("apps", "dummy");

  private final MemoryRecords records = new MemoryRecords();
  private final Ledger ledger = new Ledger(records, InstantSource.system(), new Random(1));
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Watchers watchers = started(Duration.ofMinutes(10));

  private Watchers started(Duration longest) {
    Watchers started = new Watchers(ledger, timer, 2, longest);
    started.start();
    return started;
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  /** A caller who reads what he is told. */
  private static final class Caller {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();

    Caller(Lines lines) {
      lines.endHandler(end -> isOver.set(true));
      lines.handler(piece -> piece.toString().lines().forEach(line -> heard.add(value(line))));
      lines.resume();
    }

    private static String value(String line) {
      JsonObject event = new JsonObject(line);
      return event.getString("action") + " " + event.getJsonObject("node").getString("value");
    }

    void hears(String... what) {
      Await.until(
          () -> "hears it, and has heard " + heard, LIMIT, () -> heard.equals(List.of(what)));
    }

    void isSentAway() {
      Await.until("the answer ends", LIMIT, isOver::get);
    }
  }

  private void set(String value) {
    ledger.write(NGINX, Action.SET, value, "", LIMIT);
  }

  @Test
  void whoWaitsOnceIsToldOnce() {
    Caller caller = new Caller(watchers.watch(DUMMY, true, false, 0));
    set("one");
    set("two");
    caller.hears("set one");
    caller.isSentAway();
    Await.until("nobody waits", LIMIT, () -> watchers.count() == 0);
  }

  @Test
  void aStreamIsToldEverythingInOrderFromWhereItAskedOn() {
    set("one");
    set("two");
    Caller caller = new Caller(watchers.watch(Places.key(NGINX), false, true, 3));
    List<String> expected = new ArrayList<>(List.of("set two"));
    for (int i = 0; i < 50; i++) {
      set("more " + i);
      expected.add("set more " + i);
    }
    caller.hears(expected.toArray(String[]::new));
  }

  @Test
  void whatHappenedBeforeHeCameIsNotToldToWhoWaitsForTheNext() {
    // The listener may not have heard of it yet.
    set("one");
    Caller caller = new Caller(watchers.watch(DUMMY, true, false, 0));
    set("two");
    caller.hears("set two");
  }

  @Test
  void onlySoManyMayWait() {
    Lines first = watchers.watch(DUMMY, true, false, 0);
    watchers.watch(DUMMY, true, false, 0);
    KeyError error = assertThrows(KeyError.class, () -> watchers.watch(DUMMY, true, false, 0));
    assertEquals(ErrorCode.BUSY, error.code());
    first.close();
    watchers.watch(DUMMY, true, false, 0);
    assertEquals(2, watchers.count());
  }

  @Test
  void nobodyWaitsForEver() {
    Watchers impatient = started(Duration.ofMillis(20));
    Caller caller = new Caller(impatient.watch(DUMMY, true, false, 0));
    caller.isSentAway();
    caller.hears();
    Await.until("nobody waits", LIMIT, () -> impatient.count() == 0);
  }

  @Test
  void afterASplitAllAreSentToReadAnew() {
    set("one");
    Caller caller = new Caller(watchers.watch(DUMMY, true, true, 0));
    Record ours = records.get(Ledger.LOG).orElseThrow();
    JsonObject others = ours.value().copy().put("index", 40).put("start", 40);
    watchers.onConflict(ours, new Record(Ledger.LOG, new Version(1, "other"), others));
    caller.isSentAway();
    caller.hears();
    KeyError error = assertThrows(KeyError.class, () -> watchers.watch(DUMMY, true, false, 40));
    assertEquals(ErrorCode.HISTORY_CLEARED, error.code());
    assertTrue(error.getMessage().contains("[41/40]"), error.getMessage());
    watchers.watch(DUMMY, true, false, 41);
    assertEquals(1, watchers.count());
  }

  @Test
  void whenTheLogIsAnotherOneAllAreSentToReadAnew() {
    set("one");
    set("two");
    Caller caller = new Caller(watchers.watch(DUMMY, true, true, 0));
    JsonObject others = records.get(Ledger.LOG).orElseThrow().value().copy();
    others
        .getJsonArray("events")
        .getJsonObject(1)
        .getJsonObject("event")
        .getJsonObject("node")
        .put("value", "written on the other side");
    records.put(Ledger.LOG, others, LIMIT);
    caller.isSentAway();
    assertThrows(KeyError.class, () -> watchers.watch(DUMMY, true, false, 2));
  }
}
