package io.dockherd.herd.records;

import io.dockherd.herd.audience.News;
import io.dockherd.herd.records.Records.RecordsListener;
import java.util.Optional;

/** What a listener is told; of two alike of one key the later says all. */
sealed interface RecordEvent extends News<RecordEvent> {
  /** The key holds something else; empty for nothing. */
  record Changed(String key, Optional<Record> now) implements RecordEvent {}

  /** Two sides of a split had written the key. */
  record Conflicting(Record winner, Record loser) implements RecordEvent {
    @Override
    public String key() {
      return winner.key();
    }
  }

  /** Which key, and what became of it. */
  record Subject(Class<?> kind, String key) {}

  String key();

  @Override
  default Object subject() {
    return new Subject(getClass(), key());
  }

  @Override
  default RecordEvent after(RecordEvent earlier) {
    return this;
  }

  /** Tells it. */
  default void to(RecordsListener listener) {
    switch (this) {
      case Changed(String key, var now) -> listener.onChange(key, now);
      case Conflicting(Record winner, Record loser) -> listener.onConflict(winner, loser);
    }
  }
}
