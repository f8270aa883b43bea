package io.dockherd.herd.links;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;

/** Lets in members of one herd; where we dialled a certain member, only that one. */
final class MemberTrust extends Trust {
  private final String herd;
  private final String expected;

  /**
   * Trusts members.
   *
   * @param expected the name the dialled member must have; "" for any
   */
  MemberTrust(Supplier<Issued> issued, String herd, String expected) {
    super(issued);
    this.herd = herd;
    this.expected = expected;
  }

  @Override
  void checkDialler(X509Certificate leaf) throws CertificateException {
    member(leaf);
  }

  @Override
  void checkDialled(X509Certificate leaf) throws CertificateException {
    MemberName name = member(leaf);
    if (!expected.isEmpty() && !expected.equals(name.node())) {
      throw new CertificateException(
          "'" + name.node() + "' answered where '" + expected + "' was dialled");
    }
  }

  private MemberName member(X509Certificate leaf) throws CertificateException {
    MemberName name =
        MemberName.of(leaf)
            .orElseThrow(() -> new CertificateException("the certificate names no member"));
    if (!name.herd().equals(herd)) {
      throw new CertificateException("'" + name.herd() + "' is another herd");
    }
    return name;
  }
}
