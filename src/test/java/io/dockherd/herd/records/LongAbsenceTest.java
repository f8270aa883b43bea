package io.dockherd.herd.records;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.herd.records.RecordsHerd.Node;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was deleted stays deleted, however long a node was away; and what was not, stays. */
class LongAbsenceTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration DAY = Duration.ofDays(1);

  private final RecordsHerd herd = new RecordsHerd(Duration.ofMillis(50));
  private Node a = herd.join("a");
  private Node b = herd.join("b");

  @AfterEach
  void close() {
    herd.close();
  }

  @Test
  void whoIsBackAtTheEndOfTheSeventhDayHearsOfWhatWasDeletedRightAfterItWent() {
    everywhere("old");
    MemoryStore disk = herd.kill(b);
    a.records().delete("old", LIMIT);
    herd.passes(Continuity.ABSENCE.minusSeconds(60));
    awaitNote(a);
    b = herd.join("b", disk);
    awaitAlike();
    assertTrue(b.records().get("old").isEmpty());
    assertTrue(a.records().get("old").isEmpty());
  }

  @Test
  void aClockThatIsHalfADayAheadDoesNotBringADeletionBack() {
    everywhere("old");
    MemoryStore disk = herd.kill(b);
    Node ahead = herd.join("c", new MemoryStore(), Duration.ofHours(12));
    awaitAlike();
    a.records().delete("old", LIMIT);
    herd.passes(Continuity.ABSENCE.minusSeconds(60));
    awaitNote(ahead);
    b = herd.join("b", disk);
    awaitAlike();
    assertTrue(b.records().get("old").isEmpty());
  }

  @Test
  void whoWasAwayForLongKeepsWhatItWroteSinceItIsBackAndGivesUpTheRest() {
    everywhere("old");
    everywhere("kept");
    MemoryStore diskB = herd.leave(b);
    a.records().delete("old", LIMIT);
    herd.passes(Continuity.MEMORY.plus(DAY));
    Await.until("forgotten", LIMIT, () -> !a.records().held().containsKey("old"));
    awaitNote(a);
    MemoryStore diskA = herd.kill(a);
    b = herd.join("b", diskB);
    b.records().put("new", new JsonObject(), LIMIT);
    a = herd.join("a", diskA);
    Await.until("old gives way", LIMIT, () -> b.records().get("old").isEmpty());
    awaitAlike();
    assertTrue(a.records().get("new").isPresent());
    assertTrue(b.records().get("new").isPresent());
    assertTrue(b.records().get("kept").isPresent());
    assertTrue(a.records().get("old").isEmpty());
  }

  @Test
  void aDeletionOutlastsASplitOfManyDays() {
    everywhere("old");
    herd.network.split(b.group());
    awaitAlone(a);
    awaitAlone(b);
    a.records().delete("old", LIMIT);
    Node late = herd.join("c");
    herd.network.split(b.group());
    Await.until("c knows", LIMIT, () -> late.records().held().containsKey("old"));
    herd.passes(Continuity.MEMORY.plus(DAY));
    awaitNote(a);
    awaitNote(late);
    assertTrue(late.records().held().containsKey("old"), "remembered as long as b is away");
    herd.network.heal();
    awaitAlike();
    Await.until("deleted", LIMIT, () -> b.records().get("old").isEmpty());
    assertTrue(a.records().get("old").isEmpty());
  }

  @Test
  void aDeletionIsForgottenOnceAllAreBack() {
    everywhere("old");
    herd.network.split(b.group());
    awaitAlone(a);
    a.records().delete("old", LIMIT);
    herd.passes(Continuity.MEMORY.plus(DAY));
    awaitNote(a);
    assertTrue(a.records().held().containsKey("old"));
    herd.network.heal();
    Await.until(
        "forgotten by both",
        LIMIT,
        () -> herd.nodes.stream().noneMatch(node -> node.records().held().containsKey("old")));
    assertFalse(a.records().get("old").isPresent());
  }

  @Test
  void aDeletionIsForgottenThoughANodeIsGoneForGood() {
    everywhere("old");
    herd.kill(b);
    awaitAlone(a);
    a.records().delete("old", LIMIT);
    herd.passes(Partings.LIMIT.plus(DAY));
    Await.until("forgotten", LIMIT, () -> !a.records().held().containsKey("old"));
  }

  /** All hold it. */
  private void everywhere(String key) {
    a.records().put(key, new JsonObject(), LIMIT);
    Await.until("b has it", LIMIT, () -> b.records().get(key).isPresent());
  }

  private void awaitAlike() {
    Await.until("alike", LIMIT, herd::isAlike);
  }

  /** A tick of that node has passed since the clock was set forward. */
  private void awaitNote(Node node) {
    Await.until(
        "noted",
        LIMIT,
        () -> node.store().note("up").orElseThrow().getLong("at") > herd.now() - 60_000);
  }

  private void awaitAlone(Node node) {
    Await.until(
        "the others are gone",
        LIMIT,
        () -> node.records().steward("old").equals(Optional.of(node.name())));
  }
}
