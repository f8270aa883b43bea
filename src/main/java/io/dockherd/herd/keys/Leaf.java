package io.dockherd.herd.keys;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;

/**
 * A certificate that signs no other, and its private key.
 *
 * @param certificate issued by one of the herd key's authorities
 * @param key never written anywhere but by {@code dockherd cert}
 */
public record Leaf(X509Certificate certificate, PrivateKey key) {
  public Leaf {
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(key, "key");
  }

  /** The certificate. */
  public String certificatePem() {
    return Pem.of(certificate);
  }

  /** The private key as PKCS#8. Keep it to yourself. */
  public String keyPem() {
    return Pem.of(key);
  }

  @Override
  public String toString() {
    return "leaf " + certificate.getSubjectX500Principal();
  }
}
