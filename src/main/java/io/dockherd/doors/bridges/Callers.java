package io.dockherd.doors.bridges;

import io.dockherd.access.Identity;
import io.dockherd.failure.Refused;
import io.dockherd.herd.links.DoorTls;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Says who has connected to a bridge. */
final class Callers {
  private static final String DOOR = "bridge";

  private Callers() {}

  /** In clear text: whoever is where it comes from. */
  static Identity inClear(SocketAddress from) {
    return new Identity(
        isHere(from) ? Identity.LOCAL : Identity.ANYBODY, DOOR, String.valueOf(from));
  }

  /**
   * Over TLS: whom the certificate names.
   *
   * @throws Refused when it names nobody
   */
  static Identity named(SSLSession session, SocketAddress from) {
    try {
      if (session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
        return new Identity(DoorTls.clientName(certificate), DOOR, String.valueOf(from));
      }
      throw new Refused(String.valueOf(from), "the certificate is of an unknown kind", "");
    } catch (SSLPeerUnverifiedException | CertificateException e) {
      throw new Refused(
          String.valueOf(from), "the certificate does not say who asks: " + e.getMessage(), "", e);
    }
  }

  private static boolean isHere(SocketAddress from) {
    String address = from.hostAddress();
    return address != null
        && new InetSocketAddress(address, from.port()).getAddress().isLoopbackAddress();
  }
}
