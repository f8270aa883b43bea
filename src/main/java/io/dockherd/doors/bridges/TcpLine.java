package io.dockherd.doors.bridges;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;

/** A client over TCP: each message after its length in four bytes, the most significant first. */
record TcpLine(NetSocket socket) implements Line {
  @Override
  public String messageType() {
    return "message";
  }

  @Override
  public boolean answersPings() {
    return true;
  }

  @Override
  public void send(JsonObject message) {
    Buffer text = message.toBuffer();
    socket.write(Buffer.buffer(4 + text.length()).appendInt(text.length()).appendBuffer(text));
  }

  @Override
  public boolean isFull() {
    return socket.writeQueueFull();
  }

  @Override
  public void onRoom(Handler<Void> then) {
    socket.drainHandler(then);
  }

  @Override
  public void pause() {
    socket.pause();
  }

  @Override
  public void resume() {
    socket.resume();
  }

  @Override
  public void close() {
    socket.close();
  }

  @Override
  public void cut() {
    Wire.cut(socket);
  }
}
