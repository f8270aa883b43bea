package io.dockherd.herd.links;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;

/** Lets clients in by a door. */
final class ClientTrust extends Trust {
  ClientTrust(Supplier<Issued> issued) {
    super(issued);
  }

  @Override
  void checkDialler(X509Certificate leaf) throws CertificateException {
    DoorTls.clientName(leaf);
  }

  @Override
  void checkDialled(X509Certificate leaf) throws CertificateException {
    throw new CertificateException("a door dials nobody");
  }
}
