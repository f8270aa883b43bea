package io.dockherd.doors.manifests.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.doors.manifests.format.ManifestName;
import io.dockherd.doors.manifests.keys.ErrorCode;
import io.dockherd.doors.manifests.keys.Key;
import io.dockherd.doors.manifests.keys.KeyError;
import io.dockherd.doors.manifests.keys.KeyEvent;
import io.dockherd.doors.manifests.keys.KeyEvent.Action;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The log of changes, as a value. */
class EventLogTest {
  private static final Key NGINX = Places.key(new ManifestName("dummy", "nginx"));

  private static EventLog after(EventLog log, int changes, int length) {
    EventLog now = log;
    for (int i = 0; i < changes; i++) {
      long index = now.index() + 1;
      KeyEvent event =
          KeyEvent.written(Action.SET, NGINX, "x".repeat(length), Optional.empty(), index);
      now = now.with(new EventLog.Line(event, "", index, index));
    }
    return now;
  }

  @Test
  void itIsReadAsItWasWritten() {
    EventLog log = after(EventLog.EMPTY, 5, 10);
    assertEquals(log, EventLog.of(log.json()));
    assertEquals(EventLog.EMPTY, EventLog.of(EventLog.EMPTY.json()));
  }

  @Test
  void theOldestIsForgottenWhenItIsManyOrMuch() {
    EventLog many = after(EventLog.EMPTY, 1_500, 0);
    assertEquals(1_501, many.index());
    assertTrue(many.lines().size() <= 1_000, "" + many.lines().size());
    assertEquals(many.start(), many.lines().getFirst().event().index());
    EventLog much = after(EventLog.EMPTY, 10, 60_000);
    assertEquals(1, much.lines().size(), "the last is there however long");
    assertTrue(much.json().encode().length() < 1 << 20, "a record holds it");
  }

  @Test
  void whoAsksForWhatIsForgottenIsToldSo() {
    EventLog log = after(EventLog.EMPTY, 10, 60_000);
    KeyError error = assertThrows(KeyError.class, () -> log.first(NGINX, false, 5));
    assertEquals(ErrorCode.HISTORY_CLEARED, error.code());
    assertTrue(error.getMessage().contains("[11/5]"), error.getMessage());
    assertEquals(11, log.first(NGINX, false, 11).orElseThrow().index());
    assertEquals(Optional.empty(), log.first(NGINX, false, 12));
    assertEquals(Optional.empty(), log.first(NGINX, false, 0));
  }

  @Test
  void whatFollowsIsToldFromWhatWasCountedElsewhere() {
    EventLog before = after(EventLog.EMPTY, 5, 10);
    assertTrue(after(before, 3, 10).continues(before));
    assertTrue(before.continues(before));
    assertTrue(before.continues(EventLog.EMPTY));
    assertFalse(before.continues(after(before, 1, 10)), "it is behind");
    assertFalse(after(EventLog.EMPTY, 7, 11).continues(before), "other changes, the same numbers");
    assertFalse(after(before, 20, 60_000).continues(before), "some are forgotten already");
  }
}
