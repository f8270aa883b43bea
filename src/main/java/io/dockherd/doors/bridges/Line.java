package io.dockherd.doors.bridges;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;

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

  /** Whether too much waits for the client to read it. */
  boolean isFull();

  /** Tells once, when {@link #isFull} no more. */
  void onRoom(Handler<Void> then);

  /** Takes nothing more from the client for now. */
  void pause();

  void resume();

  /** Closes once all that was sent has been read. */
  void close();

  /** Closes now. */
  void cut();
}
