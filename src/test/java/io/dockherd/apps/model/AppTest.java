package io.dockherd.apps.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AppTest {
  private static final AppPath PATH = new AppPath("/shop/web");
  private static final Instant START = Instant.parse("2026-11-28T09:00:00Z");

  private static AppVersion version(int second, int number, String hash) {
    return new AppVersion(START.plusSeconds(second), new RevisionId(number, hash), 3, "test");
  }

  private static App app(AppVersion version) {
    return App.starting(PATH, version, rollout(version, version)).settled();
  }

  private static Rollout rollout(AppVersion from, AppVersion to) {
    return new Rollout("r", Rollout.Kind.UPDATE, Rollout.State.RUNNING, from, to, to.stamp(), "");
  }

  private static App changed(App app, AppVersion to) {
    return app.changedTo(to, rollout(app.version(), to)).settled();
  }

  @Test
  void whatTheOtherSideOfASplitMadeOfItIsAmongWhatItWas() {
    AppVersion first = version(0, 1, "00000001");
    AppVersion ours = version(5, 2, "aaaaaaaa");
    AppVersion theirs = version(7, 2, "bbbbbbbb");
    AppVersion theirNext = version(9, 3, "cccccccc");
    App winner = changed(app(first), ours);
    App loser = changed(changed(app(first), theirs), theirNext);
    App both = winner.remembering(loser);
    assertEquals(List.of(ours, theirNext, theirs, first), both.versions());
    assertEquals(winner.stable(), both.stable());
    assertEquals(both, both.remembering(loser));
    assertEquals(winner, winner.remembering(app(first)));
    assertEquals(both, App.of(both.json()));
  }

  @Test
  void noMoreVersionsAreKeptThanUsual() {
    App winner = app(version(1000, 1, "00000001"));
    App loser = app(version(0, 1, "00000002"));
    for (int i : IntStream.range(1, App.KEPT + 5).toArray()) {
      loser = changed(loser, version(i, i + 1, "00000002"));
    }
    App both = winner.remembering(loser);
    assertEquals(App.KEPT, both.versions().size());
    assertEquals(winner.version(), both.version());
    assertEquals(loser.version(), both.versions().get(1));
  }
}
