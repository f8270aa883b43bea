package io.dockherd.herd.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.doors.actions.FixedMembers;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.NotFound;
import io.dockherd.herd.members.Member;
import io.dockherd.herd.members.Members;
import io.dockherd.herd.records.MemoryRecords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * One set of records for all, as if nothing were ever cut; each node's own view of who is there.
 */
class KnownNodesTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final MemoryRecords records = new MemoryRecords();
  private final Map<String, View> views = new LinkedHashMap<>();
  private Instant now = Instant.parse("2026-11-22T00:00:00Z");
  private final InstantSource clock = () -> now;

  private final class View implements Members {
    private final String self;
    private final List<String> names = new ArrayList<>();
    private final RollCall roll;

    private View(String self) {
      this.self = self;
      names.add(self);
      roll = new RollCall(this, records, clock);
    }

    private KnownNodes known() {
      return new KnownNodes(this, records, clock);
    }

    @Override
    public Member self() {
      return FixedMembers.member(self);
    }

    @Override
    public List<Member> present() {
      return names.stream()
          .sorted()
          .map(FixedMembers::member)
          .sorted(Comparator.comparing(Member::name))
          .toList();
    }

    @Override
    public void listen(MembersListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  /** Those nodes, present to each other. */
  private void herd(String... names) {
    for (String name : names) {
      views.put(name, new View(name));
    }
    for (View view : views.values()) {
      view.names.clear();
      view.names.addAll(views.keySet());
    }
    views.values().forEach(view -> view.roll.onJoined(view.self()));
  }

  private void leaves(String name, boolean orderly) {
    Member gone = views.remove(name).self();
    views.values().forEach(view -> view.names.remove(name));
    views.values().forEach(view -> view.roll.onLeft(gone, orderly));
  }

  private View view(String name) {
    return views.get(name);
  }

  private static List<String> names(List<KnownNode> nodes) {
    return nodes.stream().map(KnownNode::name).toList();
  }

  @Test
  void aNodeThatJoinedIsKnownAfterItsLoss() {
    herd("host-1", "host-2", "host-3");
    leaves("host-2", false);
    assertEquals(List.of("host-1", "host-2", "host-3"), names(view("host-1").known().all()));
    assertEquals(
        List.of(new KnownNode("host-2", false, now.toEpochMilli())),
        view("host-3").known().absent());
  }

  @Test
  void oneThatLeavesOrderlyIsForgottenByWhoeverIsLeft() {
    herd("host-1", "host-2", "host-3");
    leaves("host-2", true);
    assertEquals(List.of("host-1", "host-3"), names(view("host-1").known().all()));
    leaves("host-3", true);
    assertEquals(List.of("host-1"), names(view("host-1").known().all()));
  }

  @Test
  void oneThatWasGoneForSevenDaysIsKnownNoMore() {
    herd("host-1", "host-2");
    leaves("host-2", false);
    now = now.plus(Duration.ofDays(7));
    assertTrue(view("host-1").known().knows("host-2"));
    now = now.plusSeconds(1);
    assertFalse(view("host-1").known().knows("host-2"));
    view("host-1").roll.call();
    assertTrue(records.get("known-nodes/host-2").isEmpty());
  }

  @Test
  void allAreKnownAfterARestartOfOneAlone() {
    herd("host-1", "host-2", "host-3");
    views.clear();
    herd("host-3");
    assertEquals(List.of("host-1", "host-2", "host-3"), names(view("host-3").known().all()));
    assertFalse(view("host-3").known().majority());
  }

  @Test
  void whoIsBackSaysSoItself() {
    herd("host-1", "host-2");
    leaves("host-2", false);
    herd("host-1", "host-2");
    assertEquals(0, KnownNodes.gone(records.get("known-nodes/host-2").orElseThrow().value()));
    now = now.plus(Duration.ofDays(30));
    views.values().forEach(view -> view.roll.call());
    assertTrue(view("host-1").known().knows("host-2"));
  }

  @Test
  void anOperatorForgetsOnlyWhatIsAway() {
    herd("host-1", "host-2");
    KnownNodes known = view("host-1").known();
    assertThrows(Conflict.class, () -> known.forget("host-2", LIMIT));
    assertThrows(NotFound.class, () -> known.forget("host-9", LIMIT));
    leaves("host-2", false);
    known.forget("host-2", LIMIT);
    assertEquals(List.of("host-1"), names(known.all()));
  }

  @Test
  void moreThanHalfOfTheKnownIsAMajority() {
    herd("host-1", "host-2", "host-3", "host-4");
    assertTrue(view("host-1").known().majority());
    leaves("host-4", false);
    assertTrue(view("host-1").known().majority());
    leaves("host-3", false);
    assertFalse(view("host-1").known().majority(), "two of four");
  }
}
