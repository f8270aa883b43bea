package io.dockherd.apps.keeping;

import io.dockherd.apps.AppEvent;
import io.dockherd.apps.model.App;
import io.dockherd.apps.model.AppPath;
import io.dockherd.apps.model.Instance;
import io.dockherd.failure.Invalid;
import io.dockherd.herd.audience.Audience;
import io.dockherd.herd.facts.Fact;
import io.dockherd.herd.facts.Facts;
import io.dockherd.herd.records.Record;
import io.dockherd.herd.records.Records;
import io.dockherd.telemetry.Log;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells what happens to apps, from what happens to their records and to facts. */
final class AppEvents implements AutoCloseable, Records.RecordsListener, Facts.FactsListener {
  private static final Log LOG = Log.of(AppEvents.class);

  private final Audience<Consumer<AppEvent>, AppNews> audience =
      new Audience<>("apps", (listener, news) -> listener.accept(news.event()));

  /** What listeners were told last; records tell only what is so now. */
  private final Map<AppPath, App> told = new HashMap<>();

  /** Begins; what is there already is no news. */
  void follow(Records records, Facts facts, AppBook book) {
    synchronized (told) {
      records.listen(AppBook.APPS + "/", this);
      book.under("/").forEach(kept -> told.put(kept.app().path(), kept.app()));
    }
    facts.listen(Instance.FACT, this);
  }

  void listen(Consumer<AppEvent> listener) {
    audience.add(listener, news -> true);
  }

  @Override
  public void onChange(String key, Optional<Record> now) {
    synchronized (told) {
      AppPath path = new AppPath(key.substring(AppBook.APPS.length()));
      Optional<App> before = Optional.ofNullable(told.get(path));
      Optional<App> app = now.flatMap(AppEvents::read);
      app.ifPresentOrElse(it -> told.put(path, it), () -> told.remove(path));
      tell(AppChanges.of(before, app));
    }
  }

  @Override
  public void onConflict(Record winner, Record loser) {
    Optional<App> stays = read(winner);
    Optional<App> goes = read(loser);
    if (stays.isPresent() && goes.isPresent()) {
      App app = stays.get();
      tell(List.of(new AppEvent.Contradicted(app.path(), app, goes.get())));
    }
  }

  private static Optional<App> read(Record record) {
    try {
      return Optional.of(App.of(record.value()));
    } catch (Invalid e) {
      LOG.warn("record of an app can't be read", "key", record.key(), "reason", e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void onFact(Fact fact, Optional<Fact> before) {
    InstanceIndex.read(fact)
        .ifPresent(now -> tell(AppChanges.of(before.flatMap(InstanceIndex::read), now)));
  }

  @Override
  public void onGone(Fact fact, boolean lost) {
    InstanceIndex.read(fact)
        .ifPresent(last -> tell(List.of(new AppEvent.InstanceGone(last.path(), last, lost))));
  }

  private void tell(List<AppEvent> events) {
    events.forEach(event -> audience.tell(new AppNews(event)));
  }

  @Override
  public void close() {
    audience.close();
  }
}
