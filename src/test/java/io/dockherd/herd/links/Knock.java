package io.dockherd.herd.links;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Tries a port of a member, as somebody who speaks TLS and nothing else. */
final class Knock {
  private static final int LIMIT_MILLIS = 30_000;
  private static final byte TLS_ALERT = 21;

  private Knock() {}

  /**
   * Whether the port turns the caller away: the handshake fails, or the first read does. A port
   * that takes him in and gets bored with his silence closes orderly, which is no refusal.
   */
  static boolean isTurnedAway(SSLContext caller, int port, String... protocols) {
    return isTurnedAway(caller, TestHerd.LOOPBACK, port, protocols);
  }

  static boolean isTurnedAway(SSLContext caller, String host, int port, String... protocols) {
    try (SSLSocket socket = (SSLSocket) caller.getSocketFactory().createSocket(host, port)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      if (protocols.length > 0) {
        socket.setEnabledProtocols(protocols);
      }
      socket.startHandshake();
      socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Whether a caller without TLS hears nothing but, at most, that TLS is spoken here. */
  static boolean isTurnedAwayInClearText(String host, int port, byte[] greeting) {
    try (Socket socket = new Socket(host, port)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.getOutputStream().write(greeting);
      byte[] heard = socket.getInputStream().readAllBytes();
      return heard.length == 0 || heard[0] == TLS_ALERT;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Whether an HTTP server there answers, whatever it answers. */
  static boolean isServed(SSLContext caller, int port) {
    return isServed(caller, TestHerd.LOOPBACK, port);
  }

  static boolean isServed(SSLContext caller, String host, int port) {
    try (SSLSocket socket = (SSLSocket) caller.getSocketFactory().createSocket(host, port)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.startHandshake();
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() == 'H';
    } catch (IOException e) {
      return false;
    }
  }
}
