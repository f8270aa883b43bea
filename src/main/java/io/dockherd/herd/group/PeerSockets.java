package io.dockherd.herd.group;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.MulticastSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jgroups.util.SocketFactory;

/**
 * The sockets of the group's transport; it has no others.
 *
 * @param limit for a newcomer to show that it is a peer
 * @param securing the addresses that have taken our connection and are still to show it
 */
record PeerSockets(Security security, Duration limit, Set<SocketAddress> securing)
    implements SocketFactory {
  PeerSockets(Security security, Duration limit) {
    this(security, limit, ConcurrentHashMap.newKeySet());
  }

  @Override
  public Socket createSocket(String service) {
    return new PeerSocket(security, securing);
  }

  @Override
  public ServerSocket createServerSocket(String service) throws IOException {
    return new Vestibule(security, limit);
  }

  @Override
  public void close(Socket socket) throws IOException {
    socket.close();
  }

  @Override
  public void close(ServerSocket socket) throws IOException {
    socket.close();
  }

  @Override
  public void close(DatagramSocket socket) {
    socket.close();
  }

  @Override
  public Socket createSocket(String service, String host, int port) {
    throw unwanted(service);
  }

  @Override
  public Socket createSocket(String service, InetAddress address, int port) {
    throw unwanted(service);
  }

  @Override
  public Socket createSocket(
      String service, String host, int port, InetAddress local, int localPort) {
    throw unwanted(service);
  }

  @Override
  public Socket createSocket(
      String service, InetAddress address, int port, InetAddress local, int localPort) {
    throw unwanted(service);
  }

  @Override
  public ServerSocket createServerSocket(String service, int port) {
    throw unwanted(service);
  }

  @Override
  public ServerSocket createServerSocket(String service, int port, int backlog) {
    throw unwanted(service);
  }

  @Override
  public ServerSocket createServerSocket(
      String service, int port, int backlog, InetAddress address) {
    throw unwanted(service);
  }

  @Override
  public DatagramSocket createDatagramSocket(String service) {
    throw unwanted(service);
  }

  @Override
  public DatagramSocket createDatagramSocket(String service, SocketAddress address) {
    throw unwanted(service);
  }

  @Override
  public DatagramSocket createDatagramSocket(String service, int port) {
    throw unwanted(service);
  }

  @Override
  public DatagramSocket createDatagramSocket(String service, int port, InetAddress address) {
    throw unwanted(service);
  }

  @Override
  public MulticastSocket createMulticastSocket(String service) {
    throw unwanted(service);
  }

  @Override
  public MulticastSocket createMulticastSocket(String service, int port) {
    throw unwanted(service);
  }

  @Override
  public MulticastSocket createMulticastSocket(String service, SocketAddress address) {
    throw unwanted(service);
  }

  private static UnsupportedOperationException unwanted(String service) {
    return new UnsupportedOperationException("a group opens no socket for " + service);
  }
}
