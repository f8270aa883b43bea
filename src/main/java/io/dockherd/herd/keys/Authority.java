package io.dockherd.herd.keys;

import io.dockherd.failure.Refused;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate authority of the herd key: it signs leaves, or is only trusted.
 *
 * @param generation which generation it belongs to, in hex
 * @param signingKey empty when it is only trusted
 */
public record Authority(
    Role role, String generation, X509Certificate certificate, Optional<PrivateKey> signingKey) {
  /** How far the clocks of two machines may be apart before they refuse each other. */
  public static final Duration CLOCK_SKEW = Duration.ofDays(1);

  public Authority {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(generation, "generation");
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(signingKey, "signingKey");
  }

  static Authority create(Role role, String generation, Instant now, Duration validity) {
    KeyPair keys = KeyPairs.generate();
    X500Principal name = subject(role, generation);
    CertificateDraft draft =
        new CertificateDraft(
            name,
            keys.getPublic(),
            now.minus(CLOCK_SKEW),
            now.plus(validity),
            true,
            Set.of(),
            List.of());
    return new Authority(
        role,
        generation,
        signed(draft, name, keys.getPublic(), keys.getPrivate()),
        Optional.of(keys.getPrivate()));
  }

  /** The one subject an authority of that role and generation may have. */
  static X500Principal subject(Role role, String generation) {
    return new X500Principal("CN=" + generation + ",OU=" + role.label() + ",O=Dockherd");
  }

  /**
   * Issues a leaf with a new key pair, valid from a day ago for as long as {@code validity} says,
   * but never longer than the authority itself.
   *
   * @throws Refused when this authority is only trusted, or has expired
   * @throws io.dockherd.failure.Invalid when its private key is not its certificate's
   */
  public Leaf issue(
      X500Principal subject,
      Set<Purpose> purposes,
      List<AlternativeName> names,
      Instant now,
      Duration validity) {
    PrivateKey signing =
        signingKey.orElseThrow(
            () -> new Refused(generation, this + " signs no more, it is only trusted", ""));
    Instant end = certificate.getNotAfter().toInstant();
    if (!now.isBefore(end)) {
      throw new Refused(
          generation, this + " has expired on " + end, "rotate the herd key: dockherd key rotate");
    }
    Instant until = now.plus(validity);
    KeyPair keys = KeyPairs.generate();
    CertificateDraft draft =
        new CertificateDraft(
            subject,
            keys.getPublic(),
            now.minus(CLOCK_SKEW),
            until.isAfter(end) ? end : until,
            false,
            purposes,
            names);
    return new Leaf(
        signed(draft, certificate.getSubjectX500Principal(), certificate.getPublicKey(), signing),
        keys.getPrivate());
  }

  /** Whether the certificate signs for itself, and the private key, if it is there, is its own. */
  boolean isIntact() {
    PublicKey open = certificate.getPublicKey();
    return KeyPairs.isSignedWith(certificate, open)
        && signingKey.stream().allMatch(key -> KeyPairs.match(open, key));
  }

  /** The same authority, unable to sign. */
  Authority trustedOnly() {
    return new Authority(role, generation, certificate, Optional.empty());
  }

  /** SHA-256 of the certificate, as hex in pairs: what people compare. */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "the " + role.label() + "' authority of generation " + generation;
  }

  private static X509Certificate signed(
      CertificateDraft draft, X500Principal issuer, PublicKey issuerKey, PrivateKey key) {
    try {
      return draft.sign(issuer, issuerKey, key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate could not be made", e);
    }
  }
}
