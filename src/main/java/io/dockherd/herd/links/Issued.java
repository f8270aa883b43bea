package io.dockherd.herd.links;

import io.dockherd.herd.keys.Purpose;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leaves issued by certain authorities, for a purpose, valid now. There is nothing between an
 * authority and its leaves, so whatever else a peer sends along is not looked at.
 */
final class Issued {
  private final List<X509Certificate> authorities;
  private final Set<TrustAnchor> anchors;
  private final InstantSource clock;

  Issued(List<X509Certificate> authorities, InstantSource clock) {
    this.authorities = List.copyOf(authorities);
    this.anchors =
        authorities.stream().map(a -> new TrustAnchor(a, null)).collect(Collectors.toSet());
    this.clock = clock;
  }

  X509Certificate[] authorities() {
    return authorities.toArray(X509Certificate[]::new);
  }

  /** Returns the leaf, or throws. */
  X509Certificate check(X509Certificate[] chain, Purpose purpose) throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("no certificate");
    }
    X509Certificate leaf = chain[0];
    Instant now = clock.instant();
    requireValid(issuer(leaf), now);
    requireValid(leaf, now);
    requirePath(leaf, now);
    List<String> purposes = leaf.getExtendedKeyUsage();
    if (purposes == null || !purposes.contains(purpose.identifier())) {
      throw new CertificateException("the certificate is not meant for a " + purpose);
    }
    if (leaf.getBasicConstraints() >= 0) {
      throw new CertificateException("an authority is no peer");
    }
    return leaf;
  }

  private X509Certificate issuer(X509Certificate leaf) throws CertificateException {
    return authorities.stream()
        .filter(a -> a.getSubjectX500Principal().equals(leaf.getIssuerX500Principal()))
        .findFirst()
        .orElseThrow(
            () -> new CertificateException("the certificate is of none of our authorities"));
  }

  /**
   * The path's check below takes its anchors for granted, expired or not, and of leaves only says
   * that they are not valid, which is no help to whoever has to find the wrong clock.
   */
  private static void requireValid(X509Certificate certificate, Instant now)
      throws CertificateException {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from) || now.isAfter(until)) {
      throw new CertificateException(
          "a certificate is valid from " + from + " to " + until + ", and here it is " + now);
    }
  }

  private void requirePath(X509Certificate leaf, Instant now) throws CertificateException {
    try {
      PKIXParameters rules = new PKIXParameters(anchors);
      rules.setRevocationEnabled(false);
      rules.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), rules);
    } catch (CertificateException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e.getMessage(), e);
    }
  }
}
