package io.dockherd.apps.stewards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.apps.model.Instance;
import io.dockherd.apps.model.Instance.Phase;
import io.dockherd.apps.model.InstanceId;
import io.dockherd.apps.model.Outcomes;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static final AppPath PATH = new AppPath("/shop/web");
  private static final RevisionId REVISION = RevisionId.of("7-ab12cd34");
  private static final InstanceId ID = InstanceId.of("1-k2x9qa0b");
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MONITOR = Duration.ofSeconds(5);

  private final Memory memory = new Memory(PATH);

  private static App changedAt(Instant began) {
    AppVersion version = new AppVersion(began, REVISION, 3, "");
    Rollout change =
        new Rollout("r1", Rollout.Kind.UPDATE, Rollout.State.RUNNING, version, version, began, "");
    return App.starting(PATH, version, change);
  }

  private static Outcomes failedAt(Instant at) {
    return Outcomes.NONE.with(new Outcomes.Row(Optional.of(REVISION), 1, at.toEpochMilli(), "", 0));
  }

  private static Instance instance(Phase phase, boolean isHealthy, Instant wellSince) {
    return instance(phase, isHealthy, wellSince, Duration.ZERO);
  }

  private static Instance instance(
      Phase phase, boolean isHealthy, Instant wellSince, Duration wellFor) {
    return new Instance(
        PATH,
        ID,
        REVISION,
        "host-1",
        phase,
        isHealthy,
        "",
        0,
        0,
        wellSince.toEpochMilli(),
        wellFor.toMillis(),
        List.of(),
        Map.of(),
        0,
        List.of(),
        "",
        Optional.empty());
  }

  private Instance seen(Instance told, Instant now) {
    return memory.instances(List.of(told), Set.of("host-1"), MONITOR, now).getFirst();
  }

  @Test
  void aRolloutBeganWhenItIsSeenWhateverTheClockSaysOfWhoeverBeganIt() {
    for (Instant told : List.of(NOW.minus(HOUR), NOW.plus(HOUR))) {
      Memory own = new Memory(PATH);
      App app = changedAt(told);
      assertEquals(NOW, own.byOurClock(app, NOW).rollout().orElseThrow().started());
      Instant later = NOW.plusSeconds(20);
      assertEquals(NOW, own.byOurClock(app, later).rollout().orElseThrow().started());
      App resumed = app.with(app.rollout().orElseThrow().resumed(told.plusSeconds(9)));
      assertEquals(later, own.byOurClock(resumed, later).rollout().orElseThrow().started());
    }
  }

  @Test
  void aFailureThatAClockAheadHasNotedIsWaitedForNoLongerThanAnyOther() {
    Outcomes told = failedAt(NOW.plus(HOUR));
    assertEquals(NOW.toEpochMilli(), memory.byOurClock(told, NOW).row().atMillis());
    assertEquals(NOW.toEpochMilli(), memory.byOurClock(told, NOW.plusSeconds(9)).row().atMillis());
    Outcomes next = failedAt(NOW.plus(HOUR).plusSeconds(30));
    Instant later = NOW.plusSeconds(30);
    assertEquals(later.toEpochMilli(), memory.byOurClock(next, later).row().atMillis());
  }

  @Test
  void aFailureOfThePastStaysThere() {
    Outcomes told = failedAt(NOW.minusSeconds(40));
    assertEquals(told, memory.byOurClock(told, NOW));
  }

  @Test
  void anInstanceThatIsSeenToGetWellHasToProveItselfWhateverTheClockOfItsNodeSays() {
    seen(instance(Phase.STARTING, false, Instant.EPOCH), NOW);
    Instance told = instance(Phase.RUNNING, true, NOW.minus(HOUR));
    assertEquals(NOW.toEpochMilli(), seen(told, NOW).wellMillis());
    assertFalse(memory.wasWell(ID));
    seen(told, NOW.plus(MONITOR));
    assertTrue(memory.wasWell(ID));
  }

  @Test
  void oneThatIsSeenForTheFirstTimeIsWellForAsLongAsItsNodeHasMeasured() {
    for (Instant said : List.of(NOW.minus(HOUR), NOW.plus(HOUR))) {
      Memory fresh = new Memory(PATH);
      Instance told = instance(Phase.RUNNING, true, said, Duration.ofSeconds(4));
      List<Instance> seen = fresh.instances(List.of(told), Set.of("host-1"), MONITOR, NOW);
      assertEquals(NOW.minusSeconds(4).toEpochMilli(), seen.getFirst().wellMillis());
      assertFalse(fresh.wasWell(ID));
      Instance later = instance(Phase.RUNNING, true, said, Duration.ofSeconds(8));
      seen = fresh.instances(List.of(later), Set.of("host-1"), MONITOR, NOW.plusSeconds(4));
      assertEquals(NOW.minusSeconds(4).toEpochMilli(), seen.getFirst().wellMillis());
      assertTrue(fresh.wasWell(ID));
    }
  }

  @Test
  void oneThatWasUnwellBetweenTwoLooksHasToProveItselfAnew() {
    seen(instance(Phase.RUNNING, true, NOW), NOW);
    Instant later = NOW.plusSeconds(10);
    assertEquals(
        later.toEpochMilli(), seen(instance(Phase.RUNNING, true, later), later).wellMillis());
  }
}
