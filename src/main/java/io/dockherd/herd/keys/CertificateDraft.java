package io.dockherd.herd.keys;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.security.auth.x500.X500Principal;

/**
 * An X.509 certificate before it is signed, with ECDSA on P-256 (RFC 5280, RFC 5758).
 *
 * @param key the public key it is about
 * @param isAuthority whether it may sign others; then it has no purposes and no names
 */
record CertificateDraft(
    X500Principal subject,
    PublicKey key,
    Instant from,
    Instant until,
    boolean isAuthority,
    Set<Purpose> purposes,
    List<AlternativeName> names) {
  private static final byte[] ECDSA_WITH_SHA256 =
      Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
  private static final int SERIAL_BITS = 127;

  CertificateDraft {
    purposes = Set.copyOf(purposes);
    names = List.copyOf(names);
  }

  /** Signs in the name of {@code issuer}, whose keys these are. */
  X509Certificate sign(X500Principal issuer, PublicKey issuerKey, PrivateKey signingKey)
      throws GeneralSecurityException {
    byte[] content =
        Der.sequence(
            Der.explicit(0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0)),
            ECDSA_WITH_SHA256,
            issuer.getEncoded(),
            Der.sequence(Der.time(from), Der.time(until)),
            subject.getEncoded(),
            key.getEncoded(),
            Der.explicit(3, Der.sequence(extensions(issuerKey).toArray(byte[][]::new))));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signingKey);
    signature.update(content);
    byte[] certificate = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign(), 0));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate));
  }

  private List<byte[]> extensions(PublicKey issuerKey) throws GeneralSecurityException {
    List<byte[]> extensions = new ArrayList<>();
    // An authority signs leaves only: no authority may stand below it.
    extensions.add(
        critical(
            "2.5.29.19",
            isAuthority
                ? Der.sequence(Der.bool(true), Der.integer(BigInteger.ZERO))
                : Der.sequence()));
    // Key usage: keyCertSign (bit 5) and cRLSign (6), or digitalSignature (0).
    extensions.add(
        critical(
            "2.5.29.15",
            isAuthority ? Der.bits(new byte[] {0x06}, 1) : Der.bits(new byte[] {(byte) 0x80}, 7)));
    if (!purposes.isEmpty()) {
      byte[][] identifiers =
          new TreeSet<>(purposes)
              .stream().map(p -> Der.identifier(p.identifier())).toArray(byte[][]::new);
      extensions.add(extension("2.5.29.37", Der.sequence(identifiers)));
    }
    extensions.add(extension("2.5.29.14", Der.octets(fingerprint(key))));
    extensions.add(extension("2.5.29.35", Der.sequence(Der.implicit(0, fingerprint(issuerKey)))));
    if (!names.isEmpty()) {
      byte[][] elements = names.stream().map(AlternativeName::der).toArray(byte[][]::new);
      extensions.add(extension("2.5.29.17", Der.sequence(elements)));
    }
    return extensions;
  }

  private static byte[] critical(String identifier, byte[] value) {
    return Der.sequence(Der.identifier(identifier), Der.bool(true), Der.octets(value));
  }

  private static byte[] extension(String identifier, byte[] value) {
    return Der.sequence(Der.identifier(identifier), Der.octets(value));
  }

  /** How authority and leaf refer to a key: any fixed function will do (RFC 7093 §2). */
  private static byte[] fingerprint(PublicKey key) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
    return Arrays.copyOf(digest, 20);
  }
}
