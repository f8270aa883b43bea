package io.dockherd.apps.keeping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dockherd.apps.Apps;
import io.dockherd.apps.AppsBench;
import io.dockherd.apps.Change;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppConfig;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.RevisionId;
import io.dockherd.failure.Conflict;
import io.dockherd.failure.Invalid;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing is changed but what was looked at. */
class ConditionalChangesTest {
  private static final AppPath WEB = new AppPath("/shop/web");
  private static final AppPath DB = new AppPath("/shop/db");

  private final AppsBench bench = new AppsBench();
  private final Apps apps = bench.apps();
  private final AppBook book = new AppBook(bench.records());
  private final Changing changing = new Changing(book, InstantSource.system(), new Random(1));

  @AfterEach
  void close() {
    bench.close();
  }

  private Change put(String path, AppConfig config, int instances) {
    return apps.put(List.of(AppsBench.wanted(path, config, instances)), bench.options());
  }

  private static AppConfig needing(String image, String path) {
    JsonObject dependencies = new JsonObject().put(path, new JsonObject());
    return AppConfig.of(AppsBench.config(image).json().put("dependencies", dependencies));
  }

  @Test
  void anAppThatIsChangedWhileItIsToBeDeletedIsLookedAtAgainAndNoneIsGone() {
    put("/shop/web", AppsBench.config("a"), 1);
    put("/shop/db", AppsBench.config("a"), 1);
    bench.settle("/shop/web");
    bench.settle("/shop/db");
    AtomicInteger times = new AtomicInteger();
    assertThrows(
        Conflict.class,
        () ->
            changing.delete(
                bench.options(),
                occasion -> {
                  boolean isFirst = times.getAndIncrement() == 0;
                  Drafts drafts = new Drafts(book, occasion);
                  List<AppBook.Kept> chosen = drafts.delete(List.of(DB, WEB));
                  if (isFirst) {
                    apps.scale(WEB, 2, bench.options());
                  }
                  return chosen;
                }));
    assertEquals(2, times.get());
    assertEquals(2, bench.app("/shop/web").instances());
    assertTrue(book.find(DB).isPresent(), "it was put back");
  }

  @Test
  void anAppThatIsThroughMeanwhileIsNotDeletedByACancel() {
    String start = put("/shop/web", AppsBench.config("a"), 1).rolloutId();
    AtomicInteger times = new AtomicInteger();
    Change change =
        changing.delete(
            bench.options().forced(true),
            occasion -> {
              List<AppBook.Kept> chosen =
                  new Drafts(book, occasion).cancelledStarts(List.of(WEB), start, false);
              if (times.getAndIncrement() == 0) {
                bench.settle("/shop/web");
              }
              return chosen;
            });
    assertTrue(change.isNothing());
    assertTrue(book.find(WEB).isPresent());
  }

  @Test
  void ofManyWhoTakeNoteAtOnceNoneIsLost() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      int slot = i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      book.update(
                          WEB, known -> known.housed(slot, "host-" + slot), AppsBench.LIMIT)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(20, book.outcomes(WEB).homes().size());
  }

  @Test
  void anEqualPutIsNothingAlsoBeforeTheRevisionsRecordIsHere() {
    put("/shop/web", AppsBench.config("a"), 1);
    bench.settle("/shop/web");
    RevisionId id = bench.app("/shop/web").revision();
    bench.records().delete("app-revisions/shop/web@" + id, AppsBench.LIMIT);
    assertTrue(put("/shop/web", AppsBench.config("a"), 1).isNothing());
    put("/shop/web", AppsBench.config("b"), 1);
    assertEquals(2, bench.app("/shop/web").revision().number());
  }

  @Test
  void aCircleOfOthersIsNoReasonToRefuseAPut() {
    put("/shop/db", AppsBench.config("a"), 1);
    put("/shop/web", needing("a", "/shop/db"), 1);
    bench.settle("/shop/db");
    // As after a split: each side had said one half of it.
    AppConfig other = needing("a", "/shop/web");
    App app = bench.app("/shop/db");
    RevisionId id = app.revision();
    bench
        .records()
        .put(
            "app-revisions/shop/db@" + id,
            apps.revision(DB, id).json().put("config", other.json()),
            AppsBench.LIMIT);
    put("/base/queue", AppsBench.config("a"), 1);
    put("/base/user", needing("a", "/shop"), 1);
    assertThrows(Invalid.class, () -> put("/shop/db", needing("b", "/shop/web"), 1));
    put("/shop/db", AppsBench.config("b"), 1);
  }

  @Test
  void anAppMayNeedTheOthersOfItsGroup() {
    put("/shop/db", AppsBench.config("a"), 1);
    put("/shop/web", needing("a", "/shop"), 1);
    bench.settle("/shop/web");
    put("/shop/web", needing("b", "/shop"), 1);
  }

  @Test
  void manyScalingsDoNotMakeAnAppForgetItsRevisions() {
    put("/shop/web", AppsBench.config("a"), 1);
    bench.settle("/shop/web");
    RevisionId first = bench.app("/shop/web").revision();
    put("/shop/web", AppsBench.config("b"), 1);
    bench.settle("/shop/web");
    for (int i = 0; i < 2 * App.KEPT; i++) {
      apps.scale(WEB, 2 + i % 2, bench.options());
      bench.settle("/shop/web");
    }
    assertTrue(bench.app("/shop/web").revisions().contains(first));
    assertEquals(App.KEPT + 1, bench.app("/shop/web").versions().size());
    App app = bench.app("/shop/web");
    assertEquals(app, App.of(app.json()));
  }
}
