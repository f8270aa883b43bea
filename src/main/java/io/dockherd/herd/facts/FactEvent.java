package io.dockherd.herd.facts;

import io.dockherd.herd.audience.News;
import io.dockherd.herd.facts.Facts.FactsListener;
import java.util.Optional;

/** What a listener is told. */
sealed interface FactEvent extends News<FactEvent> {
  /** A fact is there or other than before; without {@code before} it is new. */
  record Now(Fact fact, Optional<Fact> before) implements FactEvent {
    @Override
    public FactEvent after(FactEvent earlier) {
      return switch (earlier) {
        case Now now -> new Now(fact, now.before);
        case Gone gone -> new Now(fact, Optional.of(gone.fact));
      };
    }
  }

  /** A fact has gone. */
  record Gone(Fact fact, boolean lost) implements FactEvent {
    /** Told though the listener was never told of the fact: it may have read it meanwhile. */
    @Override
    public FactEvent after(FactEvent earlier) {
      return this;
    }
  }

  /** Which fact it was. */
  record Subject(String owner, String kind, String id) {}

  /** The fact as it is now, or was last. */
  Fact fact();

  @Override
  default Object subject() {
    return new Subject(fact().owner(), fact().kind(), fact().id());
  }

  /** Tells it. */
  default void to(FactsListener listener) {
    switch (this) {
      case Now(Fact fact, var before) -> listener.onFact(fact, before);
      case Gone(Fact fact, boolean lost) -> listener.onGone(fact, lost);
    }
  }
}
