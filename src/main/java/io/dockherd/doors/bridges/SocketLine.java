package io.dockherd.doors.bridges;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/**
 * A client over a WebSocket.
 *
 * @param connection under the WebSocket
 * @param isSockJs whether messages are wrapped as SockJS wants them, {@code a["…"]}; else each is a
 *     text of its own
 */
record SocketLine(ServerWebSocket socket, HttpConnection connection, boolean isSockJs)
    implements Line {
  /** The close code of SockJS for "Go away!", out of those WebSockets leave to applications. */
  private static final short GO_AWAY = 3000;

  @Override
  public String messageType() {
    return "rec";
  }

  @Override
  public boolean answersPings() {
    return false;
  }

  @Override
  public void send(JsonObject message) {
    String text = message.encode();
    socket.writeTextMessage(isSockJs ? "a" + new JsonArray().add(text).encode() : text);
  }

  @Override
  public ReadStream<?> input() {
    return socket;
  }

  @Override
  public WriteStream<?> output() {
    return socket;
  }

  @Override
  public void close() {
    if (isSockJs) {
      socket.writeTextMessage("c[" + GO_AWAY + ",\"Go away!\"]");
    }
    socket.close(GO_AWAY, "Go away!");
  }

  @Override
  public void cut() {
    Wire.cut(connection);
  }
}
