package io.dockherd.apps.stewards;

import io.dockherd.apps.Waiting;
import io.dockherd.apps.model.AppPath;
import io.dockherd.herd.facts.Facts;
import java.util.Optional;

/** What a steward tells of why an app waits, for as long as it does. */
final class WaitingFact {
  private final AppPath path;
  private final Facts facts;
  private Optional<Waiting> told = Optional.empty();
  private boolean isClosed;

  WaitingFact(AppPath path, Facts facts) {
    this.path = path;
    this.facts = facts;
  }

  /** Whether anything is told just now. */
  synchronized boolean isTold() {
    return told.isPresent();
  }

  synchronized void tell(Optional<Waiting> waiting) {
    if (isClosed || waiting.isEmpty()) {
      retract();
      return;
    }
    Waiting now = waiting.get();
    Waiting news = told.map(before -> now.since(before.since())).orElse(now);
    told = Optional.of(news);
    facts.tell(Waiting.FACT, path.value(), news.json().toBuffer());
  }

  /** Nobody here has a say in it any more. */
  synchronized void close() {
    isClosed = true;
    retract();
  }

  private void retract() {
    told.ifPresent(before -> facts.retract(Waiting.FACT, path.value()));
    told = Optional.empty();
  }
}
