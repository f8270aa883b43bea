package io.dockherd.herd.group;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** What a connection between two peers goes through before a byte of the group passes. */
sealed interface Security {
  /**
   * Secures a connected socket.
   *
   * @param dialled whether this side opened the connection
   * @return the socket to read from and write to
   * @throws IOException when the other side may not be a peer
   */
  Socket secure(Socket connected, boolean dialled) throws IOException;

  /** None: for a node that runs by itself, and for networks nobody else is on. */
  record Plain() implements Security {
    @Override
    public Socket secure(Socket connected, boolean dialled) {
      return connected;
    }
  }

  /**
   * TLS 1.3 with certificates on both sides; the context's key and trust managers say whose. The
   * side that was dialled must besides show a certificate that names the address it was dialled at.
   * Who fails gets no plaintext instead.
   */
  record MutualTls(SSLContext context) implements Security {
    @Override
    public Socket secure(Socket connected, boolean dialled) throws IOException {
      SSLSocket tls =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(
                      connected,
                      connected.getInetAddress().getHostAddress(),
                      connected.getPort(),
                      false);
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.3"});
      if (dialled) {
        tls.setUseClientMode(true);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      } else {
        tls.setUseClientMode(false);
        parameters.setNeedClientAuth(true);
      }
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      return tls;
    }
  }
}
