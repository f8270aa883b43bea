package io.dockherd.doors.bridges;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/**
 * A client's connection, as a {@link Session} needs it, whatever carries it. To be used on its own
 * event loop only.
 */
interface Line {
  /** How messages to this kind of client are called: {@code message} or {@code rec}. */
  String messageType();

  /** Whether this kind of client expects a {@code pong}. */
  boolean answersPings();

  void send(JsonObject message);

  /** What comes from the client. */
  ReadStream<?> input();

  /** What waits for the client to read it. */
  WriteStream<?> output();

  /** Whether too much waits for the client to read it. */
  default boolean isFull() {
    return output().writeQueueFull();
  }

  /** Tells once, when {@link #isFull} no more. */
  default void onRoom(Handler<Void> then) {
    output().drainHandler(then);
  }

  /** Takes nothing more from the client for now. */
  default void pause() {
    input().pause();
  }

  default void resume() {
    input().resume();
  }

  /** Closes once all that was sent has been read. */
  void close();

  /** Closes now. */
  void cut();
}
