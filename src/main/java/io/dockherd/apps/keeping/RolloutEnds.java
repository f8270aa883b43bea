package io.dockherd.apps.keeping;

import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.apps.model.Rollout;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What a steward writes of the rollouts it looks after; nothing where others came first. */
public record RolloutEnds(
    AppBook book, InstantSource clock, RandomGenerator random, Duration limit) {
  /** Who changes an app when nobody asked for it. */
  public static final String WHO = "dockherd";

  /**
   * It is through.
   *
   * @param restarts apps that are to be restarted with it
   */
  public boolean settle(AppBook.Kept kept, Set<AppPath> restarts) {
    Set<AppPath> all = new HashSet<>(kept.app().restarts());
    all.addAll(restarts);
    App settled = kept.app().settled().restarting(all);
    return book.write(settled, kept.version(), limit).isPresent();
  }

  /** It has failed and stays as it is. */
  public boolean pause(AppBook.Kept kept, String reason) {
    return kept.app()
        .rollout()
        .map(change -> kept.app().with(change.in(Rollout.State.PAUSED, reason)))
        .flatMap(paused -> book.write(paused, kept.version(), limit))
        .isPresent();
  }

  /** It has failed, and another one takes it back. */
  public boolean rollBack(AppBook.Kept kept, RevisionId to, String reason) {
    Draft.Occasion occasion =
        new Draft.Occasion(
            ChangeOptions.by(WHO, limit).forced(true), Changing.rolloutId(random), clock.instant());
    App back = Draft.rollBack(kept, to, occasion).app();
    App told =
        back.rollout()
            .map(change -> back.with(change.in(Rollout.State.RUNNING, reason)))
            .orElse(back);
    return book.write(told, kept.version(), limit).isPresent();
  }
}
