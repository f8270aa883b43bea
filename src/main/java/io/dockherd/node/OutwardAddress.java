package io.dockherd.node;

import io.dockherd.failure.Invalid;
import io.dockherd.node.settings.HerdSettings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** The address of the interface that leads out of this machine. */
final class OutwardAddress {
  /** Reserved for documentation, so nobody's; connecting a datagram socket sends nothing. */
  private static final InetSocketAddress SOMEWHERE = new InetSocketAddress("192.0.2.1", 9);

  private OutwardAddress() {}

  /**
   * Finds it.
   *
   * @throws Invalid when no interface but loopback is up
   */
  static String find() {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(SOMEWHERE);
      return socket.getLocalAddress().getHostAddress();
    } catch (IOException | java.io.UncheckedIOException noWayOut) {
      return anyBut(noWayOut);
    }
  }

  /** A closed network has no way out, but an interface all the same. */
  private static String anyBut(Exception noWayOut) {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(OutwardAddress::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .findFirst()
          .orElseThrow(() -> nowhere(noWayOut));
    } catch (SocketException e) {
      throw nowhere(e);
    }
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp();
    } catch (SocketException e) {
      return false;
    }
  }

  private static Invalid nowhere(Exception cause) {
    return new Invalid(
        HerdSettings.ADDRESS.key(),
        "this host has no address another host could reach",
        "say which address the other nodes are to use",
        cause);
  }
}
