package io.dockherd.doors.bridges;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** Speaks to a TCP bridge byte by byte, as a program in another language would. */
final class FrameClient implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  FrameClient(int port) throws IOException {
    this(new Socket("127.0.0.1", port));
  }

  FrameClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  void send(JsonObject message) throws IOException {
    sendText(message.encode());
  }

  void sendText(String text) throws IOException {
    byte[] bytes = Buffer.buffer(text).getBytes();
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  /** Bytes as they are. */
  void sendRaw(byte... bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  JsonObject receive() throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new JsonObject(Buffer.buffer(bytes));
  }

  JsonObject ask(String address, Object body) throws IOException {
    send(
        new JsonObject()
            .put("type", "send")
            .put("address", address)
            .put("replyAddress", "r1")
            .put("body", body));
    return receive();
  }

  /** Whether the other side has closed, whatever it said before. */
  boolean isCutOff() {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
