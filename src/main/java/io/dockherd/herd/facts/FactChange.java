package io.dockherd.herd.facts;

import io.vertx.core.buffer.Buffer;
import java.util.Objects;

/** One step of an owner's facts. */
sealed interface FactChange {
  String kind();

  String id();

  /** A fact that is new or other than before. */
  record Told(String kind, String id, Buffer value) implements FactChange {
    public Told {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(value, "value");
    }
  }

  /** A fact that is no more. */
  record Retracted(String kind, String id) implements FactChange {
    public Retracted {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(id, "id");
    }
  }
}
