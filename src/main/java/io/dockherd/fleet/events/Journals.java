package io.dockherd.fleet.events;

import io.dockherd.engine.EngineRequest;
import io.dockherd.engine.EngineResponse;
import io.dockherd.engine.EngineStream;
import io.dockherd.failure.NotFound;
import io.dockherd.failure.Unreachable;

/** The way to the other nodes' journals ({@link EngineJournal#answer}). Both methods wait. */
public interface Journals {
  /**
   * Asks a node's journal for something short.
   *
   * @throws NotFound when no such node is present
   * @throws Unreachable when it does not answer
   */
  EngineResponse call(String node, EngineRequest request);

  /** The same for an answer that does not end. */
  EngineStream stream(String node, EngineRequest request);
}
