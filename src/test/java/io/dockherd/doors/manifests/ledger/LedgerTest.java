package io.dockherd.doors.manifests.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.doors.manifests.format.ManifestName;
import io.dockherd.doors.manifests.keys.Key;
import io.dockherd.doors.manifests.keys.KeyError;
import io.dockherd.doors.manifests.keys.KeyEvent;
import io.dockherd.doors.manifests.keys.KeyEvent.Action;
import io.dockherd.doors.manifests.keys.Node;
import io.dockherd.herd.records.MemoryRecords;
import io.dockherd.herd.records.Record;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Manifests written down by several nodes at once, in the same records. */
class LedgerTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ManifestName NGINX = new ManifestName("dummy", "nginx");

  private final MemoryRecords records = new MemoryRecords();

  private Ledger ledger(int seed) {
    return new Ledger(records, InstantSource.system(), new Random(seed));
  }

  @Test
  void everyChangeHasAnIndexOfItsOwnWhicheverNodeItCameBy()
      throws InterruptedException, ExecutionException {
    List<Callable<KeyEvent>> writers = new ArrayList<>();
    for (int node = 0; node < 4; node++) {
      Ledger ledger = ledger(node);
      for (int i = 0; i < 20; i++) {
        ManifestName name = new ManifestName("app", i % 2 == 0 ? "common" : "own-" + node);
        String value = node + "/" + i;
        writers.add(() -> ledger.write(name, Action.SET, value, "", LIMIT));
      }
    }
    TreeSet<Long> indexes = new TreeSet<>();
    List<KeyEvent> events = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<KeyEvent> event : threads.invokeAll(writers)) {
        indexes.add(event.get().index());
        events.add(event.get());
      }
    }
    assertEquals(80, indexes.size());
    assertEquals(81, indexes.last(), "without gaps");
    Tree tree = ledger(9).tree();
    for (ManifestName name : tree.entries().keySet()) {
      KeyEvent last =
          events.stream()
              .filter(event -> event.node().key().equals(Places.key(name)))
              .max(java.util.Comparator.comparing(KeyEvent::index))
              .orElseThrow();
      assertEquals(last.node(), tree.find(Places.key(name), false).orElseThrow(), "the last stays");
      Record own = records.get("manifests/" + name).orElseThrow();
      assertEquals(last.index(), own.value().getLong("modified"), "in its own record too");
    }
  }

  @Test
  void whatIsInTheLogIsReadBeforeItsOwnRecordIsWritten() {
    Ledger ledger = ledger(1);
    ledger.write(NGINX, Action.SET, "one", "s1", LIMIT);
    JsonObject one = records.get("manifests/dummy/nginx").orElseThrow().value();
    ledger.write(NGINX, Action.SET, "two", "s2", LIMIT);
    records.put("manifests/dummy/nginx", one, LIMIT);
    assertEquals("two", ledger(2).find(NGINX).orElseThrow().value());
    Node there = ledger.tree().get(Places.key(NGINX), false);
    ledger.delete(there, Action.DELETE, LIMIT);
    records.put("manifests/dummy/nginx", one, LIMIT);
    assertEquals(Optional.empty(), ledger(3).find(NGINX));
    assertThrows(KeyError.class, () -> ledger(3).tree().get(Places.key(NGINX), false));
  }

  @Test
  void aWriterWhoIsLateTakesNothingBack() {
    Ledger ledger = ledger(1);
    ledger.write(NGINX, Action.SET, "one", "s1", LIMIT);
    Entry late = ledger.find(NGINX).orElseThrow();
    ledger.write(NGINX, Action.SET, "two", "s2", LIMIT);
    ledger.stamp(NGINX, late, "s3", LIMIT);
    assertEquals("two", ledger.find(NGINX).orElseThrow().value());
  }

  @Test
  void directoriesAreAsOldAsWhatWasFirstInThem() {
    Ledger ledger = ledger(1);
    ManifestName crawler = new ManifestName("dummy", "crawler");
    ledger.write(NGINX, Action.SET, "one", "", LIMIT);
    ledger.write(crawler, Action.SET, "one", "", LIMIT);
    ledger.write(NGINX, Action.SET, "two", "", LIMIT);
    assertEquals(2, ledger.tree().get(Key.of("apps", "dummy"), false).created());
    assertEquals(2, ledger.tree().get(Key.of("apps", "dummy", "nginx"), false).created());
    ledger.delete(ledger.tree().get(Places.key(NGINX), false), Action.DELETE, LIMIT);
    assertEquals(2, ledger.tree().get(Key.of("apps", "dummy"), false).created());
    ledger.delete(ledger.tree().get(Key.of("apps", "dummy"), false), Action.DELETE, LIMIT);
    assertTrue(records.under("manifests/").isEmpty());
    assertTrue(ledger.tree().get(Places.APPS, true).nodes().isEmpty());
  }

  @Test
  void theIndexGoesOnAboveWhatAnotherSideOfASplitHadCounted() {
    Ledger ledger = ledger(1);
    ledger.write(NGINX, Action.SET, "one", "", LIMIT);
    records.put("manifests/dummy/other", new Entry("x", 70, 70, 70, 70, "").json(), LIMIT);
    assertEquals(71, ledger.write(NGINX, Action.SET, "two", "", LIMIT).index());
  }
}
