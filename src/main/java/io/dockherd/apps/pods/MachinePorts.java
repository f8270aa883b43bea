package io.dockherd.apps.pods;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;

/** Asks the machine for a port by taking it for a moment: whoever has it shows, engine or not. */
final class MachinePorts implements HostPorts.PortCheck {
  /** Of an engine elsewhere nothing can be found out here. */
  static final HostPorts.PortCheck ELSEWHERE = (hostIp, port, protocol) -> true;

  @Override
  public boolean isFree(String hostIp, int port, String protocol) {
    try {
      SocketAddress address =
          hostIp.isEmpty()
              ? new InetSocketAddress(port)
              : new InetSocketAddress(InetAddress.getByName(hostIp), port);
      return switch (protocol) {
        case "udp" -> isFreeForDatagrams(address);
        case "sctp" -> true;
        default -> isFreeForConnections(address);
      };
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isFreeForConnections(SocketAddress address) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      // Connections of the last holder that are still saying farewell keep nobody from it.
      socket.setReuseAddress(true);
      socket.bind(address);
      return true;
    }
  }

  private static boolean isFreeForDatagrams(SocketAddress address) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.bind(address);
      return true;
    }
  }
}
