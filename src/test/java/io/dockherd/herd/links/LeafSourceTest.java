package io.dockherd.herd.links;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dockherd.herd.keys.AlternativeName;
import io.dockherd.herd.keys.Authority;
import io.dockherd.herd.keys.Leaf;
import io.dockherd.herd.keys.Purpose;
import io.dockherd.herd.keys.Role;
import io.dockherd.herd.keys.Subjects;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LeafSourceTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private final AtomicReference<Instant> now = new AtomicReference<>(TestHerd.NOW);
  private final LeafSource leaves =
      new LeafSource(now::get, at -> issue(TestHerd.KEY.signer(Role.MEMBERS), at));

  private static Leaf issue(Authority authority, Instant at) {
    return authority.issue(
        Subjects.of("a", "member"), Set.of(Purpose.CLIENT), List.<AlternativeName>of(), at, WEEK);
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  @Test
  void aLeafIsKeptForHalfItsLife() {
    Leaf first = leaves.current();
    pass(WEEK.dividedBy(2).minusSeconds(1));
    assertSame(first, leaves.current());
    pass(Duration.ofSeconds(1));
    Leaf second = leaves.current();
    assertNotEquals(first, second);
    assertEquals(now.get().plus(WEEK), second.certificate().getNotAfter().toInstant());
  }

  @Test
  void aHandshakeThatBeganBeforeARenewalEndsWithTheLeafItBeganWith() {
    Leaf first = leaves.current();
    String serial = LeafSource.serial(first);
    leaves.forget();
    Leaf second = leaves.current();
    assertEquals(Optional.of(first), leaves.bySerial(serial));
    assertEquals(Optional.of(second), leaves.bySerial(LeafSource.serial(second)));
    leaves.forget();
    leaves.current();
    assertEquals(Optional.empty(), leaves.bySerial(serial));
  }

  @Test
  void aLeafNeverOutlivesItsAuthority() {
    Instant end = TestHerd.KEY.signer(Role.MEMBERS).certificate().getNotAfter().toInstant();
    now.set(end.minus(Duration.ofDays(2)));
    assertEquals(end, leaves.current().certificate().getNotAfter().toInstant());
    Leaf first = leaves.current();
    pass(Duration.ofDays(1));
    assertNotEquals(first, leaves.current());
  }
}
