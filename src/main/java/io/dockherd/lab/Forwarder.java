package io.dockherd.lab;

import io.dockherd.failure.Conflict;
import io.dockherd.telemetry.Log;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port of this machine's loopback that leads to a host of a lab. */
public final class Forwarder implements AutoCloseable {
  private static final Log LOG = Log.of(Forwarder.class);
  private static final int CONNECT_LIMIT_MILLIS = 2000;

  private final ServerSocket door;
  private final InetSocketAddress target;

  private Forwarder(ServerSocket door, InetSocketAddress target) {
    this.door = door;
    this.target = target;
  }

  /**
   * Leads a port of loopback to the same port of a host.
   *
   * @throws Conflict when something else has that port
   */
  public static Forwarder open(int port, String address) {
    try {
      ServerSocket door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      Forwarder forwarder = new Forwarder(door, new InetSocketAddress(address, port));
      Thread.ofVirtual().name("forwarder").start(forwarder::accept);
      return forwarder;
    } catch (IOException e) {
      throw new Conflict("" + port, "port " + port + " of this machine is taken", "", e);
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      } catch (IOException e) {
        if (!door.isClosed()) {
          LOG.warn("forwarder can't accept", "reason", e);
        }
      }
    }
  }

  private void serve(Socket caller) {
    try (caller;
        Socket host = new Socket()) {
      host.connect(target, CONNECT_LIMIT_MILLIS);
      Thread answers = Thread.ofVirtual().start(() -> copy(host, caller));
      copy(caller, host);
      answers.join();
    } catch (IOException e) {
      LOG.debug("forwarder can't reach host", "host", target, "reason", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One way; its end is passed on while the other way goes on. */
  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      LOG.debug("forwarded connection broke", "reason", e);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      LOG.warn("forwarder can't close", "reason", e);
    }
  }
}
