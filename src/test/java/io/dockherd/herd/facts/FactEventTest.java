package io.dockherd.herd.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two events of a fact told as one. */
class FactEventTest {
  private static final Fact OLD = fact("1");
  private static final Fact MIDDLE = fact("2");
  private static final Fact NEW = fact("3");

  @Test
  void twoChangesAreOneFromTheFirstToTheLast() {
    assertEquals(now(NEW, Optional.of(OLD)), now(NEW, Optional.of(MIDDLE)).after(now(MIDDLE, OLD)));
  }

  @Test
  void whatIsNewAndChangedIsNew() {
    FactEvent isNew = now(MIDDLE, Optional.empty());
    assertEquals(now(NEW, Optional.empty()), now(NEW, MIDDLE).after(isNew));
  }

  @Test
  void whatWentAndCameBackHasChanged() {
    FactEvent gone = new FactEvent.Gone(OLD, true);
    assertEquals(now(NEW, OLD), now(NEW, Optional.empty()).after(gone));
  }

  @Test
  void whatCameAndWentIsToldToBeGoneAsWhoListensMayHaveReadIt() {
    FactEvent gone = new FactEvent.Gone(NEW, false);
    assertEquals(gone, gone.after(now(NEW, Optional.empty())));
  }

  @Test
  void factsOfOtherOwnersKindsAndIdsAreOtherSubjects() {
    long subjects =
        Stream.of(
                fact("1"),
                new Fact("b", "k", "i", Buffer.buffer()),
                new Fact("a", "l", "i", Buffer.buffer()),
                new Fact("a", "k", "j", Buffer.buffer()))
            .map(fact -> now(fact, Optional.empty()).subject())
            .distinct()
            .count();
    assertEquals(4, subjects);
    assertEquals(now(OLD, NEW).subject(), new FactEvent.Gone(NEW, false).subject());
  }

  private static FactEvent now(Fact fact, Fact before) {
    return now(fact, Optional.of(before));
  }

  private static FactEvent now(Fact fact, Optional<Fact> before) {
    return new FactEvent.Now(fact, before);
  }

  private static Fact fact(String value) {
    return new Fact("a", "k", "i", Buffer.buffer(value));
  }
}
