package io.dockherd.engine;

/** A running subscription to an engine's events. */
public interface EventFeed extends AutoCloseable {
  /** Whether the stream stands just now. */
  boolean isConnected();

  @Override
  void close();
}
