package io.dockherd.engine;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** An engine's events at hand. */
public final class EngineEvents {
  private EngineEvents() {}

  /** Those in an answer that has come to its end; what is no event is passed over. */
  public static List<EngineEvent> read(Buffer answer) {
    List<EngineEvent> events = new ArrayList<>();
    JsonObjectSplitter splitter =
        new JsonObjectSplitter(
            Integer.MAX_VALUE, text -> EventText.parse(text).ifPresent(events::add), skipped -> {});
    splitter.accept(answer);
    return events;
  }
}
