package io.dockherd.herd.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.failure.Invalid;
import io.dockherd.failure.Refused;
import io.dockherd.failure.TimedOut;
import io.dockherd.herd.records.RecordsHerd.Node;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicatedRecordsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final RecordsHerd herd = new RecordsHerd(Duration.ofMillis(200));

  @AfterEach
  void close() {
    herd.close();
  }

  @Test
  void whatIsWrittenIsReadAtOnceByTheWriterAndSoonByAll() {
    threeNodes();
    for (Node writer : herd.nodes) {
      String key = "k/" + writer.name();
      Record written = writer.records().put(key, json(1), LIMIT);
      assertEquals(Optional.of(written), writer.records().get(key));
    }
    Await.until("all alike", LIMIT, herd::isAlike);
    for (Node node : herd.nodes) {
      assertEquals(
          List.of("k/a", "k/b", "k/c"),
          node.records().under("k/").stream().map(Record::key).toList());
    }
  }

  @Test
  void onlyWhatWasLookedAtIsDeleted() {
    threeNodes();
    for (Node writer : herd.nodes) {
      Records records = writer.records();
      String key = "k/" + writer.name();
      Version first = records.put(key, json(1), LIMIT).version();
      Version second = records.put(key, json(2), LIMIT).version();
      assertThrows(Conflict.class, () -> records.delete(key, first, LIMIT));
      assertTrue(records.delete(key, second, LIMIT));
      assertThrows(Conflict.class, () -> records.delete(key, second, LIMIT));
      assertFalse(records.delete(key, Version.NONE, LIMIT));
    }
  }

  @Test
  void deletingAndWritingAgain() {
    threeNodes();
    Records records = herd.named("a").records();
    assertFalse(records.delete("k", LIMIT));
    records.put("k", json(1), LIMIT);
    assertTrue(records.delete("k", LIMIT));
    assertTrue(records.get("k").isEmpty());
    assertTrue(records.under("").isEmpty());
    records.put("k", json(2), Version.NONE, LIMIT);
    assertEquals(
        List.of(json(2), json(1)), records.history("k").stream().map(Record::value).toList());
  }

  @Test
  void anOvertakenWriteIsRefused() {
    threeNodes();
    Record first = herd.named("a").records().put("k", json(1), Version.NONE, LIMIT);
    assertThrows(
        Conflict.class, () -> herd.named("b").records().put("k", json(2), Version.NONE, LIMIT));
    Record second = herd.named("b").records().put("k", json(2), first.version(), LIMIT);
    assertThrows(
        Conflict.class, () -> herd.named("c").records().put("k", json(3), first.version(), LIMIT));
    assertEquals(json(2), herd.named("c").records().put("k", json(2), LIMIT).value());
    assertTrue(second.version().compareTo(first.version()) > 0);
  }

  @Test
  void listenersHearOfEachChangeOnce() {
    threeNodes();
    List<String> heard = new CopyOnWriteArrayList<>();
    herd.named("b")
        .records()
        .listen("k", (key, now) -> heard.add(key + now.map(Record::value).orElse(json(0))));
    herd.named("a").records().put("k1", json(1), LIMIT);
    Await.until("heard", LIMIT, () -> heard.size() == 1);
    herd.named("a").records().put("other", json(1), LIMIT);
    herd.named("a").records().delete("k1", LIMIT);
    Await.until("heard", LIMIT, () -> heard.size() == 2);
    assertEquals(List.of("k1" + json(1), "k1" + json(0)), heard);
  }

  @Test
  void anAnsweredWriteOutlivesItsSteward() {
    threeNodes();
    for (int i = 0; i < 20; i++) {
      String key = "k" + i;
      Node steward = herd.steward(key);
      Node writer = other(steward);
      writer.records().put(key, json(i), LIMIT);
      MemoryStore disk = herd.kill(steward);
      Node left = other(writer);
      Await.until("still there", LIMIT, () -> left.records().get(key).isPresent());
      herd.join(steward.name(), disk);
    }
  }

  @Test
  void aWriteWhoseStewardDiesIsDoneByTheNext() throws InterruptedException {
    threeNodes();
    Node steward = herd.steward("k");
    Node writer = other(steward);
    Record[] written = new Record[1];
    Thread writing =
        Thread.startVirtualThread(
            () -> {
              for (int i = 1; i <= 50; i++) {
                written[0] = writer.records().put("k", json(i), LIMIT);
              }
            });
    herd.kill(steward);
    writing.join();
    assertEquals(json(50), written[0].value());
    assertEquals(json(50), other(writer).records().get("k").orElse(written[0]).value());
  }

  @Test
  void bothSidesWriteAndTheLoserIsHistoryToldOnce() {
    Node a = herd.join("a");
    Node b = herd.join("b");
    List<String> conflicts = new CopyOnWriteArrayList<>();
    for (Node node : List.of(a, b)) {
      node.records().listen("", conflicts(node.name(), conflicts));
    }
    a.records().put("k", json(0), LIMIT);
    herd.network.split(a.group());
    a.records().put("k", json(1), LIMIT);
    a.records().put("k", json(2), LIMIT);
    b.records().put("k", json(3), LIMIT);
    herd.network.heal();
    Await.until("alike and told", LIMIT, () -> herd.isAlike() && conflicts.size() == 2);
    assertEquals(json(2), b.records().get("k").orElseThrow().value());
    assertTrue(b.records().history("k").stream().anyMatch(old -> old.value().equals(json(3))));
    assertEquals(List.of("a 2>3", "b 2>3"), conflicts.stream().sorted().toList());
    for (Node node : List.of(a, b)) {
      assertEquals(
          List.of(json(3)), node.records().losers("k").stream().map(Record::value).toList());
    }
    b.records().put("k", json(4), LIMIT);
    Await.until("alike", LIMIT, herd::isAlike);
    assertEquals(2, conflicts.size());
    assertEquals(List.of(), a.records().losers("k"));
  }

  @Test
  void everythingIsBackAfterAPowerCut() {
    threeNodes();
    for (int i = 0; i < 50; i++) {
      herd.named("a").records().put("k" + i, json(i), LIMIT);
    }
    Await.until("alike", LIMIT, herd::isAlike);
    List<Node> before = List.copyOf(herd.nodes);
    List<MemoryStore> disks = before.stream().map(herd::kill).toList();
    Node alone = herd.join("b", disks.get(1));
    assertEquals(50, alone.records().under("k").size());
    Node fresh = herd.join("z");
    Await.until("given to a newcomer", LIMIT, () -> fresh.records().under("k").size() == 50);
  }

  @Test
  void aFullDiskRefusesAndNothingIsAnswered() {
    MemoryStore disk = new MemoryStore();
    Node a = herd.join("a", disk);
    long first = a.records().put("k", json(1), LIMIT).version().counter();
    disk.setFull(true);
    assertThrows(Refused.class, () -> a.records().put("k", json(2), LIMIT));
    assertEquals(json(1), a.records().get("k").orElseThrow().value());
    disk.setFull(false);
    Record written = a.records().put("k", json(3), LIMIT);
    assertEquals(first + 2, written.version().counter(), "a counter is not given out twice");
  }

  @Test
  void whatADyingStewardAnsweredToNobodyDoesNotWinWhenItsDiskIsBack() throws Exception {
    threeNodes();
    // The greatest name: it would win a tie.
    String key = keyOf("c");
    Node dying = herd.named("c");
    dying.store().afterNextSave(() -> herd.network.kill(dying.group()));
    Thread writing =
        Thread.startVirtualThread(
            () -> assertThrows(Failure.class, () -> dying.records().put(key, json(1), LIMIT)));
    Await.until(
        "it is gone",
        LIMIT,
        () -> !herd.named("a").records().steward(key).equals(Optional.of("c")));
    MemoryStore disk = herd.kill(dying);
    herd.named("a").records().put(key, json(2), LIMIT);
    herd.join("c", disk);
    Await.until(
        "both are known",
        LIMIT,
        () ->
            herd.nodes.stream().allMatch(node -> node.records().history(key).size() == 2)
                && herd.isAlike());
    assertEquals(json(2), herd.named("b").records().get(key).orElseThrow().value());
    assertEquals(json(2), herd.named("c").records().get(key).orElseThrow().value());
    writing.interrupt();
    writing.join();
  }

  @Test
  void aWriteThatNoSecondNodeStoresIsNotAnswered() {
    MemoryStore full = new MemoryStore();
    herd.join("a");
    herd.join("b", full);
    String key = keyOf("a");
    full.setFull(true);
    assertThrows(
        TimedOut.class, () -> herd.named("a").records().put(key, json(1), Duration.ofMillis(300)));
    full.setFull(false);
    herd.named("b").records().put(key, json(2), LIMIT);
  }

  @Test
  void whoWasAwayForLongGivesWayToWhoWasNot() {
    Node a = herd.join("a");
    Node b = herd.join("b");
    a.records().put("old", json(1), LIMIT);
    a.records().put("kept", json(1), LIMIT);
    Await.until("alike", LIMIT, herd::isAlike);
    MemoryStore disk = herd.kill(b);
    Duration later = Continuity.MEMORY.plusDays(1);
    a.records().delete("old", LIMIT);
    MemoryStore disk2 = herd.kill(a);
    // Its clock says the deletion is a week old, but it itself was up yesterday.
    disk2.note("up", disk2.note("up").orElseThrow().put("at", later.toMillis() + now() - 1000));
    Node again = herd.join("a", disk2, later);
    Await.until("forgotten", LIMIT, () -> !again.records().held().containsKey("old"));
    Node back = herd.join("b", disk, later);
    Await.until("alike", LIMIT, herd::isAlike);
    assertTrue(back.records().get("old").isEmpty());
    assertTrue(back.records().get("kept").isPresent());
  }

  @Test
  void ifAllWereAwayForLongNothingIsLost() {
    Node a = herd.join("a");
    Node b = herd.join("b");
    a.records().put("k", json(1), LIMIT);
    Await.until("alike", LIMIT, herd::isAlike);
    MemoryStore diskA = herd.kill(a);
    MemoryStore diskB = herd.kill(b);
    Duration later = Continuity.MEMORY.plusDays(1);
    Node fresh = herd.join("c", new MemoryStore(), later);
    herd.join("a", diskA, later);
    herd.join("b", diskB, later);
    Await.until("there", LIMIT, () -> fresh.records().get("k").isPresent());
    Await.until("alike", LIMIT, herd::isAlike);
    assertTrue(herd.named("a").records().get("k").isPresent());
  }

  @Test
  void badKeysAndHugeValuesAreRefused() {
    Records records = herd.join("a").records();
    assertThrows(Invalid.class, () -> records.put("", json(1), LIMIT));
    assertThrows(Invalid.class, () -> records.put("a\nb", json(1), LIMIT));
    assertThrows(Invalid.class, () -> records.put("x".repeat(600), json(1), LIMIT));
    JsonObject huge = new JsonObject().put("v", "x".repeat(LineageCodec.VALUE_LIMIT));
    assertThrows(Invalid.class, () -> records.put("k", huge, LIMIT));
  }

  private void threeNodes() {
    List.of("a", "b", "c").forEach(herd::join);
  }

  private Node other(Node than) {
    return herd.nodes.stream().filter(node -> node != than).findFirst().orElseThrow();
  }

  private String keyOf(String steward) {
    for (int i = 0; ; i++) {
      if (herd.steward("k" + i).name().equals(steward)) {
        return "k" + i;
      }
    }
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private static JsonObject json(int value) {
    return new JsonObject().put("v", value);
  }

  private static Records.RecordsListener conflicts(String name, List<String> told) {
    return new Records.RecordsListener() {
      @Override
      public void onChange(String key, Optional<Record> now) {}

      @Override
      public void onConflict(Record winner, Record loser) {
        told.add(name + " " + winner.value().getInteger("v") + ">" + loser.value().getInteger("v"));
      }
    };
  }
}
