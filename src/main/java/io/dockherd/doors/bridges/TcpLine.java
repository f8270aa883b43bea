package io.dockherd.doors.bridges;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

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
  public ReadStream<?> input() {
    return socket;
  }

  @Override
  public WriteStream<?> output() {
    return socket;
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
