package io.dockherd.doors;

import io.dockherd.access.Identity;
import io.dockherd.herd.links.DoorTls;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Who is let in, and who that is. */
record Admission(Origins origins, DoorLimits limits) {
  /**
   * Who asks.
   *
   * @throws Turned when he is not let in
   */
  Identity admit(HttpServerRequest request, Listener listener, Dialect dialect) {
    Optional<String> objection =
        origins.objection(
            request.getHeader("Host"),
            request.getHeader("Origin"),
            request.getHeader("Sec-Fetch-Site"),
            listener.isLoopback() && !listener.isUnix());
    if (objection.isPresent()) {
      throw new Turned(403, "refused", objection.get());
    }
    String length = request.getHeader("Content-Length");
    long most = dialect instanceof WholeDialect ? limits.bodyBytes() : Long.MAX_VALUE;
    if (length != null && Intake.isTooLarge(length, most)) {
      throw Intake.tooLarge(most);
    }
    return identify(request, listener, dialect);
  }

  private static Identity identify(HttpServerRequest request, Listener listener, Dialect dialect) {
    String origin = String.valueOf(request.remoteAddress());
    if (!request.isSSL()) {
      String name = listener.isLoopback() ? Identity.LOCAL : Identity.ANYBODY;
      return new Identity(name, dialect.name(), origin);
    }
    try {
      Certificate shown = request.connection().peerCertificates().getFirst();
      if (shown instanceof X509Certificate certificate) {
        return new Identity(DoorTls.clientName(certificate), dialect.name(), origin);
      }
      throw new Turned(403, "refused", "the certificate is of an unknown kind");
    } catch (SSLPeerUnverifiedException | CertificateException e) {
      throw new Turned(403, "refused", "the certificate does not say who asks: " + e.getMessage());
    }
  }
}
