package io.dockherd.herd.keys;

import io.dockherd.failure.Invalid;
import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * Puts the blocks of a bundle together to a herd key. Checks the form only: signatures take a cold
 * JVM long, so they are left to {@link HerdKey#check}.
 */
final class BundleReader {
  private static final Pattern SUBJECT =
      Pattern.compile("CN=([0-9a-f]{16}),OU=(members|clients),O=Dockherd");

  private BundleReader() {}

  static HerdKey read(String pem) {
    Map<String, List<Authority>> generations = new LinkedHashMap<>();
    List<Pem.Block> blocks = Pem.read(pem);
    for (int i = 0; i < blocks.size(); i++) {
      if (!blocks.get(i).label().equals(Pem.CERTIFICATE)) {
        throw Pem.invalid("has a " + printable(blocks.get(i).label()) + " without a certificate");
      }
      X509Certificate certificate = certificate(blocks.get(i).content());
      Optional<PrivateKey> key = Optional.empty();
      if (i + 1 < blocks.size() && blocks.get(i + 1).label().equals(Pem.PRIVATE_KEY)) {
        key = Optional.of(KeyPairs.read(blocks.get(++i).content()));
      }
      Authority authority = authority(certificate, key);
      generations.computeIfAbsent(authority.generation(), g -> new ArrayList<>()).add(authority);
    }
    return new HerdKey(generations.values().stream().map(BundleReader::generation).toList());
  }

  private static X509Certificate certificate(byte[] der) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new Invalid(
          "herd key", "the herd key holds a certificate that can't be read", HerdKey.REMEDY, e);
    }
  }

  private static Authority authority(X509Certificate certificate, Optional<PrivateKey> key) {
    Matcher subject =
        SUBJECT.matcher(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
    if (!subject.matches() || !isAuthority(certificate)) {
      throw Pem.invalid("holds a certificate that is none of its authorities'");
    }
    Role role = subject.group(2).equals("members") ? Role.MEMBERS : Role.CLIENTS;
    return new Authority(role, subject.group(1), certificate, key);
  }

  private static boolean isAuthority(X509Certificate certificate) {
    return certificate.getBasicConstraints() >= 0
        && KeyPairs.isOnCurve(certificate.getPublicKey())
        && certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
  }

  private static Generation generation(List<Authority> authorities) {
    Optional<Authority> members = only(Role.MEMBERS, authorities);
    Optional<Authority> clients = only(Role.CLIENTS, authorities);
    if (authorities.size() != 2 || members.isEmpty() || clients.isEmpty()) {
      throw Pem.invalid("lacks an authority, or has one twice");
    }
    if (members
        .get()
        .certificate()
        .getPublicKey()
        .equals(clients.get().certificate().getPublicKey())) {
      throw Pem.invalid("has the same key for members and clients");
    }
    if (members.get().signingKey().isPresent() != clients.get().signingKey().isPresent()) {
      throw Pem.invalid("lacks a private key");
    }
    return new Generation(members.get(), clients.get());
  }

  private static Optional<Authority> only(Role role, List<Authority> authorities) {
    return authorities.stream().filter(authority -> authority.role() == role).findFirst();
  }

  private static String printable(String label) {
    return label.equals(Pem.PRIVATE_KEY) ? "private key" : "block";
  }
}
