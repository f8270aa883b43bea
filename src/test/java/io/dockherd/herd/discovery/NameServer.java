package io.dockherd.herd.discovery;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers every question with the same SRV records. */
final class NameServer implements AutoCloseable {
  private final DatagramSocket socket;
  private final List<String> hosts;

  /** A server on loopback; {@code hosts} are written "host:port". */
  NameServer(List<String> hosts) throws IOException {
    this.hosts = hosts;
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
    while (!socket.isClosed()) {
      try {
        socket.receive(packet);
        byte[] answer = answer(packet.getData());
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        return;
      }
    }
  }

  private byte[] answer(byte[] query) throws IOException {
    int end = 12;
    while (query[end] != 0) {
      end += query[end] + 1;
    }
    end += 5;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(query, 0, 2);
    out.writeShort(0x8580);
    out.writeShort(1);
    out.writeShort(hosts.size());
    out.writeInt(0);
    out.write(query, 12, end - 12);
    for (String host : hosts) {
      record(out, host);
    }
    return bytes.toByteArray();
  }

  private static void record(DataOutputStream out, String host) throws IOException {
    int colon = host.indexOf(':');
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    for (String label : host.substring(0, colon).split("\\.")) {
      name.write(label.length());
      name.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    name.write(0);
    out.writeShort(0xc00c);
    out.writeShort(33);
    out.writeShort(1);
    out.writeInt(1);
    out.writeShort(6 + name.size());
    out.writeShort(0);
    out.writeShort(0);
    out.writeShort(Integer.parseInt(host.substring(colon + 1)));
    name.writeTo(out);
  }

  @Override
  public void close() {
    socket.close();
  }
}
