package io.dockherd.engine;

/**
 * Follows an engine. All three are called on one virtual thread of the feed, in order; they may
 * wait, and while they do the stream is held back.
 */
public interface EngineEventListener {
  /** The stream stands (again); what came since the last event seen follows. */
  default void onConnected() {}

  /** Something happened. */
  void onEvent(EngineEvent event);

  /** The engine is not to be reached, for that reason; the feed goes on trying by itself. */
  default void onLost(String reason) {}
}
