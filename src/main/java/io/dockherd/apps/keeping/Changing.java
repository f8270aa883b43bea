package io.dockherd.apps.keeping;

import io.dockherd.apps.Change;
import io.dockherd.apps.ChangeOptions;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.AppVersion;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Failure;
import io.dockherd.fleet.TimeLeft;
import io.dockherd.herd.records.Version;
import io.dockherd.telemetry.Log;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Writes changes: all revisions first, then the apps, each if it is still what it was when it was
 * checked. When one is not, what was written is taken back and all is checked anew, so that a call
 * changes all it names or nothing, unless the node dies in the middle.
 */
record Changing(AppBook book, InstantSource clock, RandomGenerator random) {
  private static final Log LOG = Log.of(Changing.class);

  /** Others that change the same apps at the same moment get through too: then it is their turn. */
  private static final int ATTEMPTS = 10;

  /** Of its own: most often it is needed because the time for the change is over. */
  private static final Duration TAKING_BACK = Duration.ofSeconds(10);

  /** Makes the change that is drafted anew at each attempt. */
  Change change(ChangeOptions options, Function<Draft.Occasion, List<Draft>> drafting) {
    TimeLeft left = TimeLeft.of(options.limit());
    String id = rolloutId(random);
    for (int attempt = 0; attempt < ATTEMPTS && !left.isOver(); attempt++) {
      List<Draft> drafts = drafting.apply(new Draft.Occasion(options, id, clock.instant()));
      if (isWritten(drafts, left)) {
        return result(id, drafts);
      }
    }
    throw overtaken();
  }

  /**
   * Deletes the records of apps, each if it is still what it was when it was chosen. When one is
   * not, those that are gone are put back and all are chosen anew.
   */
  Change delete(ChangeOptions options, Function<Draft.Occasion, List<AppBook.Kept>> choosing) {
    TimeLeft left = TimeLeft.of(options.limit());
    String id = rolloutId(random);
    for (int attempt = 0; attempt < ATTEMPTS && !left.isOver(); attempt++) {
      List<AppBook.Kept> those = choosing.apply(new Draft.Occasion(options, id, clock.instant()));
      if (areDeleted(those, left)) {
        return new Change(id, Map.of(), those.isEmpty());
      }
    }
    throw overtaken();
  }

  private boolean areDeleted(List<AppBook.Kept> those, TimeLeft left) {
    List<AppBook.Kept> gone = new ArrayList<>();
    try {
      for (AppBook.Kept kept : those) {
        if (!book.delete(kept.app().path(), kept.version(), left.get())) {
          putBack(gone);
          return false;
        }
        gone.add(kept);
      }
      return true;
    } catch (Failure e) {
      putBack(gone);
      throw e;
    }
  }

  /** Unless somebody has made another one meanwhile. */
  private void putBack(List<AppBook.Kept> gone) {
    TimeLeft left = TimeLeft.of(TAKING_BACK);
    for (AppBook.Kept kept : gone) {
      try {
        book.write(kept.app(), Version.NONE, left.get());
      } catch (Failure e) {
        LOG.warn("app not put back", "app", kept.app().path(), "reason", e.getMessage());
      }
    }
  }

  private static Change result(String id, List<Draft> drafts) {
    Map<AppPath, AppVersion> versions = new LinkedHashMap<>();
    drafts.forEach(draft -> versions.put(draft.app().path(), draft.app().version()));
    return new Change(id, versions, drafts.stream().allMatch(Draft::isNothing));
  }

  private boolean isWritten(List<Draft> drafts, TimeLeft left) {
    drafts.forEach(
        draft -> draft.revision().ifPresent(revision -> book.write(revision, left.get())));
    List<AppBook.Kept> written = new ArrayList<>();
    List<Draft> done = new ArrayList<>();
    try {
      for (Draft draft : drafts) {
        if (!draft.isNothing()) {
          Optional<AppBook.Kept> kept = book.write(draft.app(), draft.expected(), left.get());
          if (kept.isEmpty()) {
            takeBack(done, written);
            return false;
          }
          written.add(kept.get());
          done.add(draft);
        }
      }
      return true;
    } catch (Failure e) {
      takeBack(done, written);
      throw e;
    }
  }

  /** Each app back to what it was, unless somebody has gone on from there. */
  private void takeBack(List<Draft> done, List<AppBook.Kept> written) {
    TimeLeft left = TimeLeft.of(TAKING_BACK);
    for (int i = done.size() - 1; i >= 0; i--) {
      Draft draft = done.get(i);
      AppPath path = draft.app().path();
      try {
        if (draft.before().isPresent()) {
          book.write(draft.before().get(), written.get(i).version(), left.get());
        } else {
          book.delete(path, written.get(i).version(), left.get());
        }
      } catch (Failure e) {
        LOG.warn("change not taken back", "app", path, "reason", e.getMessage());
      }
    }
  }

  private static Conflict overtaken() {
    return new Conflict("apps", "others change the same apps at the same moment", "ask again");
  }

  /** Drawn like a random UUID. */
  static String rolloutId(RandomGenerator random) {
    long high = random.nextLong() & ~0xf000L | 0x4000L;
    long low = random.nextLong() & ~(3L << 62) | 2L << 62;
    return new UUID(high, low).toString();
  }
}
