package io.dockherd.herd.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.herd.facts.FactsHerd.Node;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.members.Member.Kind;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicatedFactsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final FactsHerd herd = new FactsHerd(Duration.ofHours(1));
  private final Node a = herd.join("a");
  private final Node b = herd.join("b");

  @AfterEach
  void close() {
    herd.close();
  }

  @Test
  void whatIsToldIsReadEverywhereOnceSettled() {
    a.facts().tell("load", "now", value("1"));
    assertTrue(a.facts().settle(LIMIT));
    assertEquals(List.of(new Fact("a", "load", "now", value("1"))), b.facts().of("load"));
    assertEquals("1", b.facts().find("load", "a", "now").orElseThrow().value().toString());
    a.facts().retract("load", "now");
    assertTrue(a.facts().settle(LIMIT));
    assertTrue(b.facts().of("load").isEmpty());
    assertTrue(a.facts().of("load").isEmpty());
  }

  @Test
  void tellAllRetractsWhatIsMissingAndLeavesTheRest() {
    List<String> heard = new CopyOnWriteArrayList<>();
    b.facts().listen("container", listener(heard));
    a.facts().tellAll("container", Map.of("1", value("x"), "2", value("y")));
    a.facts().tellAll("container", Map.of("2", value("y"), "3", value("z")));
    Await.until("all heard", LIMIT, () -> heard.size() == 4);
    assertEquals(List.of("+a/1", "+a/2", "-a/1", "+a/3"), heard);
    assertEquals(2, b.facts().of("container", "a").size());
  }

  @Test
  void listsAreByOwnerAndId() {
    b.facts().tellAll("image", Map.of("2", value("x"), "1", value("x")));
    a.facts().tellAll("image", Map.of("9", value("x"), "3", value("x")));
    assertTrue(b.facts().settle(LIMIT));
    assertTrue(a.facts().settle(LIMIT));
    assertEquals(
        List.of("a/3", "a/9", "b/1", "b/2"),
        b.facts().of("image").stream().map(fact -> fact.owner() + "/" + fact.id()).toList());
  }

  @Test
  void aNewcomerGetsEverythingInManyParts() {
    Map<String, Buffer> many = new HashMap<>();
    for (int i = 0; i < 3000; i++) {
      many.put("c" + i, value("v".repeat(500) + i));
    }
    a.facts().tellAll("container", many);
    Node c = herd.join("c");
    Await.until("c knows all", LIMIT, () -> c.facts().of("container").size() == 3000);
    Await.until("so does b", LIMIT, () -> herd.isAlike("container"));
  }

  @Test
  void factsToldBeforeJoiningArrive() {
    Node c = herd.prepare("c");
    c.facts().tell("load", "now", value("3"));
    c.group().join();
    Await.until("known", LIMIT, () -> a.facts().find("load", "c", "now").isPresent());
  }

  @Test
  void whatALostOwnerToldIsKeptAsLostUntilItIsBack() {
    List<String> heard = new CopyOnWriteArrayList<>();
    a.facts().listen("container", listener(heard));
    b.facts().tell("container", "1", value("x"));
    assertTrue(b.facts().settle(LIMIT));
    herd.kill(b);
    Await.until("lost", LIMIT, () -> a.facts().lost("container").size() == 1);
    assertTrue(a.facts().of("container").isEmpty());
    Node again = herd.join("b");
    Await.until("no longer lost", LIMIT, () -> a.facts().lost("container").isEmpty());
    again.facts().tell("container", "2", value("y"));
    Await.until("heard", LIMIT, () -> heard.size() == 3);
    assertEquals(List.of("+b/1", "!b/1", "+b/2"), heard);
  }

  @Test
  void whatALostOwnerToldCanBeForgotten() {
    b.facts().tell("container", "1", value("x"));
    assertTrue(b.facts().settle(LIMIT));
    herd.kill(b);
    Await.until("lost", LIMIT, () -> a.facts().lost("container").size() == 1);
    a.facts().forget("b");
    assertTrue(a.facts().lost("container").isEmpty());
  }

  @Test
  void whatAnOrderlyLeaverToldIsGoneForGood() {
    List<String> heard = new CopyOnWriteArrayList<>();
    a.facts().listen("container", listener(heard));
    b.facts().tell("container", "1", value("x"));
    assertTrue(b.facts().settle(LIMIT));
    herd.leave(b);
    Await.until("heard", LIMIT, () -> heard.size() == 2);
    assertEquals(List.of("+b/1", "-b/1"), heard);
    assertTrue(a.facts().lost("container").isEmpty());
  }

  @Test
  void bothSidesOfASplitCatchUpWhenItHeals() {
    a.facts().tell("container", "1", value("x"));
    b.facts().tell("container", "2", value("y"));
    Await.until("alike", LIMIT, () -> herd.isAlike("container") && count() == 2);
    herd.network.split(a.group());
    Await.until("lost", LIMIT, () -> a.facts().lost("container").size() == 1);
    a.facts().tell("container", "3", value("z"));
    b.facts().retract("container", "2");
    herd.network.heal();
    Await.until("alike", LIMIT, () -> herd.isAlike("container") && count() == 2);
    // Alike does not say that a has heard from b again: b has nothing left to tell.
    Await.until(
        "nothing is lost",
        LIMIT,
        () -> a.facts().lost("container").isEmpty() && b.facts().lost("container").isEmpty());
  }

  @Test
  void aPeerWhoseMemberIsNotKnownHasNoFactsYet() {
    Node c = herd.prepare("c");
    herd.directory.keepUnknown(c.group().self());
    c.group().join();
    c.facts().tell("container", "1", value("x"));
    a.facts().tell("container", "2", value("x"));
    assertTrue(a.facts().settle(LIMIT));
    assertEquals(1, a.facts().of("container").size());
    herd.directory.makeKnown(c.group().self());
    Await.until("known", LIMIT, () -> a.facts().of("container").size() == 2);
  }

  @Test
  void programsAreNotWaitedFor() {
    herd.join("p", Kind.PROGRAM);
    Await.until("present", LIMIT, () -> a.members().named("p").isPresent());
    a.facts().tell("load", "now", value("1"));
    assertTrue(a.facts().settle(LIMIT));
  }

  @Test
  void whoLeavesIsNotWaitedFor() throws InterruptedException {
    Group mute = herd.join("c", Kind.NODE);
    Await.until("present", LIMIT, () -> a.members().named("c").isPresent());
    a.facts().tell("load", "now", value("1"));
    assertFalse(a.facts().settle(Duration.ofMillis(20)), "c never answers");
    AtomicInteger settled = new AtomicInteger();
    Thread waiting = Thread.startVirtualThread(() -> settled.set(a.facts().settle(LIMIT) ? 1 : -1));
    herd.network.kill(mute);
    waiting.join();
    assertEquals(1, settled.get());
  }

  @Test
  void manyMaySettleAtOnce() throws InterruptedException {
    herd.join("c");
    int callers = 200;
    CountDownLatch done = new CountDownLatch(callers);
    AtomicInteger held = new AtomicInteger();
    for (int i = 0; i < callers; i++) {
      String id = "c" + i;
      Thread.startVirtualThread(
          () -> {
            a.facts().tell("container", id, value("x"));
            if (a.facts().settle(LIMIT) && b.facts().find("container", "a", id).isPresent()) {
              held.incrementAndGet();
            }
            done.countDown();
          });
    }
    done.await();
    assertEquals(callers, held.get());
  }

  @Test
  void hostileBytesAreDropped() {
    byte[] good = FactsCodec.encode(new FactsMessage.Digest(1, 2));
    b.facts().onMessage(a.group().self(), new byte[0]);
    b.facts()
        .onMessage(a.group().self(), new byte[] {1, 1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
    for (int length = 0; length < good.length; length++) {
      b.facts().onMessage(a.group().self(), Arrays.copyOf(good, length));
    }
    a.facts().tell("load", "now", value("1"));
    assertTrue(a.facts().settle(LIMIT));
  }

  private int count() {
    return a.facts().of("container").size();
  }

  private static Buffer value(String text) {
    return Buffer.buffer(text);
  }

  private static Facts.FactsListener listener(List<String> heard) {
    return new Facts.FactsListener() {
      @Override
      public void onFact(Fact fact, Optional<Fact> before) {
        heard.add((before.isPresent() ? "~" : "+") + fact.owner() + "/" + fact.id());
      }

      @Override
      public void onGone(Fact fact, boolean lost) {
        heard.add((lost ? "!" : "-") + fact.owner() + "/" + fact.id());
      }
    };
  }
}
