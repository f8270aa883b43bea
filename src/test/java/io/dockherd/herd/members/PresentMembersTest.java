package io.dockherd.herd.members;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.Await;
import io.dockherd.failure.Conflict;
import io.dockherd.herd.group.Group;
import io.dockherd.herd.group.InMemoryGroups;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PresentMembersTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration NAME_WAIT = Duration.ofMillis(300);

  private final InMemoryGroups network = new InMemoryGroups();

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void membersKnowEachOtherByName() {
    Process one = start("one");
    Process two = start("two");
    one.members.awaitAdmission(LIMIT);
    two.members.awaitAdmission(LIMIT);
    awaitNames(one, "one", "two");
    awaitNames(two, "one", "two");
    assertEquals(one.group.self(), two.members.named("one").orElseThrow().peer());
  }

  @Test
  void oneAloneIsAdmittedAtOnce() {
    Process one = start("one");
    one.members.awaitAdmission(LIMIT);
    assertEquals(List.of("one"), one.names());
  }

  @Test
  void aTakenNameIsRefusedWithWhoHoldsIt() {
    Process first = start("same");
    Process second = start("same");
    Conflict refusal = assertThrows(Conflict.class, () -> second.members.awaitAdmission(LIMIT));
    assertTrue(refusal.getMessage().contains("127.0.0.1:7411"), refusal.getMessage());
    assertTrue(refusal.explanation().contains("another name"), refusal.explanation());
    assertEquals(first.group.self(), first.members.named("same").orElseThrow().peer());
    assertEquals(List.of(), second.lost, "it never had the name");
  }

  @Test
  void aKilledNodeThatStartsAgainIsAdmittedOnceItsFormerLifeIsGone() {
    Process other = start("other");
    Process former = start("same");
    awaitNames(other, "other", "same");
    Process next = start("same", LIMIT);
    network.kill(former.group);
    next.members.awaitAdmission(LIMIT);
    Await.until(
        "the name has passed on",
        LIMIT,
        () ->
            other.members.named("same").map(Member::peer).equals(java.util.Optional.of(next.id())));
    Await.until("told of all", LIMIT, () -> other.events.size() == 4);
    assertEquals(List.of("+other", "+same", "-same", "+same"), List.copyOf(other.events));
  }

  @Test
  void twentyRestartsLeaveNoGhost() {
    Process other = start("other");
    for (int i = 0; i < 20; i++) {
      Process life = start("same");
      life.members.awaitAdmission(LIMIT);
      awaitNames(other, "other", "same");
      network.kill(life.group);
      awaitNames(other, "other");
    }
    assertEquals(1, other.group.view().peers().size());
  }

  @Test
  void leavingOrderlyIsToldFromDying() {
    Process one = start("one");
    Process two = start("two");
    Process three = start("three");
    awaitNames(one, "one", "three", "two");
    two.members.close();
    two.group.close();
    network.kill(three.group);
    Await.until("both gone", LIMIT, () -> one.events.size() == 5);
    assertEquals(List.of("-two orderly", "-three"), List.copyOf(one.events).subList(3, 5));
  }

  @Test
  void afterAHealAllKnowAllAndAreToldOnce() {
    Process one = start("one");
    Process two = start("two");
    Process three = start("three");
    awaitNames(three, "one", "three", "two");
    network.split(one.group);
    awaitNames(one, "one");
    awaitNames(two, "three", "two");
    network.heal();
    for (Process process : List.of(one, two, three)) {
      Await.until("healed", LIMIT, () -> process.events.contains("healed"));
      assertEquals(List.of("one", "three", "two"), process.names());
      assertEquals(1, process.events.stream().filter("healed"::equals).count());
    }
  }

  @Test
  void ofTwoOfOneNameTheOlderStaysAfterAHeal() {
    Process one = start("one");
    Process two = start("two");
    awaitNames(two, "one", "two");
    network.split(one.group);
    awaitNames(one, "one");
    Process namesake = start("one");
    namesake.members.awaitAdmission(LIMIT);
    awaitNames(two, "one", "two");
    network.heal();
    Await.until("the younger is told", LIMIT, () -> namesake.lost.size() == 1);
    assertEquals(List.of(), one.lost);
    assertEquals(one.id(), two.members.named("one").orElseThrow().peer());
    assertEquals(one.id(), namesake.members.named("one").orElseThrow().peer());
  }

  @Test
  void whatAMemberSaysAnewReachesAllWithFieldsNobodyKnows() {
    Process one = start("one");
    Process two = start("two");
    awaitNames(two, "one", "two");
    one.members.update(new JsonObject().put("labels", new JsonObject().put("zone", "b")));
    Await.until("changed", LIMIT, () -> two.events.contains("~one"));
    Member seen = two.members.named("one").orElseThrow();
    assertEquals("b", seen.toJson().getJsonObject("labels").getString("zone"));
    assertEquals(7411, seen.groupPort());
    assertEquals(seen, Member.fromJson(seen.toJson()));
  }

  @Test
  void rubbishAndForgeriesAreDropped() {
    Process one = start("one");
    Group stranger = network.newPeer();
    var channel = stranger.open("members", new Silent());
    stranger.join();
    channel.broadcast("no json".getBytes());
    channel.broadcast(new JsonObject().put("type", "member").toBuffer().getBytes());
    channel.broadcast(
        new JsonObject()
            .put("type", "member")
            .put("member", one.members.self().toJson().put("name", "forged"))
            .toBuffer()
            .getBytes());
    Process two = start("two");
    awaitNames(one, "one", "two");
    assertFalse(one.events.contains("+forged"));
    assertThrows(
        io.dockherd.failure.TimedOut.class,
        () -> two.members.awaitAdmission(Duration.ofMillis(100)),
        "the stranger never said who it is");
  }

  private Process start(String name) {
    return start(name, NAME_WAIT);
  }

  private Process start(String name, Duration nameWait) {
    Process process = new Process(network.newPeer(), name, nameWait);
    process.group.join();
    return process;
  }

  private static void awaitNames(Process process, String... names) {
    Await.until(
        process.members.self().name() + " sees " + List.of(names),
        LIMIT,
        () -> process.names().equals(List.of(names)));
  }

  private static final class Process {
    final Group group;
    final PresentMembers members;
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<Conflict> lost = new CopyOnWriteArrayList<>();

    Process(Group group, String name, Duration nameWait) {
      this.group = group;
      Member self =
          new Member(
              group.self(),
              Member.Kind.NODE,
              name,
              "127.0.0.1",
              7411,
              7412,
              7413,
              "0.1.0",
              new JsonObject().put("fromTheFuture", true));
      members = new PresentMembers(group, self, nameWait, lost::add);
      members.listen(new Events(events));
    }

    io.dockherd.herd.group.PeerId id() {
      return group.self();
    }

    List<String> names() {
      return members.present().stream().map(Member::name).toList();
    }
  }

  private record Events(List<String> events) implements Members.MembersListener {
    @Override
    public void onJoined(Member member) {
      events.add("+" + member.name());
    }

    @Override
    public void onLeft(Member member, boolean orderly) {
      events.add("-" + member.name() + (orderly ? " orderly" : ""));
    }

    @Override
    public void onChanged(Member member) {
      events.add("~" + member.name());
    }

    @Override
    public void onHealed() {
      events.add("healed");
    }
  }

  private static final class Silent implements io.dockherd.herd.group.Participant {
    @Override
    public void onView(io.dockherd.herd.group.View view) {}

    @Override
    public void onMessage(io.dockherd.herd.group.PeerId from, byte[] message) {}
  }
}
